"""Indexes of who added a file, and of the city of a loose one"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
INDEXES = (("ix_file_added_by", "file"), ("ix_image_added_by", "image"), ("ix_loose_file_city_id", "loose_file"))


def upgrade() -> None:
    """A deposit sums up what its person and its city added, and looks at no other file."""
    for name, table in INDEXES:
        op.create_index(op.f(name), table, ["city_id" if table == "loose_file" else "added_by"])


def downgrade() -> None:
    for name, table in INDEXES:
        op.drop_index(op.f(name), table)
