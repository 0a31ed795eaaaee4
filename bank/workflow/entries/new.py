"""Makes an entry from a description: of an imported file, or of a sample.

Forms and API begin theirs in `deposits/starting`, from an empty description.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, EntryCity, EntryEvent, EntryText, Tag
from bank.clock import new_uid, now
from bank.vocabulary import CHARTER_VERSION
from bank.workflow.bank import Bank
from bank.workflow.entries.city_by_name import find_or_make_city
from bank.workflow.entries.fields import checked_fields


@dataclass(frozen=True, slots=True)
class TagValue:
    """A term to be given to an entry; `charter` is 2020 or 2004 for principles and empty for the rest."""

    vocabulary: str
    term: str
    charter: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class EntryDescription:
    """What an entry is made of. `cities` are names or ids, the leading one first; `events` are (id, role).

    `country` (ISO 3166-1 alpha-2) tells which city is meant by a name.
    """

    kind: str
    language: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    date: str | None = None
    number: str | None = None
    cities: tuple[str, ...] = ()
    country: str | None = None
    tags: tuple[TagValue, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    sample: bool = False


def add_entry(bank: Bank, session: Session, description: EntryDescription, made_by: int | None = None) -> Entry:
    """A new draft with its texts, cities, tags and events. Raises Invalid for fields that its kind does not have."""
    moment = now()
    entry = Entry(
        uid=new_uid(moment),
        kind=description.kind,
        status="draft",
        language=description.language,
        year=description.year,
        date=description.date,
        number=description.number,
        fields=checked_fields(bank.vocabulary, description.kind, description.fields),
        sample=description.sample,
        made_by=made_by,
        created=moment,
        updated=moment,
    )
    session.add(entry)
    session.flush()
    add_texts(session, entry, description)
    add_cities(
        session,
        entry,
        [find_or_make_city(session, bank.vocabulary, name, description.country) for name in description.cities],
    )
    add_events(session, entry, description.events)
    add_tags(session, entry, description.tags)
    return entry


def add_texts(session: Session, entry: Entry, description: EntryDescription) -> None:
    """Title and summary in each language that has one of them."""
    for language in dict.fromkeys((*description.titles, *description.summaries)):
        title, summary = description.titles.get(language, ""), description.summaries.get(language, "")
        session.add(EntryText(entry_id=entry.id, language=language, title=title, summary=summary))


def add_cities(session: Session, entry: Entry, ids: Iterable[str]) -> None:
    """Gives the entry its cities; the first leads, and one that is named twice is taken once."""
    places = enumerate(dict.fromkeys(ids))
    session.add_all(EntryCity(entry_id=entry.id, city_id=id, position=place) for place, id in places)


def add_events(session: Session, entry: Entry, events: Iterable[tuple[str, str]]) -> None:
    """Points the entry to events: (id, role)."""
    session.add_all(EntryEvent(entry_id=entry.id, event_id=id, role=role) for id, role in events)


def terms_as_tags(vocabulary: str, terms: Iterable[str]) -> Iterator[TagValue]:
    """Terms of one vocabulary as tags, each once; principles in the numbering of 2020, the first as the primary one."""
    principle = vocabulary == "principle"
    for place, term in enumerate(dict.fromkeys(terms)):
        yield TagValue(vocabulary, term, CHARTER_VERSION if principle else "", principle and place == 0)


def add_tags(session: Session, entry: Entry, tags: Iterable[TagValue]) -> None:
    """Gives the entry its terms, in their order."""
    for position, tag in enumerate(tags):
        session.add(
            Tag(
                entry_id=entry.id,
                vocabulary=tag.vocabulary,
                charter=tag.charter,
                term=tag.term,
                primary=tag.primary,
                position=position,
            )
        )
