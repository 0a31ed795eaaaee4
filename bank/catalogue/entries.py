"""Queries about entries, made for many at once, so that a list costs as many queries as a single entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from bank.catalogue.tables import City, Entry, EntryCity, EntryText, File, Tag
from bank.catalogue.visibility import entry_is_public, file_is_public

EVERY_ROW: ColumnElement[bool] = true()
TITLES_AT_ONCE = 500


@dataclass(slots=True)
class EntryRows:
    """An entry with the rows around it."""

    entry: Entry
    texts: list[EntryText] = field(default_factory=list)
    cities: list[City] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    pages: int = 0

    @property
    def titles(self) -> dict[str, str]:
        """Language -> title, where there is one."""
        return {text.language: text.title for text in self.texts if text.title}

    @property
    def summaries(self) -> dict[str, str]:
        """Language -> summary, where there is one."""
        return {text.language: text.summary for text in self.texts if text.summary}

    def tags_of(self, vocabulary: str) -> list[Tag]:
        """The tags of one vocabulary, the primary one first."""
        return sorted((tag for tag in self.tags if tag.vocabulary == vocabulary), key=lambda tag: not tag.primary)


def load_entries(session: Session, ids: Sequence[int], only_public: bool = True) -> Mapping[int, EntryRows]:
    """id -> the entry and its rows; with `only_public` published entries and public files only.

    Ids of entries that are not there, or not public where only those are asked for, are left out.
    """
    return (
        load_entries_where(session, ids, entry_is_public(), file_is_public())
        if only_public
        else load_entries_where(session, ids)
    )


def load_entries_where(
    session: Session, ids: Sequence[int], seen: ColumnElement[bool] = EVERY_ROW, files: ColumnElement[bool] = EVERY_ROW
) -> Mapping[int, EntryRows]:
    """id -> the entry and its rows, of entries that match the clause `seen`, with files that match `files`."""
    query = select(Entry).where(Entry.id.in_(ids), seen)
    found = {entry.id: EntryRows(entry) for entry in session.scalars(query)}
    if not found:
        return found
    known = list(found)
    for text in session.scalars(select(EntryText).where(EntryText.entry_id.in_(known))):
        found[text.entry_id].texts.append(text)
    leading = select(EntryCity.entry_id, City).join(City).where(EntryCity.entry_id.in_(known))
    for entry_id, city in session.execute(leading.order_by(EntryCity.entry_id, EntryCity.position)):
        found[entry_id].cities.append(city)
    for tag in session.scalars(
        select(Tag).where(Tag.entry_id.in_(known)).order_by(Tag.vocabulary, Tag.position, Tag.term)
    ):
        found[tag.entry_id].tags.append(tag)
    with_files = select(File).where(File.entry_id.in_(known), files)
    for file in session.scalars(with_files.order_by(File.entry_id, File.number)):
        found[file.entry_id].files.append(file)
        found[file.entry_id].pages += file.total_pages
    return found


def titles_of_entries(session: Session, ids: Iterable[int]) -> Mapping[int, Mapping[str, str]]:
    """Entry id -> language -> title, whatever the entries' status; those without a title are left out."""
    found: dict[int, dict[str, str]] = {}
    wanted = sorted(ids)
    for first in range(0, len(wanted), TITLES_AT_ONCE):
        some = wanted[first : first + TITLES_AT_ONCE]
        query = select(EntryText.entry_id, EntryText.language, EntryText.title)
        query = query.where(EntryText.entry_id.in_(some), EntryText.title != "").order_by(EntryText.language)
        for id, language, title in session.execute(query):
            found.setdefault(id, {})[language] = title
    return found


def newest_ids(session: Session, size: int) -> Sequence[int]:
    """Ids of the entries published last."""
    return session.scalars(
        select(Entry.id).where(entry_is_public()).order_by(Entry.published.desc(), Entry.id.desc()).limit(size)
    ).all()


def published_ids(session: Session, after: int, size: int) -> Sequence[int]:
    """Ids of published entries above `after`, ascending."""
    return session.scalars(
        select(Entry.id).where(entry_is_public(), Entry.id > after).order_by(Entry.id).limit(size)
    ).all()


def field_documents(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[str, Mapping[str, object]]]:
    """id -> the kind of each published entry and the document of its fields, what only the network sees included."""
    if not ids:
        return {}
    rows = session.execute(select(Entry.id, Entry.kind, Entry.fields).where(Entry.id.in_(ids), entry_is_public()))
    return {row.id: (row.kind, row.fields) for row in rows}


def published_versions(session: Session) -> Mapping[int, int]:
    """id -> version of every published entry."""
    return dict(session.execute(select(Entry.id, Entry.version).where(entry_is_public())).all())


def published_moments(session: Session) -> Iterator[tuple[int, datetime]]:
    """(id, moment of the last change) of every published entry, ascending."""
    for row in session.execute(select(Entry.id, Entry.updated).where(entry_is_public()).order_by(Entry.id)):
        yield row.id, row.updated


def recently_changed_ids(session: Session) -> Sequence[int]:
    """Ids of all published entries, most recently changed first."""
    return session.scalars(
        select(Entry.id).where(entry_is_public()).order_by(Entry.updated.desc(), Entry.id.desc())
    ).all()


def entries_per_term(session: Session, vocabulary: str) -> Mapping[str, int]:
    """Term -> how many published entries carry it (for principles: in the numbering of 2020)."""
    rows = session.execute(
        select(Tag.term, func.count())
        .join(Entry, Entry.id == Tag.entry_id)
        .where(entry_is_public(), Tag.vocabulary == vocabulary, Tag.charter != "2004")
        .group_by(Tag.term)
    )
    return dict(rows.all())


def old_principle_tags(session: Session) -> Sequence[tuple[int, str]]:
    """(entry id, number of 2004) of published entries tagged in the old numbering."""
    query = select(Tag.entry_id, Tag.term).join(Entry, Entry.id == Tag.entry_id)
    return [(row.entry_id, row.term) for row in session.execute(query.where(entry_is_public(), Tag.charter == "2004"))]


def tags_beside_old_principles(session: Session, vocabulary: str) -> set[tuple[int, str]]:
    """(entry id, term) of every tag in `vocabulary` of entries that also carry a principle of 2004.

    With it an entry is counted once where both numberings name the same principle. Tags of 2004 are not given.
    """
    old = select(Tag.entry_id).where(Tag.charter == "2004")
    query = select(Tag.entry_id, Tag.term).where(
        Tag.vocabulary == vocabulary, Tag.charter != "2004", Tag.entry_id.in_(old)
    )
    return {(row.entry_id, row.term) for row in session.execute(query)}


def entries_per_kind(session: Session) -> Mapping[str, int]:
    """kind -> how many published entries there are."""
    rows = session.execute(select(Entry.kind, func.count()).where(entry_is_public()).group_by(Entry.kind))
    return dict(rows.all())
