"""Turns the workflow's views into what the API answers."""

from collections.abc import Callable

from bank.web.api.entry_shapes import EntryWholeShape, EventShape, FileShape, TagShape
from bank.web.api.search_shapes import EntryShape, FacetShape, HitShape, OfferShape, QueryShape, SearchShape
from bank.web.fields import public_fields
from bank.web.parameters import FACETS, SearchParameters, only
from bank.web.words import Words
from bank.workflow import saved_searches
from bank.workflow.hits import card_json, hit_json
from bank.workflow.parts import Bank
from bank.workflow.views import EntryView, EventView, FileView, SearchView, TagView


def search_shape(
    bank: Bank, words: Words, view: SearchView, asked: SearchParameters, label: Callable[[str, str], str]
) -> SearchShape:
    """A page of a result; `label` names the values of a facet."""
    return SearchShape(
        total=view.total,
        page=view.page,
        size=view.size,
        pages=view.pages,
        took_ms=view.took_ms,
        meant=view.meant,
        did_you_mean=view.did_you_mean,
        corrected=view.corrected,
        dropped=list(view.dropped),
        query=QueryShape(
            q=asked.q,
            interpreted=view.interpreted,
            sort=asked.order,
            filters={facet: list(getattr(asked, facet)) for facet in FACETS},
            year_from=asked.year_from,
            year_to=asked.year_to,
            tree=saved_searches.tree(bank, asked.q, asked.filters, asked.order),
        ),
        hits=[HitShape.model_validate(hit_json(bank, hit, words.language)) for hit in view.hits],
        facets={
            name: [
                FacetShape(value=one.value, label=label(name, one.value), count=one.count, selected=one.selected)
                for one in values
            ]
            for name, values in view.facets.items()
        },
        offers=[
            OfferShape(
                facet=one.facet,
                value=one.value,
                label=label(one.facet, one.value),
                count=one.count,
                url=bank.address(f"/search{only(one.facet, one.value)}"),
            )
            for one in view.offers
        ],
    )


def file_shape(bank: Bank, words: Words, entry: int, file: FileView) -> FileShape:
    """A file with the reason of its state in words."""
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
        url=bank.address(f"/entries/{entry}/files/{file.number}") if file.shown else None,
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


def whole_shape(bank: Bank, words: Words, view: EntryView) -> EntryWholeShape:
    """An entry with everything that anybody may see of it."""
    return EntryWholeShape(
        **EntryShape.model_validate(card_json(bank, view.card, words.language)).model_dump(),
        status=view.status,
        version=view.version,
        identifier=view.identifier,
        titles=dict(view.card.titles),
        summaries=dict(view.card.summaries),
        fields=public_fields(bank.vocabulary.kind(view.card.kind), view.fields),
        files=[file_shape(bank, words, view.card.id, file) for file in view.files],
        events=[event_shape(words, event) for event in view.events],
        tags=[tag_shape(words, tag) for tag in view.tags],
        created=view.created,
        published=view.published,
        confirmed=view.confirmed,
    )
