"""Keeps the index in step with the catalogue: drains the outbox, or builds a new index beside the old one."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue import entries, files, outbox, places, unembedded
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import Entry
from bank.disk import expect_disk_room
from bank.errors import Busy, DiskFull, ReadOnlyDisk
from bank.ingest.text.cleaning import index_text
from bank.progress import Progress, no_progress
from bank.search.document import SearchDocument, SearchPage
from bank.search.engine import Engine
from bank.workflow.bank import Bank
from bank.workflow.entries.fields import public_fields
from bank.workflow.entries.principles import numbers_2020

log = logging.getLogger("bank.indexing")
PERIOD_FIELDS = ("period", "reported_period")
"""Fields that tell of which years an entry is."""
YEAR_BEGINNING = re.compile(r"\d{4}(-|$)")
INDEX_BATCH = 50
"""Entries indexed at once."""
PASSING_INDEX_FAILURES = (OSError, MemoryError, Busy, OperationalError, DiskFull, ReadOnlyDisk)
"""Exceptions that are no entry's fault (disk, memory, lock, database): the rows stay and are tried again."""


def search_documents(bank: Bank, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
    """The search documents of those of `ids` that are published, in their order."""
    found = entries.load_entries(session, ids)
    city_ids = sorted({city.id for rows in found.values() for city in rows.cities})
    names = places.names_of_cities(session, city_ids)
    return [search_document(bank, session, found[id], names) for id in ids if id in found]


def search_document(
    bank: Bank, session: Session, rows: EntryRows, names: Mapping[str, Sequence[str]]
) -> SearchDocument:
    """The search document of one entry. `names` maps a city's id to all its names."""
    entry = rows.entry
    called = [name for city in rows.cities for name in (city.name, *names.get(city.id, ()))]
    return SearchDocument(
        id=entry.id,
        version=entry.version,
        language=entry.language,
        kind=entry.kind,
        titles=rows.titles,
        summaries=rows.summaries,
        fields=tuple(texts_in(public_fields(bank.vocabulary, entry.kind, entry.fields))),
        names=tuple(dict.fromkeys([*called, *filter(None, [entry.number])])),
        year=entry.year,
        last_year=last_year_of(entry),
        cities=tuple(city.id for city in rows.cities),
        countries=tuple(dict.fromkeys(city.country for city in rows.cities if city.country)),
        principles=numbers_2020(bank.vocabulary, rows.tags),
        themes=terms_for_index(rows, "theme"),
        sdgs=terms_for_index(rows, "sdg"),
        groups=terms_for_index(rows, "group"),
        pages=tuple(search_pages(session, rows)),
    )


def last_year_of(entry: Entry) -> int | None:
    """The year in which the period of an entry ends, where that is given."""
    periods = [entry.fields.get(field) for field in PERIOD_FIELDS]
    ends = [period.get("end") for period in periods if isinstance(period, dict)]
    return max((int(end[:4]) for end in ends if isinstance(end, str) and YEAR_BEGINNING.match(end)), default=None)


def terms_for_index(rows: EntryRows, vocabulary: str) -> tuple[str, ...]:
    """The entry's terms of one vocabulary."""
    return tuple(tag.term for tag in rows.tags if tag.vocabulary == vocabulary)


def texts_in(value: object) -> Iterator[str]:
    """Every text inside a structured document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)


def search_pages(session: Session, rows: EntryRows) -> Iterator[SearchPage]:
    """The index text of every page of the entry's files, each with the end of a sentence that the next page has."""
    numbers = {file.id: file.number for file in rows.files}
    for page, after in pairwise([*files.pages_of_files(session, list(numbers)), None]):
        if page is not None:
            following = after.text if after is not None and after.file_id == page.file_id else ""
            yield SearchPage(numbers[page.file_id], page.number, index_text(page.text, page.furniture, following))


def drain_outbox(bank: Bank, writer: Engine, limit: int = INDEX_BATCH) -> tuple[int, ...]:
    """Indexes the oldest waiting entries and deletes their outbox rows. Returns the entries' ids.

    An entry that can't be indexed is postponed with the reason and holds nobody up. What may pass by itself (a full
    disk, a locked file, a database that does not answer) is raised and leaves every row where it is.
    """
    with bank.database.reading() as session:
        rows = outbox.oldest_outbox_rows(session, limit)
    if not rows:
        return ()
    try:
        index_outbox_rows(bank, writer, rows)
    except PASSING_INDEX_FAILURES:
        raise
    except Exception:  # noqa: BLE001 - one of the entries is at fault; the next lines find which
        for id in dict.fromkeys(entry for _, entry in rows):
            index_entry_alone(bank, writer, id, [row for row in rows if row[1] == id])
    return tuple(dict.fromkeys(entry for _, entry in rows))


def index_outbox_rows(bank: Bank, writer: Engine, rows: Sequence[tuple[int, int]]) -> None:
    """Puts or drops the documents of the rows' entries, then deletes the rows and queues the entries for embedding.

    Rows are (outbox id, entry id).
    """
    ids = list(dict.fromkeys(entry for _, entry in rows))
    with bank.database.reading() as session:
        found = search_documents(bank, session, ids)
    position = rows[-1][0]
    present = {document.id for document in found}
    gone = [id for id in ids if id not in present]
    if found:
        writer.put(found, position)
    if gone:
        writer.drop(gone, position)
    crash_points.crash_point("index.written")
    with bank.database.writing() as session:
        outbox.acknowledge_rows(session, [id for id, _ in rows])
        unembedded.queue_for_embedding(session, ids)


def index_entry_alone(bank: Bank, writer: Engine, id: int, rows: Sequence[tuple[int, int]]) -> None:
    """Indexes one entry, or postpones it with the reason."""
    try:
        index_outbox_rows(bank, writer, rows)
    except PASSING_INDEX_FAILURES:
        raise
    except Exception as error:
        log.exception("Entry %s can't be indexed and is set aside.", id)
        set_entry_aside(bank, id, error)


def set_entry_aside(bank: Bank, id: int, error: Exception) -> None:
    """Postpones indexing an entry and notes the reason, which `bank check` prints."""
    with bank.database.writing() as session:
        outbox.postpone_indexing(session, id, f"{type(error).__name__}: {error}")


def drain_whole_outbox(bank: Bank, progress: Progress = no_progress) -> int:
    """Drains until nothing waits, making a missing index first. Returns how many entries were indexed."""
    if bank.index.stale() is not None:
        rebuild_index(bank, progress)
    with bank.database.reading() as session:
        total = outbox.count_outbox_rows(session)
    writer, told = bank.index.writer(), 0
    while ids := drain_outbox(bank, writer):
        told += len(ids)
        progress(told, max(total, told))
    return told


def rebuild_index(bank: Bank, progress: Progress = no_progress) -> int:
    """Builds a new index beside the old one and swaps it in; the old one serves and is kept in step meanwhile.

    Returns the number of documents. Entries that change while it builds are drained into the old index and put into the
    new one before the swap, so nothing published meanwhile is lost. An entry that can't be indexed is postponed.
    Raises DiskFull where the disk has no room for a second index.
    """
    expect_disk_room(bank.settings.index_folder, 0)
    old = None if bank.index.stale() is not None else bank.index.writer()
    touched: set[int] = set()
    fresh = bank.index.begin()
    try:
        try:
            fresh.engine.put(every_search_document(bank, old, touched, progress))
        except PASSING_INDEX_FAILURES:
            raise
        except Exception:  # noqa: BLE001 - some entry is at fault; one by one the others get in
            for document in every_search_document(bank, old, touched, progress):
                put_document_alone(bank, fresh.engine, document)
        index_changed_entries(bank, fresh.engine, touched)
        with bank.database.reading() as session:
            position = max((id for id, _ in outbox.oldest_outbox_rows(session, 100_000)), default=0)
        total = len(fresh.engine.versions())
        fresh.swap(position)
    except BaseException:
        fresh.abandon()
        raise
    crash_points.crash_point("index.swapped")
    return total


def index_changed_entries(bank: Bank, engine: Engine, ids: set[int]) -> None:
    """Puts or drops, in the new index, the entries that changed while it was built."""
    ordered = sorted(ids)
    for first in range(0, len(ordered), INDEX_BATCH):
        some = ordered[first : first + INDEX_BATCH]
        with bank.database.reading() as session:
            changed = search_documents(bank, session, some)
        for document in changed:
            put_document_alone(bank, engine, document)
        engine.drop(set(some) - {document.id for document in changed})


def put_document_alone(bank: Bank, engine: Engine, document: SearchDocument) -> None:
    """Puts one document, or postpones its entry with the reason."""
    try:
        engine.put([document])
    except PASSING_INDEX_FAILURES:
        raise
    except Exception as error:
        log.exception("Entry %s can't be indexed and is set aside.", document.id)
        set_entry_aside(bank, document.id, error)


def every_search_document(
    bank: Bank, old: Engine | None, touched: set[int], progress: Progress
) -> Iterator[SearchDocument]:
    """Yields every published entry's document.

    Between batches the outbox is drained into `old`, and the ids drained are added to `touched`.
    """
    with bank.database.reading() as session:
        total = len(entries.published_versions(session))
    last = done = 0
    while True:
        with bank.database.reading() as session:
            ids = entries.published_ids(session, last, INDEX_BATCH)
        if not ids:
            return
        yield from describe_batch(bank, ids)
        last, done = ids[-1], done + len(ids)
        if old is not None:
            touched.update(drain_outbox(bank, old))
        progress(done, max(total, done))


def describe_batch(bank: Bank, ids: Sequence[int]) -> Iterator[SearchDocument]:
    """The documents of a batch; an entry whose document can't be made is postponed, and the others come."""
    try:
        with bank.database.reading() as session:
            found = search_documents(bank, session, ids)
    except PASSING_INDEX_FAILURES:
        raise
    except Exception as error:
        if len(ids) > 1:
            for id in ids:
                yield from describe_batch(bank, [id])
            return
        log.exception("Entry %s can't be described and is set aside.", ids[0])
        set_entry_aside(bank, ids[0], error)
        return
    yield from found
