"""Entries that look like this one: by a file of the same bytes, or by a text or title that is much the same.

Shown to the depositor and again at review; only entries that the viewer may see.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from bank.catalogue import entries, likeness
from bank.catalogue.entries import EntryRows
from bank.catalogue.files import files_with_digests
from bank.catalogue.tables import Entry, EntryCity, EntryText, Likeness, Relation
from bank.catalogue.tables.submissions import RELATION_KINDS
from bank.catalogue.visibility import entry_visible_to, entry_worked_on_by, file_is_public
from bank.clock import now
from bank.errors import Invalid, NotFound
from bank.messages import N_
from bank.search import edits
from bank.search.likeness import LEAST_RESEMBLANCE, resemblance, signature_bands
from bank.vocabulary.folding import fold_text
from bank.workflow.bank import Bank
from bank.workflow.deposits.access import permitted_entry, worked_on_entry
from bank.workflow.deposits.changing import SavedVersion, write_version
from bank.workflow.entries.cards import entry_card
from bank.workflow.entries.views import EntryCard
from bank.workflow.rights import Viewer

LikenessReason = Literal["same_file", "same_text", "same_title"]
LEAST_TITLE_LIKENESS = 0.82
"""Likeness of two folded titles (0 to 1) from which they count as much the same."""
MOST_LOOK_ALIKES = 5
MOST_TITLES = 2000
"""Titles of one city that are compared."""
OPERATOR_AS_VIEWER = Viewer(0, "operator", "admin")
CHOOSE_RELATION = N_("Choose: a new version of it, a related entry, or really another one.")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An entry that looks like this one: why, and how much (0 to 1).

    `said` is what a person said of it: version, related or distinct; None for nothing yet.
    """

    card: EntryCard
    status: str
    why: LikenessReason
    likeness: float
    said: str | None


def look_alikes(bank: Bank, viewer: Viewer | None, number: int) -> tuple[LookAlike, ...]:
    """Entries that the viewer may see and that look like this one, most alike first. Raises as `worked_on_entry`."""
    with bank.database.reading() as session:
        rows = worked_on_entry(session, viewer, number)
        found = dict(entries_alike(session, viewer, rows))
        shown = entries.load_entries_where(session, list(found), files=file_is_public())
        said = dict(relations_of_entry(session, number))
        ordered = sorted(found.items(), key=lambda one: -one[1][1])[:MOST_LOOK_ALIKES]
        return tuple(
            LookAlike(entry_card(shown[id]), shown[id].entry.status, why, share, said.get(id))
            for id, (why, share) in ordered
        )


def imported_look_alikes(bank: Bank, number: int) -> list[tuple[int, LikenessReason]]:
    """(id, reason) of entries that one imported by the operator looks like, most alike first.

    Entries that cities have begun and not handed in are not among them.
    """
    with bank.database.reading() as session:
        rows = entries.load_entries_where(session, [number])[number]
        found = entries_alike(session, OPERATOR_AS_VIEWER, rows)
    ordered = sorted(found.items(), key=lambda one: (-one[1][1], one[0]))[:MOST_LOOK_ALIKES]
    return [(id, why) for id, (why, _) in ordered]


def entries_alike(
    session: Session, viewer: Viewer | None, rows: EntryRows
) -> Mapping[int, tuple[LikenessReason, float]]:
    """Entry id -> (strongest reason, likeness from 0 to 1)."""
    found: dict[int, tuple[LikenessReason, float]] = {}
    finders = (same_files, same_texts, same_titles)
    for finder in finders:
        for id, why, share in finder(session, viewer, rows):
            if id != rows.entry.id and (id not in found or share > found[id][1]):
                found[id] = (why, share)
    return found


FoundLikeness = Iterator[tuple[int, LikenessReason, float]]


def same_files(session: Session, viewer: Viewer | None, rows: EntryRows) -> FoundLikeness:
    """Entries with a file of the same bytes."""
    digests = [file.digest for file in rows.files]
    for file in files_with_digests(session, digests, file_seen_by(viewer)):
        yield file.entry_id, "same_file", 1.0


def same_texts(session: Session, viewer: Viewer | None, rows: EntryRows) -> FoundLikeness:
    """Entries with a file whose text is near the same."""
    own = select(Likeness.signature).where(Likeness.file_id.in_([file.id for file in rows.files]))
    for signature in session.scalars(own).all():
        for other in likeness.likeness_candidates(session, signature_bands(signature), file_seen_by(viewer)):
            share = resemblance(signature, other.signature)
            if share >= LEAST_RESEMBLANCE:
                yield other.entry_id, "same_text", min(share, 0.999)


def same_titles(session: Session, viewer: Viewer | None, rows: EntryRows) -> FoundLikeness:
    """Entries with the same leading city and a title that is much the same."""
    mine = {text.language: fold_text(text.title) for text in rows.texts if len(text.title) >= 8}
    if not mine or not rows.cities:
        return
    led = select(EntryCity.entry_id).where(EntryCity.city_id == rows.cities[0].id, EntryCity.position == 0)
    query = select(EntryText.entry_id, EntryText.title).join(Entry, Entry.id == EntryText.entry_id)
    theirs = query.where(EntryText.entry_id.in_(led), EntryText.title != "", entry_seen_by(viewer)).limit(MOST_TITLES)
    for id, title in session.execute(theirs):
        share = max(title_likeness(title, own) for own in mine.values())
        if share >= LEAST_TITLE_LIKENESS:
            yield id, "same_title", share * 0.9


def title_likeness(title: str, folded: str) -> float:
    """How alike a title and a folded one are, 0 to 1; 0 below LEAST_TITLE_LIKENESS."""
    return edits.text_likeness(fold_text(title), folded, LEAST_TITLE_LIKENESS)


def entry_seen_by(viewer: Viewer | None) -> ColumnElement[bool]:
    """Where clause: entries that the viewer may see, published or not, but for withdrawn ones."""
    return and_(entry_visible_to(viewer.reader if viewer else None), Entry.status != "withdrawn")


def file_seen_by(viewer: Viewer | None) -> ColumnElement[bool]:
    """Where clause: files of such entries that are public, or whose entry the viewer works on."""
    return and_(entry_seen_by(viewer), or_(file_is_public(), entry_worked_on_by(viewer.reader if viewer else None)))


def relations_of_entry(session: Session, number: int) -> Sequence[tuple[int, str]]:
    """(id of the other entry, what was said of it)."""
    rows = session.execute(select(Relation.other_id, Relation.kind).where(Relation.entry_id == number))
    return [(row.other_id, row.kind) for row in rows]


def relate_entries(bank: Bank, viewer: Viewer | None, number: int, other: int, kind: str) -> SavedVersion:
    """Stores what a person says of an entry that looks like this one.

    `kind` is version, related or distinct. Raises as `permitted_entry`; NotFound for the other entry; Invalid for the
    kind.
    """
    if kind not in RELATION_KINDS:
        raise Invalid(CHOOSE_RELATION)
    with bank.database.writing() as session:
        rows = permitted_entry(session, viewer, number, "change")
        if (
            other == number
            or viewer is None
            or other not in entries.load_entries_where(session, [other], entry_seen_by(viewer))
        ):
            raise NotFound
        relation = Relation(entry_id=number, other_id=other, kind=kind, user_id=viewer.id, moment=now())
        session.merge(relation)
        return write_version(session, rows.entry, viewer, ["relations"], "change")
