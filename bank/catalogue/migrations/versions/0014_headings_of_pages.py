"""Which lines of a page's text a Word or Markdown file marks as headings"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Pages that were read before have none; reading is not repeated."""
    op.add_column("page", sa.Column("headings", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("page", "headings")
