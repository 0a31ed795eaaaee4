"""Who may see an entry, as one where clause: a list and a single entry can't disagree."""

from sqlalchemy import ColumnElement

from bank.catalogue.tables import Entry


def public() -> ColumnElement[bool]:
    """What a visitor may see: published entries."""
    return Entry.status == "published"
