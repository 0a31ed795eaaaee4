"""Bytes that no entry names but that count for somebody, and the day from which withdrawn drafts lose their files"""

import sqlalchemy as sa
from alembic import op

from bank.clock import now

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loose_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.String(length=60), nullable=True),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loose_file")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_loose_file_digest"), "loose_file", ["digest"])
    op.create_index(op.f("ix_loose_file_user_id"), "loose_file", ["user_id"])
    # Whoever withdrew a draft before this was not told that its files would go: their days count from now.
    noted = sa.text(
        "INSERT INTO info (key, value) SELECT 'withdrawn_files_since', :moment"
        " WHERE EXISTS (SELECT 1 FROM entry WHERE status = 'withdrawn')"
    )
    op.execute(noted.bindparams(moment=now().isoformat()))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM info WHERE key = 'withdrawn_files_since'"))
    op.drop_table("loose_file")
