"""Leases of jobs"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("lease", sa.DateTime(), nullable=True))
    op.add_column("job", sa.Column("again", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("job", "again")
    op.drop_column("job", "lease")
