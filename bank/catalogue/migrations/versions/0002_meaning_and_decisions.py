"""Meaning and decisions"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unembedded",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("again", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_unembedded")),
    )
    # What was published before there were vectors waits for them.
    op.execute(
        "INSERT INTO unembedded (entry_id, made, failures, error) "
        "SELECT id, updated, 0, '' FROM entry WHERE status = 'published'"
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("vocabulary", sa.String(length=12), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.CheckConstraint("outcome IN ('accepted', 'rejected')", name=op.f("ck_decision_outcome")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_decision_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_entry_id", "decision", ["entry_id"])
    op.create_index("ix_decision_vocabulary_term", "decision", ["vocabulary", "term"])


def downgrade() -> None:
    op.drop_table("decision")
    op.drop_table("unembedded")
