"""Keeps the index in step with the catalogue: the outbox is drained, the whole is rebuilt beside and swapped in."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy.orm import Session

from bank import faults
from bank.catalogue import entries, files, outbox, places
from bank.catalogue.entries import EntryRows
from bank.ingest.cleaning import index_text
from bank.progress import Progress, silent
from bank.search.document import SearchDocument, SearchPage
from bank.search.engine import Engine
from bank.workflow.fields import public_fields
from bank.workflow.parts import Bank
from bank.workflow.principles import numbers_2020

BATCH = 50


def documents(bank: Bank, session: Session, ids: Sequence[int]) -> list[SearchDocument]:
    """What the index is told about the published ones of `ids`."""
    found = entries.load(session, ids)
    city_ids = sorted({city.id for rows in found.values() for city in rows.cities})
    names = places.names(session, city_ids)
    return [document(bank, session, found[id], names) for id in ids if id in found]


def document(bank: Bank, session: Session, rows: EntryRows, names: Mapping[str, Sequence[str]]) -> SearchDocument:
    """One entry as the index sees it."""
    entry = rows.entry
    called = [name for city in rows.cities for name in (city.name, *names.get(city.id, ()))]
    return SearchDocument(
        id=entry.id,
        version=entry.version,
        language=entry.language,
        kind=entry.kind,
        titles={text.language: text.title for text in rows.texts if text.title},
        summaries={text.language: text.summary for text in rows.texts if text.summary},
        fields=tuple(texts_in(public_fields(bank.vocabulary, entry.kind, entry.fields))),
        names=tuple(dict.fromkeys([*called, *filter(None, [entry.number])])),
        year=entry.year,
        cities=tuple(city.id for city in rows.cities),
        countries=tuple(dict.fromkeys(city.country for city in rows.cities if city.country)),
        principles=numbers_2020(bank.vocabulary, rows.tags),
        themes=terms(rows, "theme"),
        sdgs=terms(rows, "sdg"),
        groups=terms(rows, "group"),
        pages=tuple(search_pages(session, rows)),
    )


def terms(rows: EntryRows, vocabulary: str) -> tuple[str, ...]:
    return tuple(tag.term for tag in rows.tags if tag.vocabulary == vocabulary)


def texts_in(value: object) -> Iterator[str]:
    """Every text inside a structured document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)


def search_pages(session: Session, rows: EntryRows) -> Iterator[SearchPage]:
    """The index text of every page of the entry's files, each with what a sentence needs of the next page."""
    numbers = {file.id: file.number for file in rows.files}
    for page, after in pairwise([*files.pages(session, list(numbers)), None]):
        if page is not None:
            following = after.text if after is not None and after.file_id == page.file_id else ""
            yield SearchPage(numbers[page.file_id], page.number, index_text(page.text, page.furniture, following))


def drain(bank: Bank, writer: Engine, limit: int = BATCH, past: Container[int] = ()) -> tuple[int, ...]:
    """Tells the index of the oldest waiting entries and takes them out of the outbox. Returns the entries' ids.

    Outbox rows whose entries are in `past` are left alone: they failed before and must not hold up the rest.
    """
    with bank.database.reading() as session:
        rows = [row for row in outbox.waiting(session, limit) if row[1] not in past]
        if not rows:
            return ()
        ids = list(dict.fromkeys(entry_id for _, entry_id in rows))
        found = documents(bank, session, ids)
    position = rows[-1][0]
    present = {document.id for document in found}
    gone = [id for id in ids if id not in present]
    if found:
        writer.put(found, position)
    if gone:
        writer.drop(gone, position)
    faults.point("index.written")
    with bank.database.writing() as session:
        outbox.acknowledge(session, [id for id, _ in rows])
    return tuple(ids)


def first_waiting(bank: Bank, past: Container[int]) -> int | None:
    """The entry that waits longest and is not in `past`."""
    with bank.database.reading() as session:
        return next((entry for _, entry in outbox.waiting(session, 10_000) if entry not in past), None)


def drain_all(bank: Bank, writer: Engine, progress: Progress = silent) -> int:
    """Drains until nothing waits. Returns how many entries the index heard of."""
    with bank.database.reading() as session:
        total = outbox.count(session)
    told = 0
    while ids := drain(bank, writer):
        told += len(ids)
        progress(told, max(total, told))
    return told


def rebuild(bank: Bank, progress: Progress = silent) -> int:
    """Builds a new index beside the old one and swaps it in; the old one serves and is kept in step meanwhile.

    Returns the number of documents. Entries that change while it builds are drained into the old index and put into
    the new one before the swap, so nothing published meanwhile is lost.
    """
    stale = bank.index.stale() is not None
    touched: set[int] = set()
    fresh = bank.index.begin()
    try:
        fresh.engine.put(every_document(bank, None if stale else bank.index.writer(), touched, progress))
        with bank.database.reading() as session:
            position = max((id for id, _ in outbox.waiting(session, 100_000)), default=0)
            changed = documents(bank, session, sorted(touched))
        fresh.engine.put(changed)
        fresh.engine.drop(touched - {document.id for document in changed})
        total = len(fresh.engine.versions())
        fresh.swap(position)
    except BaseException:
        fresh.abandon()
        raise
    faults.point("index.swapped")
    return total


def every_document(bank: Bank, old: Engine | None, touched: set[int], progress: Progress) -> Iterator[SearchDocument]:
    """Every published entry, in batches; between them the old index hears of what changed, and so does `touched`."""
    with bank.database.reading() as session:
        total = len(entries.published_versions(session))
    last = done = 0
    while True:
        with bank.database.reading() as session:
            ids = entries.published_ids(session, last, BATCH)
            batch = documents(bank, session, ids)
        if not ids:
            return
        yield from batch
        last, done = ids[-1], done + len(batch)
        if old is not None:
            touched.update(drain(bank, old))
        progress(done, max(total, done))
