"""What anybody may read: published entries, their pages and originals, cities, counts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bank.catalogue import entries, files, outbox, places, unembedded
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Event
from bank.catalogue.tables import File as FileRow
from bank.errors import NotFound
from bank.messages import N_
from bank.workflow.bank import Bank
from bank.workflow.entries.cards import city_view, entry_card, file_view, published_cards, tag_view
from bank.workflow.entries.completeness import missing_fields
from bank.workflow.entries.fields import public_fields
from bank.workflow.entries.principles import heirs_of_2004
from bank.workflow.entries.tombstones import absence_error
from bank.workflow.entries.views import CityView, EntryCard, EntryView, EventView, PageView, Stats
from bank.workflow.files.place import expect_own_place
from bank.workflow.files.thumbnails import thumbnail_name

INLINE_PICTURES = ("image/jpeg", "image/png", "image/webp")
ORIGINAL_LOST = N_(
    "The original is missing or damaged; its text is still here. Please tell the network that runs this bank."
)


@dataclass(frozen=True, slots=True)
class Original:
    """Where an original or picture stands, to be handed out.

    `size` in bytes; `inline` is True for what may be shown inside the browser: PDFs and pictures of known types.
    """

    path: Path
    name: str
    media_type: str
    size: int
    digest: str
    pages: int = 0
    """Of a PDF; 0 where nobody has read it."""

    @property
    def inline(self) -> bool:
        return self.media_type == "application/pdf" or self.media_type in INLINE_PICTURES


def published_entry(bank: Bank, number: int) -> EntryView:
    """One published entry, whole. Raises NotFound, Gone where it was published and withdrawn."""
    with bank.database.reading() as session:
        rows = entries.load_entries(session, [number]).get(number)
        if rows is None:
            raise absence_error(session, number)
        return entry_view(bank, session, rows)


def entry_view(bank: Bank, session: Session, rows: EntryRows) -> EntryView:
    """Rows as an EntryView; the caller has checked that they may be seen."""
    row = rows.entry
    return EntryView(
        card=entry_card(rows),
        status=row.status,
        version=row.version,
        tags=tuple(tag_view(tag) for tag in rows.tags),
        files=tuple(file_view(file) for file in rows.files),
        events=tuple(
            event_view(event, role) for event, role in places.events_of_entries(session, [row.id]).get(row.id, ())
        ),
        fields=public_fields(bank.vocabulary, row.kind, row.fields),
        created=row.created,
        published=row.published,
        confirmed=row.confirmed,
        identifier=bank.identifier(row.uid),
        missing=missing_fields(rows),
    )


def event_view(event: Event, role: str | None = None) -> EventView:
    return EventView(
        id=event.id,
        kind=event.kind,
        titles=event.titles,
        start=event.start,
        end=event.end,
        city=event.city_id,
        role=role,
    )


def expect_public_file(session: Session, number: int, file: int) -> FileRow:
    """The row of a published entry's file. Raises NotFound, Gone where the entry was withdrawn."""
    row = files.find_public_file(session, number, file)
    if row is None:
        raise absence_error(session, number)
    return row


def published_page(bank: Bank, number: int, file: int, page: int) -> PageView:
    """The text of one page of a published entry's file. Raises NotFound, Gone where the entry was withdrawn."""
    with bank.database.reading() as session:
        return page_view_of(session, expect_public_file(session, number, file), page)


def page_view_of(session: Session, file: FileRow, number: int) -> PageView:
    """The text of one page of a file. Raises NotFound."""
    found = files.find_page(session, file.id, number)
    if found is None:
        raise NotFound()
    return PageView(
        file=file_view(file),
        number=number,
        label=found.label,
        text=found.text,
        method=found.method,
        confidence=found.confidence,
        flags=tuple(found.flags),
        pages=file.total_pages,
        furniture=tuple(found.furniture),
        headings=tuple(found.headings),
    )


def page_numbers(bank: Bank, number: int, file: int, most: int | None = None) -> Mapping[int, str | None]:
    """Page number -> label of the pages that have a text, of the first `most` where that is given.

    Raises NotFound, Gone where the entry was withdrawn.
    """
    with bank.database.reading() as session:
        return files.page_labels(session, expect_public_file(session, number, file).id, most)


def published_original(bank: Bank, number: int, file: int) -> Original:
    """Where a published entry's original stands.

    Raises NotFound, also where its rights hold it back; Gone where the entry was withdrawn; OriginalsAway where the
    whole folder of originals is another.
    """
    with bank.database.reading() as session:
        row = expect_public_file(session, number, file)
        if not row.shown:
            raise NotFound()
        found = original_of(bank, row)
    if not found.path.is_file() or found.path.stat().st_size != found.size:
        expect_own_place(bank)
        raise NotFound(ORIGINAL_LOST)
    return found


