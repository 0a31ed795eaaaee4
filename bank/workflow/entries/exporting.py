"""Turns published entries into records and writes them in an export format."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import BinaryIO

from bank.catalogue import entries, places
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import City, Event, File, Tag
from bank.clock import in_zone, now
from bank.errors import Invalid
from bank.export import EXPORT_FORMATS, ExportContext
from bank.export.record import Record, RecordCity, RecordEvent, RecordFile, RecordFinding, RecordTerm
from bank.messages import N_
from bank.vocabulary import SdgFacts
from bank.workflow.bank import Bank
from bank.workflow.entries.fields import public_fields

NOT_SEARCHED: Mapping[int, RecordFinding] = MappingProxyType({})


def all_published_ids(bank: Bank) -> Iterator[int]:
    """Ids of all published entries, ascending, from the catalogue; the index may still be catching up."""
    last = 0
    while True:
        with bank.database.reading() as session:
            ids = entries.published_ids(session, last, 1000)
        if not ids:
            return
        yield from ids
        last = ids[-1]


def export_records(
    bank: Bank, ids: Iterable[int], found_by: Mapping[int, RecordFinding] = NOT_SEARCHED
) -> Iterator[Record]:
    """Those of `ids` that are published as records, in their order; a few at a time are held in memory."""
    remaining = iter(ids)
    while some := list(islice(remaining, 100)):
        with bank.database.reading() as session:
            found = entries.load_entries(session, some)
            events = places.events_of_entries(session, some)
            made = [record_of(bank, found[id], events.get(id, []), found_by.get(id)) for id in some if id in found]
        yield from made


def export_entries(
    bank: Bank, name: str, ids: Iterable[int], stream: BinaryIO, *, call: str = "bidce", language: str | None = None
) -> int:
    """Writes those of `ids` that are published in a format of EXPORT_FORMATS; how many they were.

    Where `ids` maps to why a search found them, the export says it. `language` is the reader's, by default the bank's
    own. Raises Invalid for an unknown format or call.
    """
    form = EXPORT_FORMATS.get(name)
    if form is None:
        raise Invalid(
            N_("There is no format called {name}. These are known: {known}."),
            name=name,
            known=", ".join(EXPORT_FORMATS),
        )
    written = 0
    found_by = ids if isinstance(ids, Mapping) else NOT_SEARCHED

    def counted() -> Iterator[Record]:
        nonlocal written
        for one in export_records(bank, ids, found_by):
            written += 1
            yield one

    form.write(counted(), stream, export_context(bank, call, language or bank.settings.language))
    return written


def export_context(bank: Bank, call: str, language: str) -> ExportContext:
    """What a format needs beside the records: language, vocabulary, call, paper, time.

    Raises Invalid for an unknown call.
    """
    found = bank.vocabulary.calls.get(call)
    if found is None:
        known = ", ".join(bank.vocabulary.calls)
        raise Invalid(N_("There is no call named {name}. These are known: {known}."), name=call, known=known)
    return ExportContext(
        language=language,
        vocabulary=bank.vocabulary,
        network=bank.settings.network_name,
        generated=in_zone(now(), bank.settings.zone),
        call=found,
        paper=bank.settings.paper,
    )


def record_of(
    bank: Bank, rows: EntryRows, events: Sequence[tuple[Event, str]], found: RecordFinding | None = None
) -> Record:
    """One entry and its rows as a record; `found` is why a search has it."""
    entry = rows.entry
    kind = bank.vocabulary.get("kind", entry.kind)
    return Record(
        id=entry.id,
        uid=entry.uid,
        identifier=bank.identifier(entry.uid),
        url=bank.address(f"/entries/{entry.id}"),
        kind=entry.kind,
        kind_labels=dict(kind.labels) if kind else {},
        titles=rows.titles,
        summaries=rows.summaries,
        language=entry.language,
        year=entry.year,
        publisher=bank.settings.network_name,
        network_country=bank.settings.country,
        cities=tuple(record_city(city) for city in rows.cities),
        principles=record_terms(bank, rows.tags_of("principle")),
        themes=record_terms(bank, rows.tags_of("theme")),
        sdgs=record_terms(bank, rows.tags_of("sdg")),
        groups=record_terms(bank, rows.tags_of("group")),
        events=tuple(
            RecordEvent(event.id, event.titles, role, int(event.start[:4]) if event.start else None)
            for event, role in events
        ),
        files=tuple(record_file(bank, entry.id, file) for file in rows.files),
        fields=public_fields(bank.vocabulary, entry.kind, entry.fields),
        published=entry.published,
        updated=entry.updated,
        date=entry.date,
        number=entry.number,
        version=entry.version,
        sample=entry.sample,
        found=found,
    )


def record_city(city: City) -> RecordCity:
    return RecordCity(city.id, city.name, city.country, city.subdivision, city.inegi, city.latitude, city.longitude)


def record_terms(bank: Bank, tags: Iterable[Tag]) -> tuple[RecordTerm, ...]:
    """Tags with their labels, in their order."""
    return tuple(record_term(bank, tag) for tag in tags)


def record_term(bank: Bank, tag: Tag) -> RecordTerm:
    """A tag with its labels; a principle of 2004 with those of the old numbering."""
    old = tag.vocabulary == "principle" and tag.charter == "2004"
    term = bank.vocabulary.get("principle_2004" if old else tag.vocabulary, tag.term)
    return RecordTerm(
        id=tag.term,
        labels=dict(term.labels) if term else {},
        iri=term.facts.iri if term and isinstance(term.facts, SdgFacts) else None,
        charter=tag.charter or None,
        primary=tag.primary,
    )


def record_file(bank: Bank, entry: int, file: File) -> RecordFile:
    """A file as exported, with the absolute address of its original."""
    return RecordFile(
        number=file.number,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        pages=file.total_pages,
        url=bank.address(f"/entries/{entry}/files/{file.number}"),
        licence=file.licence,
        shown=file.shown,
    )
