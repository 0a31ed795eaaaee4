"""Turns rows of the catalogue into the views that pages and API show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bank.catalogue import entries
from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import City, File, Tag
from bank.ingest.reasons import REASONS
from bank.workflow.cache import MOST_CACHED_VALUES, CatalogueCache
from bank.workflow.entries.views import CityView, EntryCard, FileView, TagView


def city_view(city: City, entries: int = 0, aliases: Sequence[str] = ()) -> CityView:
    """A city as a view. `entries` is its number of published entries, `aliases` all its names."""
    return CityView(
        id=city.id,
        name=city.name,
        country=city.country,
        state=city.state,
        entries=entries,
        verified=city.verified,
        member=city.member,
        aliases=tuple(name for name in aliases if name != city.name),
        name_history=tuple(city.name_history),
        inegi=city.inegi,
        subdivision=city.subdivision,
        latitude=city.latitude,
        longitude=city.longitude,
        joined=city.joined,
        roles=tuple(city.roles),
    )


def tag_view(tag: Tag) -> TagView:
    return TagView(vocabulary=tag.vocabulary, term=tag.term, charter=tag.charter or None, primary=tag.primary)


def file_view(file: File) -> FileView:
    """A file row as a view; `reason` becomes the English sentence (a msgid) of its code."""
    return FileView(
        number=file.number,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        pages=file.total_pages,
        licence=file.licence,
        status=file.status,
        reason=REASONS[file.reason] if file.reason else None,
        reason_values=dict(file.reason_values),
        flags=tuple(file.flags),
        has_thumbnail=file.thumbnail,
        total_pages=file.total_pages,
        shown=file.shown,
    )


def tag_views(rows: EntryRows, vocabulary: str) -> tuple[TagView, ...]:
    """The entry's tags of one vocabulary, the primary one first."""
    return tuple(tag_view(tag) for tag in rows.tags_of(vocabulary))


def entry_card(rows: EntryRows) -> EntryCard:
    """An entry as a view for lists."""
    entry = rows.entry
    return EntryCard(
        id=entry.id,
        uid=entry.uid,
        kind=entry.kind,
        titles=rows.titles,
        summaries=rows.summaries,
        language=entry.language,
        year=entry.year,
        cities=tuple(city_view(city) for city in rows.cities),
        principles=tag_views(rows, "principle"),
        themes=tag_views(rows, "theme"),
        files=len(rows.files),
        pages=rows.pages,
        thumbnail=next((file.number for file in rows.files if file.thumbnail and file.shown), None),
        pdfs=tuple(file.number for file in rows.files if file.shown and file.media_type == "application/pdf"),
        in_parts=tuple(file.number for file in rows.files if file.media_type != "application/pdf"),
        sample=entry.sample,
        published=entry.published,
        updated=entry.updated,
    )


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry as a list needs it: its card, and the catalogue's ids of its files by number."""

    card: EntryCard
    files: Mapping[int, int]


def listed_entries(memory: CatalogueCache, session: Session, ids: Sequence[int]) -> Mapping[int, ListedEntry]:
    """id -> list entry, for those of `ids` that are published; cached until the catalogue changes."""
    known = memory.of(session)
    missing = [id for id in ids if ("entry", id) not in known]
    fresh = {
        id: ListedEntry(entry_card(rows), file_ids_by_number(rows))
        for id, rows in entries.load_entries(session, missing).items()
    }
    if len(known) < MOST_CACHED_VALUES:
        known.update({("entry", id): one for id, one in fresh.items()})
    kept = {id: one for id in ids if isinstance(one := known.get(("entry", id)), ListedEntry)}
    return {**kept, **fresh}


def file_ids_by_number(rows: EntryRows) -> Mapping[int, int]:
    """A file's number in the entry -> its id."""
    return {file.number: file.id for file in rows.files}


def published_cards(memory: CatalogueCache, session: Session, ids: Sequence[int]) -> tuple[EntryCard, ...]:
    """The cards of those of `ids` that are published, in their order."""
    found = listed_entries(memory, session, ids)
    return tuple(found[id].card for id in ids if id in found)
