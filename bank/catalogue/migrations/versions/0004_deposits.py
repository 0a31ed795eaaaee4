"""Deposits"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MADE = (
    "likeness_band", "likeness", "image", "token", "ticket", "receipt", "relation", "acceptance", "revision", "step",
)  # fmt: skip
ADDED = {
    "entry": ("made_by", "since", "proposed"),
    "file": ("purpose", "people", "consents", "personal", "added_by"),
    "city": ("merged_into",),
    "job": ("entry_id",),
}


def upgrade() -> None:
    add_columns()
    if op.get_bind().dialect.name == "sqlite":
        never_give_numbers_again()
    add_pictures()
    add_people()
    add_submissions()


def add_columns() -> None:
    op.add_column("entry", sa.Column("made_by", sa.Integer(), nullable=True))
    op.add_column("entry", sa.Column("since", sa.DateTime(), nullable=True))
    op.add_column("entry", sa.Column("proposed", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("file", sa.Column("purpose", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("file", sa.Column("people", sa.String(length=10), nullable=True))
    op.add_column("file", sa.Column("consents", sa.Text(), nullable=False, server_default=""))
    op.add_column("file", sa.Column("personal", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("file", sa.Column("added_by", sa.Integer(), nullable=True))
    op.add_column("city", sa.Column("merged_into", sa.String(length=60), nullable=True))
    op.add_column("job", sa.Column("entry_id", sa.Integer(), nullable=True))


def never_give_numbers_again() -> None:
    """The table file anew, with AUTOINCREMENT: SQLite would give the number of a file that was taken out to the next.

    Both tables are copied: SQLite drops a table together with the rows that refer to it, also in a migration, since
    foreign keys can't be turned off inside a transaction.
    """
    op.drop_index(op.f("ix_file_digest"), "file")
    op.rename_table("page", "page_before")
    op.rename_table("file", "file_before")
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("reason_values", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("total_pages", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=True),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("thumbnail", sa.Boolean(), nullable=False),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("people", sa.String(length=10), nullable=True),
        sa.Column("consents", sa.Text(), nullable=False, server_default=""),
        sa.Column("personal", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_file_entry_id_entry"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_file_entry_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_file_digest"), "file", ["digest"], unique=False)
    op.create_table(
        "page",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("furniture", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_page_file_id_file"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_page")),
    )
    # The columns stand in the same order in both: those that `add_columns` added came last.
    op.execute("INSERT INTO file SELECT * FROM file_before ORDER BY id")
    op.execute("INSERT INTO page SELECT * FROM page_before ORDER BY file_id, number")
    op.drop_table("page_before")
    op.drop_table("file_before")


def add_pictures() -> None:
    op.create_table(
        "image",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=True),
        sa.Column("people", sa.String(length=10), nullable=True),
        sa.Column("consents", sa.Text(), nullable=False),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("people IN ('nobody', 'adults', 'minors')", name=op.f("ck_image_people")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_image_entry_id_entry"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_image_entry_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_image_digest"), "image", ["digest"], unique=False)
    op.create_table(
        "likeness",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_likeness_file_id_file"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_likeness")),
    )
    op.create_table(
        "likeness_band",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=op.f("fk_likeness_band_file_id_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "band", name=op.f("pk_likeness_band")),
    )
    op.create_index("ix_likeness_band_value", "likeness_band", ["value"], unique=False)


def add_people() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("used", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('first', 'invitation', 'reset', 'code')", name=op.f("ck_ticket_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_ticket_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("digest", name=op.f("uq_ticket_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ticket_user_id"), "ticket", ["user_id"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=True),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.CheckConstraint("scope IN ('read', 'deposit', 'review')", name=op.f("ck_token_scope")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_token_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_token_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_token_user_id"), "token", ["user_id"], unique=False)


def add_submissions() -> None:
    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_acceptance_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_acceptance_entry_id", "acceptance", ["entry_id"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_receipt_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "key", name=op.f("pk_receipt")),
    )
    op.create_table(
        "relation",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('version', 'related', 'distinct')", name=op.f("ck_relation_kind")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_relation_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["entry.id"], name=op.f("fk_relation_other_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", "other_id", name=op.f("pk_relation")),
    )
    op.create_index(op.f("ix_relation_other_id"), "relation", ["other_id"], unique=False)
    op.create_table(
        "revision",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_revision_entry_id_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_revision")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.CheckConstraint("act IN ('deposit', 'submit', 'return', 'publish', 'withdraw')", name=op.f("ck_step_act")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_step_entry_id_entry"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_step_entry_id", "step", ["entry_id"], unique=False)


def downgrade() -> None:
    for table in MADE:
        op.drop_table(table)
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column)
