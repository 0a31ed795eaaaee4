"""Fills an empty bank with sample entries, each marked as one."""

from bank import ingest
from bank import samples as data
from bank.catalogue import audit
from bank.catalogue.tables import Entry
from bank.progress import Progress, silent
from bank.samples import SampleFile, SampleRecord
from bank.workflow.depositing import keep
from bank.workflow.describing import Description, TagValue, add_entry
from bank.workflow.filing import add_file
from bank.workflow.parts import Bank
from bank.workflow.publishing import publish

ACTOR = "samples"


def wanted(bank: Bank) -> bool:
    """True for a bank that has no entry at all, drafts included."""
    with bank.database.reading() as session:
        return session.query(Entry.id).first() is None


def fill(bank: Bank, progress: Progress = silent) -> int:
    """Adds and publishes the sample records and files. Returns the number of entries."""
    records, files = data.records(), data.files()
    alone = [file for file in files if file.record is None]
    total = len(records) + len(alone)
    for done, record in enumerate(records, 1):
        add(bank, record, [file for file in files if file.record == record.id])
        progress(done, total)
    for done, file in enumerate(alone, len(records) + 1):
        add(bank, file, [file])
        progress(done, total)
    return total


def add(bank: Bank, described: SampleRecord | SampleFile, files: list[SampleFile]) -> None:
    """One entry with its files, published."""
    read = [(file, ingest.read_file(file.path, name=file.name)) for file in files]
    kept = [(file, keep(bank, file.path, extraction), extraction) for file, extraction in read]
    with bank.database.writing() as session:
        entry = add_entry(bank, session, description(described))
        for number, (file, filed, extraction) in enumerate(kept, 1):
            add_file(bank, session, entry, filed, extraction, file.licence, number)
        audit.note(session, ACTOR, "deposit", entry.id, {"uid": entry.uid})
        publish(session, entry, ACTOR)


def description(sample: SampleRecord | SampleFile) -> Description:
    """A sample as the description of an entry."""
    principles = (
        TagValue("principle", str(number), "2020", place == 0) for place, number in enumerate(sample.principles)
    )
    others = (("theme", sample.themes), ("sdg", sample.sdgs), ("group", sample.groups))
    return Description(
        kind=sample.kind,
        language=sample.language,
        titles=sample.titles,
        summaries=sample.summaries,
        year=sample.year,
        date=str(sample.year),
        cities=(sample.city, *sample.cities),
        tags=(*principles, *(TagValue(name, term) for name, terms in others for term in terms)),
        events=tuple((one.event, one.role) for one in sample.events),
        fields=sample.fields if isinstance(sample, SampleRecord) else {},
        sample=True,
    )
