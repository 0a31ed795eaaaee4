"""The sentences that spoke for a suggested tag when somebody decided on it"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Earlier decisions have none: what was shown then is not known."""
    op.add_column("decision", sa.Column("evidence", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("decision", "evidence")
