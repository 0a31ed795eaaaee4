"""Seals"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ADDED = (
    ("audit", "sealed", sa.String(length=40)),
    ("audit", "seal", sa.String(length=64)),
    ("entry", "seal_key", sa.LargeBinary()),
    ("file", "seal", sa.String(length=64)),
    ("user", "seal_key", sa.LargeBinary()),
    ("city", "seal", sa.String(length=64)),
    ("event", "seal", sa.String(length=64)),
)  # fmt: skip


def upgrade() -> None:
    """Adds empty columns; keys and seals are made when the bank is opened next."""
    for table, column, kind in ADDED:
        op.add_column(table, sa.Column(column, kind, nullable=True))
    op.create_index("ix_audit_sealed", "audit", ["sealed"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_audit_sealed", "audit")
    for table, column, _ in ADDED:
        op.drop_column(table, column)
