"""What a file gives under labels that no field takes, until a person has put it somewhere"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Files that were read before have none; reading is not repeated."""
    op.add_column("file", sa.Column("unplaced", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("file", "unplaced")
