"""Converts an entry into the API's response."""

from bank.messages import say
from bank.web.api.entries.shapes import (
    EntryWholeShape,
    EventShape,
    FileShape,
    FindingShape,
    ImageShape,
    MeterShape,
    SaidShape,
    TagShape,
    WorkShape,
)
from bank.web.api.search.shapes import EntryShape
from bank.web.api.shapes import FaultShape
from bank.web.entry_fields import public_field_values
from bank.web.errors import field_and_part
from bank.web.words import Words
from bank.workflow.bank import Bank
from bank.workflow.deposits.draft import DraftFile, DraftView, ImageView
from bank.workflow.deposits.whole import WholeEntry
from bank.workflow.entries.views import EventView, FileView, TagView
from bank.workflow.search.hit_json import card_json


def whole_shape(bank: Bank, words: Words, seen: WholeEntry) -> EntryWholeShape:
    """An entry with everything that the viewer may see of it."""
    view, work = seen.entry, seen.work
    mine = {one.view.number: one for one in work.files} if work else {}
    return EntryWholeShape(
        **EntryShape.model_validate(card_json(bank, view.card, words.language)).model_dump(),
        status=view.status,
        version=view.version,
        identifier=view.identifier,
        titles=dict(view.card.titles),
        summaries=dict(view.card.summaries),
        fields=public_field_values(bank.vocabulary.kind(view.card.kind), view.fields),
        files=[file_shape(bank, words, view.card.id, file, mine.get(file.number)) for file in view.files],
        images=[image_shape(bank, view.card.id, image, work is not None) for image in seen.images],
        events=[event_shape(words, event) for event in view.events],
        tags=[tag_shape(words, tag) for tag in view.tags],
        created=view.created,
        published=view.published,
        confirmed=view.confirmed,
        **(dict(work_shape(words, work)) if work else {}),
    )


def work_shape(words: Words, work: DraftView) -> WorkShape:
    """The part of an entry that only those see who work on it."""
    return WorkShape(
        since=work.since,
        updated=work.updated,
        values=dict(work.values),
        proposed={id: dict(note) for id, note in work.proposed.items()},
        faults=[
            FaultShape(**field_and_part(one.name), message=say(one.sentence, words.language, **one.values))
            for one in work.faults
        ],
        meter=MeterShape(
            needed=work.meter.needed,
            needed_filled=work.meter.needed_filled,
            fields=work.meter.fields,
            filled=work.meter.filled,
            criteria=work.meter.criteria,
        ),
        steps=[
            SaidShape(act=one.act, who=one.who, moment=one.moment, remarks=one.remarks, second=one.second)
            for one in work.steps
        ],
        may=sorted(work.may),
        agreed=work.agreed,
        job=work.job.id if work.job else None,
    )


def file_shape(bank: Bank, words: Words, entry: int, file: FileView, mine: DraftFile | None) -> FileShape:
    """A file; `reason` explains its status in words. `mine` is None unless the viewer works on the entry."""
    return FileShape(
        n=file.number,
        name=file.name,
        type=file.media_type,
        size=file.size,
        pages=file.pages,
        digest=file.digest,
        licence=file.licence,
        flags=list(file.flags),
        status=file.status,
        reason=words.told(file.reason, file.reason_values) if file.reason else None,
        url=file_address(bank, entry, file, mine is not None),
        purpose=mine.purpose if mine else None,
        people=mine.people if mine else None,
        consents=mine.consents if mine else None,
        personal=[FindingShape.model_validate(one) for one in mine.personal] if mine else None,
    )


def file_address(bank: Bank, entry: int, file: FileView, mine: bool) -> str | None:
    """The URL of a file's bytes: in the API for those who work on the entry (`mine`), else the public one, or None."""
    if mine:
        return bank.address(f"/api/v1/entries/{entry}/files/{file.number}/content")
    return bank.address(f"/entries/{entry}/files/{file.number}") if file.shown else None


def image_shape(bank: Bank, entry: int, image: ImageView, mine: bool) -> ImageShape:
    return ImageShape(
        n=image.number,
        name=image.name,
        width=image.width,
        height=image.height,
        texts=dict(image.texts),
        author=image.author,
        licence=image.licence,
        url=bank.address(f"/api/v1/entries/{entry}/images/{image.number}/content"),
        people=image.people if mine else None,
        consents=image.consents if mine else None,
    )


def tag_shape(words: Words, tag: TagView) -> TagShape:
    return TagShape(
        vocabulary=tag.vocabulary, term=tag.term, label=words.tag(tag), charter=tag.charter, primary=tag.primary
    )


def event_shape(words: Words, event: EventView) -> EventShape:
    return EventShape(
        id=event.id,
        kind=event.kind,
        title=words.best(event.titles)[1],
        start=event.start,
        end=event.end,
        city=event.city,
        role=event.role,
    )
