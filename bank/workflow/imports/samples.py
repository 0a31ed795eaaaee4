"""Fills an empty bank with sample entries, each marked as one."""

from collections.abc import Iterable

from sqlalchemy import select

from bank import samples as data
from bank.catalogue import audit, info
from bank.catalogue.tables import Entry
from bank.progress import Progress, no_progress
from bank.samples import SampleEntry, SampleFile
from bank.workflow.bank import Bank
from bank.workflow.entries.new import EntryDescription, add_entry, terms_as_tags
from bank.workflow.entries.publishing import publish_entry
from bank.workflow.files import reading
from bank.workflow.imports.files import add_file, keep_original

SAMPLES_ACTOR = "samples"
SAMPLES_ADDED_KEY = "samples_added"
"""The key under which the bank keeps how many samples it has."""


def are_samples_wanted(bank: Bank) -> bool:
    """True for a bank without any entry, and for one where adding the samples was interrupted."""
    with bank.database.reading() as session:
        added = info.read_info(session, SAMPLES_ADDED_KEY)
        if added is None:
            return session.scalar(select(Entry.id).limit(1)) is None
    return int(added) < len(samples_with_files())


def samples_with_files() -> list[tuple[SampleEntry, list[SampleFile]]]:
    """Every sample entry with its files, in a fixed order."""
    records, files = data.sample_records(), data.sample_files()
    described = [(record.entry, [file for file in files if file.record == record.id]) for record in records]
    return [*described, *((file.entry, [file]) for file in files if file.record is None)]


def add_missing_samples(bank: Bank, progress: Progress = no_progress) -> int:
    """Adds and publishes the sample entries that are not there yet. Returns the number of all."""
    every = samples_with_files()
    with bank.database.reading() as session:
        there = int(info.read_info(session, SAMPLES_ADDED_KEY) or 0)
    for number, (sample, files) in enumerate(every[there:], there + 1):
        add_sample(bank, sample, files, number)
        progress(number, len(every))
    return len(every)


def add_sample(bank: Bank, described: SampleEntry, files: list[SampleFile], number: int) -> None:
    """Adds one sample entry with its files, published, and notes in the same transaction that `number` are added."""
    kept = [
        keep_original(bank, file.path, file.name, reading.read_original(bank, file.path, file.name)) for file in files
    ]
    with bank.database.writing() as session:
        entry = add_entry(bank, session, describe_sample(described))
        for place, (file, (filed, read)) in enumerate(zip(files, kept, strict=True), 1):
            add_file(bank, session, entry, filed, read, file.licence, place)
        info.write_info(session, SAMPLES_ADDED_KEY, str(number))
        audit.add_audit_row(session, SAMPLES_ACTOR, "deposit", entry.id, {"uid": entry.uid})
        publish_entry(session, entry, SAMPLES_ACTOR)


def describe_sample(sample: SampleEntry) -> EntryDescription:
    """A sample as the description of an entry."""
    named: dict[str, Iterable[str]] = {
        "principle": map(str, sample.principles),
        "theme": sample.themes,
        "sdg": sample.sdgs,
        "group": sample.groups,
    }
    return EntryDescription(
        kind=sample.kind,
        language=sample.language,
        titles=sample.titles,
        summaries=sample.summaries,
        year=sample.year,
        date=str(sample.year),
        cities=(sample.city, *sample.cities),
        tags=tuple(tag for name, terms in named.items() for tag in terms_as_tags(name, terms)),
        events=tuple((one.event, one.role) for one in sample.events),
        fields=sample.fields,
        sample=True,
    )