def original_of(bank: Bank, row: FileRow) -> Original:
    """Where the original of a file stands."""
    return Original(bank.uploads.path(row.digest), row.name, row.media_type, row.size, row.digest, row.total_pages)


def thumbnail_path(bank: Bank, number: int, file: int) -> Path:
    """The path of the thumbnail (WebP) of a file's first page. Raises NotFound, Gone where the entry was withdrawn."""
    with bank.database.reading() as session:
        row = expect_public_file(session, number, file)
        found = bank.uploads.derived(thumbnail_name(row.digest)) if row.thumbnail and row.shown else None
        if found is None:
            raise NotFound()
        return found


def newest_cards(bank: Bank, size: int = 12) -> tuple[EntryCard, ...]:
    """The cards of the entries published last."""
    with bank.database.reading() as session:
        return published_cards(bank.memory, session, entries.newest_ids(session, size))


def cards_by_ids(bank: Bank, ids: Sequence[int]) -> tuple[EntryCard, ...]:
    """The cards of those of `ids` that are published, in their order."""
    with bank.database.reading() as session:
        return published_cards(bank.memory, session, ids)


def public_city_views(bank: Bank) -> tuple[CityView, ...]:
    """Every city that anybody may see, by name, with the number of its published entries."""
    with bank.database.reading() as session:
        return bank.memory.recall(session, "cities", lambda: read_public_cities(session))


def read_public_cities(session: Session) -> tuple[CityView, ...]:
    rows = places.public_cities(session)
    counts = places.public_entries_per_city(session)
    names = places.names_of_cities(session, [row.id for row in rows])
    return tuple(city_view(row, counts.get(row.id, 0), names.get(row.id, ())) for row in rows)


def public_city_names(bank: Bank) -> Mapping[str, str]:
    """Id -> name of every city that anybody may see; a merged city has the other's name."""
    with bank.database.reading() as session:
        return bank.memory.recall(session, "city names", lambda: read_public_city_names(session))


def read_public_city_names(session: Session) -> Mapping[str, str]:
    names = {row.id: row.name for row in places.public_cities(session)}
    return names | {id: names[other] for id, other in places.merged_city_ids(session).items() if other in names}


def id_of_present_city(bank: Bank, id: str) -> str:
    """The id of the city into which city `id` was merged, else `id` itself."""
    with bank.database.reading() as session:
        return places.canonical_city_id(session, id)


def public_city_view(bank: Bank, id: str) -> CityView:
    """One city that anybody may see. Raises NotFound."""
    with bank.database.reading() as session:
        row = places.find_public_city(session, id)
        if row is None:
            raise NotFound()
        return city_view(
            row, places.public_entries_per_city(session).get(id, 0), places.names_of_cities(session, [id]).get(id, ())
        )


def public_term_counts(bank: Bank, vocabulary: str) -> Mapping[str, int]:
    """Term id -> how many published entries carry it; a 2004 principle counts for its heirs of 2020, once per entry."""
    with bank.database.reading() as session:
        return bank.memory.recall(session, ("terms", vocabulary), lambda: count_terms(bank, session, vocabulary))


def count_terms(bank: Bank, session: Session, vocabulary: str) -> Mapping[str, int]:
    """As `public_term_counts`, read from the catalogue."""
    counts = Counter(entries.entries_per_term(session, vocabulary))
    if vocabulary == "principle":
        inherited = (
            (id, heir)
            for id, old in entries.old_principle_tags(session)
            for heir in heirs_of_2004(bank.vocabulary, old)
        )
        fresh = set(inherited) - entries.tags_beside_old_principles(session, "principle")
        counts.update(term for _, term in fresh)
    return counts


def stats(bank: Bank) -> Stats:
    """Exact counts of what is published, and how many entries wait for index and vectors."""
    with bank.database.reading() as session:
        (file_count, page_count, city_count), kinds = bank.memory.recall(
            session, "stats", lambda: count_published(session)
        )
        return Stats(
            entries=sum(kinds.values()),
            files=file_count,
            pages=page_count,
            cities=city_count,
            pending={
                "index": outbox.count_outbox_rows(session),
                "meaning": unembedded.count_unembedded(session) if bank.meaning else 0,
            },
            by_kind=kinds,
        )


def count_published(session: Session) -> tuple[tuple[int, int, int], Mapping[str, int]]:
    """(files, pages, cities) and entries by kind."""
    return files.published_totals(session), entries.entries_per_kind(session)


def published_changes(bank: Bank) -> Iterator[tuple[int, datetime]]:
    """(id, moment of the last change) of every published entry, ascending."""
    with bank.database.reading() as session:
        yield from entries.published_moments(session)


def ids_by_last_change(bank: Bank) -> Sequence[int]:
    """Ids of all published entries, most recently changed first; cached until the catalogue changes."""
    with bank.database.reading() as session:
        return bank.memory.recall(session, "changed", lambda: tuple(entries.recently_changed_ids(session)))
