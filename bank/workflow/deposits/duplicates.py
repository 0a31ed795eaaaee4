"""Entries that look like one: told before its form is filled, and only those that the person may see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from bank.catalogue import entries, likeness
from bank.catalogue.entries import EntryRows
from bank.catalogue.files import with_digests
from bank.catalogue.tables import Entry, EntryCity, EntryText, Likeness, Relation
from bank.catalogue.visibility import public_file, visible_to, within
from bank.clock import now
from bank.errors import Invalid, NotFound
from bank.messages import N_
from bank.search import edits
from bank.search.likeness import NEAR, bands, resemblance
from bank.vocabulary.folding import fold
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted, seen
from bank.workflow.deposits.changing import Saved, renew
from bank.workflow.entries.cards import card
from bank.workflow.entries.views import EntryCard
from bank.workflow.rights import Viewer

Why = Literal["same_file", "same_text", "same_title"]
ALIKE_TITLE = 0.82
"""Likeness of two folded titles from which they are told to be much the same."""
MOST = 5
MOST_TITLES = 2000
"""Titles of one city that are compared."""
KINDS = ("version", "related", "distinct")
NO_CHOICE = N_("Choose: a new version of it, a related entry, or really another one.")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An entry that looks like this one: why, how much (0 to 1), and what was said of it (None: nothing yet)."""

    card: EntryCard
    status: str
    why: Why
    likeness: float
    said: str | None


def look_alikes(bank: Bank, viewer: Viewer | None, number: int) -> tuple[LookAlike, ...]:
    """Entries that the viewer may see and that look like this one, the most alike first. Raises as `seen`."""
    with bank.database.reading() as session:
        rows = seen(session, viewer, number)
        found = dict(alike(session, viewer, rows))
        shown = entries.load_where(session, list(found), files=public_file())
        said = dict(relations(session, number))
        ordered = sorted(found.items(), key=lambda one: -one[1][1])[:MOST]
        return tuple(
            LookAlike(card(shown[id]), shown[id].entry.status, why, share, said.get(id)) for id, (why, share) in ordered
        )


def alike(session: Session, viewer: Viewer | None, rows: EntryRows) -> Mapping[int, tuple[Why, float]]:
    """Entry id -> the strongest reason, and how much."""
    found: dict[int, tuple[Why, float]] = {}
    finders = (same_files, same_texts, same_titles)
    for finder in finders:
        for id, why, share in finder(session, viewer, rows):
            if id != rows.entry.id and (id not in found or share > found[id][1]):
                found[id] = (why, share)
    return found


Found = Iterator[tuple[int, Why, float]]


def same_files(session: Session, viewer: Viewer | None, rows: EntryRows) -> Found:
    """Entries with a file of the same bytes."""
    digests = [file.digest for file in rows.files]
    for file in with_digests(session, digests, files_seen_by(viewer)):
        yield file.entry_id, "same_file", 1.0


def same_texts(session: Session, viewer: Viewer | None, rows: EntryRows) -> Found:
    """Entries with a file whose text is near the same."""
    own = select(Likeness.signature).where(Likeness.file_id.in_([file.id for file in rows.files]))
    for signature in session.scalars(own).all():
        for other in likeness.candidates(session, bands(signature), files_seen_by(viewer)):
            share = resemblance(signature, other.signature)
            if share >= NEAR:
                yield other.entry_id, "same_text", min(share, 0.999)


def same_titles(session: Session, viewer: Viewer | None, rows: EntryRows) -> Found:
    """Entries that the same city leads, with a title much the same."""
    mine = {text.language: fold(text.title) for text in rows.texts if len(text.title) >= 8}
    if not mine or not rows.cities:
        return
    led = select(EntryCity.entry_id).where(EntryCity.city_id == rows.cities[0].id, EntryCity.position == 0)
    query = select(EntryText.entry_id, EntryText.title).join(Entry, Entry.id == EntryText.entry_id)
    theirs = query.where(EntryText.entry_id.in_(led), EntryText.title != "", seen_by(viewer)).limit(MOST_TITLES)
    for id, title in session.execute(theirs):
        share = max(similar(title, own) for own in mine.values())
        if share >= ALIKE_TITLE:
            yield id, "same_title", share * 0.9


def similar(title: str, folded: str) -> float:
    """How much a title is like a folded one, 0 to 1; 0 where it is not much the same."""
    return edits.likeness(fold(title), folded, ALIKE_TITLE)


def seen_by(viewer: Viewer | None) -> ColumnElement[bool]:
    """What the viewer may see, published or not; what was withdrawn looks like nothing any more."""
    return and_(visible_to(viewer.reader if viewer else None), Entry.status != "withdrawn")


def files_seen_by(viewer: Viewer | None) -> ColumnElement[bool]:
    """Files of such entries; what only the network sees, where the viewer works on the entry."""
    return and_(seen_by(viewer), or_(public_file(), within(viewer.reader if viewer else None)))


def relations(session: Session, number: int) -> Sequence[tuple[int, str]]:
    """(other entry, what was said of it)."""
    rows = session.execute(select(Relation.other_id, Relation.kind).where(Relation.entry_id == number))
    return [(row.other_id, row.kind) for row in rows]


def relate(bank: Bank, viewer: Viewer | None, number: int, other: int, kind: str) -> Saved:
    """Keeps what a person says of an entry that looks like this one. Raises as `permitted`; NotFound; Invalid."""
    if kind not in KINDS:
        raise Invalid(NO_CHOICE)
    with bank.database.writing() as session:
        rows = permitted(session, viewer, number, "change")
        if other == number or viewer is None or other not in entries.load_where(session, [other], seen_by(viewer)):
            raise NotFound
        relation = Relation(entry_id=number, other_id=other, kind=kind, user_id=viewer.id, moment=now())
        session.merge(relation)
        return renew(session, rows.entry, viewer, ["relations"], "change")
