"""Writes values into an entry's rows, each checked against its field; a fault says which are refused, and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bank.catalogue import places
from bank.catalogue.tables import Entry, EntryCity, EntryEvent, EntryText, Event, File, Tag
from bank.catalogue.visibility import entry_is_public, entry_visible_to
from bank.clock import now
from bank.errors import Fault
from bank.languages import UNKNOWN_LANGUAGE, is_language_code
from bank.messages import N_
from bank.vocabulary import Vocabulary
from bank.vocabulary.principles import OLD_CHARTER_VERSION
from bank.workflow.deposits.cleaning import clean_value
from bank.workflow.deposits.values import TERM_FIELDS, field_specs
from bank.workflow.entries.city_by_name import find_or_make_city
from bank.workflow.entries.fields import (
    FIELD_DOCUMENT_TOO_LARGE,
    FIELD_TEXT_TOO_LONG,
    LARGEST_FIELD_DOCUMENT,
    LONGEST_CORE_TEXTS,
    TOO_MANY_ITEMS,
    WRONG_FIELD_VALUE,
    field_document_size,
    fits_field,
    has_too_many_items,
    misfit_fault,
    most_items_of_field,
)
from bank.workflow.entries.new import add_cities, add_events, add_tags, terms_as_tags
from bank.workflow.rights import Viewer

UNKNOWN_FIELD = N_("An entry of this kind has no such field.")
NO_SUCH_TERM = N_("There is no {value} to choose here.")
TWO_LICENCES = N_("The answers and the name that was chosen are different licences ({licences}): choose one.")
LICENCE_HALF_ANSWERED = N_("Answer all three questions about the licence, or choose it by its name.")
NO_LEADING_CITY = N_("Choose the city that leads.")
NOT_YOUR_CITY = N_("You don't speak for this city.")
WRONG_YEAR = N_("Write a year from {first} to {last}.")
FIRST_ENTRY_YEAR = 1900
MOST_CITIES_OF_ENTRY, MOST_EVENTS_OF_ENTRY = 60, 40
ENTRY_EVENT_ROLES = ("presented", "winner", "finalist", "related")


@dataclass(frozen=True, slots=True)
class EntryWriteContext:
    """Where values are written: the transaction, the entry, and who writes (None: the bank itself).

    `country` (ISO 3166-1 alpha-2) tells which city is meant by a name.
    """

    session: Session
    vocabulary: Vocabulary
    entry: Entry
    viewer: Viewer | None = None
    country: str | None = None


def write_values(desk: EntryWriteContext, changes: Mapping[str, object]) -> list[Fault]:
    """Writes values into rows; a fault for each that is refused. With any fault the caller must roll back."""
    faults = []
    if "kind" in changes:
        faults += write_kind(desk, changes["kind"])
    specs = field_specs(desk.vocabulary, desk.entry.kind)
    for id, value in sorted(changes.items(), key=lambda one: one[0] != "city"):
        if id == "kind":
            continue
        fault = write_field(desk, id, clean_value(value)) if id in specs else Fault(id, UNKNOWN_FIELD)
        faults += [fault] if fault else []
    return faults


def write_kind(desk: EntryWriteContext, kind: object) -> list[Fault]:
    """Sets the kind; values of fields that only the old kind has are kept, unseen, and come back with it."""
    if not isinstance(kind, str) or desk.vocabulary.kind(kind) is None:
        return [Fault("kind", NO_SUCH_TERM, {"value": str(kind)[:60]})]
    desk.entry.kind = kind
    return []


def write_field(desk: EntryWriteContext, id: str, value: object) -> Fault | None:
    """Writes the value of one field into its place; the fault where it is refused."""
    spec = field_specs(desk.vocabulary, desk.entry.kind)[id]
    if has_too_many_items(spec, value):
        return Fault(id, TOO_MANY_ITEMS, {"most": most_items_of_field(spec)})
    if id in TERM_FIELDS:
        return write_terms(desk, id, value)
    if id in CORE_FIELD_WRITERS:
        return CORE_FIELD_WRITERS[id](desk, value)
    if value is not None and not fits_field(desk.vocabulary, spec, value):
        return misfit_fault(desk.vocabulary, spec, value)
    return write_own_field(desk, id, value)


def write_own_field(desk: EntryWriteContext, id: str, value: object) -> Fault | None:
    """Sets a field of the entry's JSON document; refused over 200,000 bytes, unless it gets smaller."""
    entry, fields = desk.entry, {**desk.entry.fields, id: value}
    size = field_document_size(fields)
    if size > LARGEST_FIELD_DOCUMENT and size > field_document_size(entry.fields):
        return Fault(id, FIELD_DOCUMENT_TOO_LARGE)
    entry.fields = fields
    return None


def checked_texts(id: str, value: object) -> dict[str, str] | Fault:
    """The texts by language with blanks tidied, or a fault."""
    value = {} if value is None else value
    if not isinstance(value, dict) or not all(
        is_language_code(str(code)) or code == UNKNOWN_LANGUAGE for code in value
    ):
        return Fault(id, WRONG_FIELD_VALUE)
    for code, text in value.items():
        if not isinstance(text, str):
            return Fault(id, WRONG_FIELD_VALUE)
        if len(text) > LONGEST_CORE_TEXTS[id]:
            return Fault(f"{id}.{code}", FIELD_TEXT_TOO_LONG, {"most": LONGEST_CORE_TEXTS[id], "letters": len(text)})
    return {code: " ".join(text.split()) if id == "title" else text.strip() for code, text in value.items()}


def write_texts(desk: EntryWriteContext, id: str, value: object) -> Fault | None:
    """Writes title or summary in each language; a language without either has no row."""
    found = checked_texts(id, value)
    if isinstance(found, Fault):
        return found
    number = desk.entry.id
    rows = {row.language: row for row in desk.session.scalars(select(EntryText).where(EntryText.entry_id == number))}
    for language in {*rows, *found}:
        row = rows.get(language)
        if row is None:
            row = EntryText(entry_id=number, language=language, title="", summary="")
            desk.session.add(row)
        setattr(row, id, found.get(language, ""))
        if not row.title and not row.summary:
            desk.session.expunge(row) if row in desk.session.new else desk.session.delete(row)
    desk.session.flush()
    return None


def write_terms(desk: EntryWriteContext, id: str, value: object) -> Fault | None:
    """Writes the terms of one vocabulary, the first principle as the primary one."""
    chosen = value if value is not None else []
    if not isinstance(chosen, list):
        return Fault(id, WRONG_FIELD_VALUE)
    vocabulary = TERM_FIELDS[id]
    for term in chosen:
        if not isinstance(term, str) or desk.vocabulary.get(vocabulary, term) is None:
            return Fault(id, NO_SUCH_TERM, {"value": str(term)[:60]})
    mine = (Tag.entry_id == desk.entry.id, Tag.vocabulary == vocabulary, Tag.charter != OLD_CHARTER_VERSION)
    desk.session.execute(delete(Tag).where(*mine))
    add_tags(desk.session, desk.entry, terms_as_tags(vocabulary, chosen))
    desk.session.flush()
    return None


def write_city(desk: EntryWriteContext, value: object) -> Fault | None:
    """Writes the leading city. An editor chooses among the cities spoken for; others name any."""
    if not isinstance(value, str) or not value.strip():
        return Fault("city", NO_LEADING_CITY)
    id = leading_city_id(desk, value)
    if id is None:
        return Fault("city", NOT_YOUR_CITY)
    replace_cities(desk, [id, *(city for city in city_ids_of_entry(desk)[1:] if city != id)])
    return None


def leading_city_id(desk: EntryWriteContext, value: str) -> str | None:
    """The id of the city that the writer means; None where an editor doesn't speak for it."""
    viewer = desk.viewer
    if viewer is None or viewer.role != "editor":
        return city_id_of_name(desk, value) if len(value) <= 200 else None
    mine = current_own_cities(desk.session, viewer)
    seed = desk.vocabulary.city_named(value)
    named = (value, seed.id) if seed is not None else (value,)
    return next((id for id in (places.canonical_city_id(desk.session, one) for one in named) if id in mine), None)


def city_id_of_name(desk: EntryWriteContext, name: str) -> str:
    """The id of the city called `name`; a new, unverified one where the writer may know of none called so."""
    known = entry_visible_to(desk.viewer.reader) if desk.viewer else or_(entry_is_public(), Entry.id == desk.entry.id)
    return find_or_make_city(desk.session, desk.vocabulary, name, desk.country, known)


def current_own_cities(session: Session, viewer: Viewer) -> frozenset[str]:
    """Ids of the cities that the viewer speaks for; of one merged since the request began, the other's."""
    return frozenset(places.canonical_city_id(session, id) for id in viewer.cities)


def write_cities(desk: EntryWriteContext, value: object) -> Fault | None:
    """Writes the cities that take part; an unknown name makes a city that a coordinator must confirm."""
    named = value if value is not None else []
    if not isinstance(named, list) or len(named) > MOST_CITIES_OF_ENTRY:
        return Fault("cities", WRONG_FIELD_VALUE)
    if not all(isinstance(name, str) and 0 < len(name.strip()) <= 200 for name in named):
        return Fault("cities", WRONG_FIELD_VALUE)
    first = city_ids_of_entry(desk)[:1]
    if named and not first:
        return Fault("cities", NO_LEADING_CITY)
    others = [city_id_of_name(desk, name) for name in named]
    replace_cities(desk, [*first, *others])
    return None


def city_ids_of_entry(desk: EntryWriteContext) -> Sequence[str]:
    """Ids of the entry's cities; the first leads."""
    rows = select(EntryCity.city_id).where(EntryCity.entry_id == desk.entry.id).order_by(EntryCity.position)
    return desk.session.scalars(rows).all()


def replace_cities(desk: EntryWriteContext, ids: Sequence[str]) -> None:
    """Replaces the entry's cities by these; the first leads."""
    desk.session.execute(delete(EntryCity).where(EntryCity.entry_id == desk.entry.id))
    add_cities(desk.session, desk.entry, ids)
    desk.session.flush()


def write_year(desk: EntryWriteContext, value: object) -> Fault | None:
    """Writes the first year, and deletes a date of another year."""
    last = now().year + 1
    if value is not None and (type(value) is not int or not FIRST_ENTRY_YEAR <= value <= last):
        return Fault("start_year", WRONG_YEAR, {"first": FIRST_ENTRY_YEAR, "last": last})
    entry = desk.entry
    entry.year = value
    if entry.date and not entry.date.startswith(str(value)):
        entry.date = None
    return None


def write_language(desk: EntryWriteContext, value: object) -> Fault | None:
    if value is not None and not (isinstance(value, str) and is_language_code(value)):
        return Fault("language", WRONG_FIELD_VALUE)
    desk.entry.language = value or UNKNOWN_LANGUAGE
    return None


def write_number(desk: EntryWriteContext, value: object) -> Fault | None:
    if value is not None and not isinstance(value, str):
        return Fault("number", WRONG_FIELD_VALUE)
    if value and len(value) > LONGEST_CORE_TEXTS["number"]:
        return Fault("number", FIELD_TEXT_TOO_LONG, {"most": LONGEST_CORE_TEXTS["number"], "letters": len(value)})
    desk.entry.number = value.strip() or None if value else None
    return None


def write_licence(desk: EntryWriteContext, value: object) -> Fault | None:
    """Writes one licence for all files without a purpose, also those to come; each may still be given its own."""
    if value is not None and (not isinstance(value, str) or desk.vocabulary.get("licence", value) is None):
        return licence_fault("licence", value)
    for file in desk.session.scalars(select(File).where(File.entry_id == desk.entry.id, File.purpose == "")):
        file.licence = value
    desk.entry.fields = {**desk.entry.fields, "licence": value}
    return None


def licence_fault(name: str, value: object) -> Fault:
    """Why a value is no licence: there is none called so, two are chosen at once, or the answers give none."""
    if isinstance(value, dict):
        return Fault(name, LICENCE_HALF_ANSWERED)
    if isinstance(value, list):
        return Fault(name, TWO_LICENCES, {"licences": " · ".join(map(str, value))[:200]})
    return Fault(name, NO_SUCH_TERM, {"value": str(value)[:60]})


def write_events(desk: EntryWriteContext, value: object) -> Fault | None:
    """Writes the events that the entry points to, each with its role there."""
    chosen = value if value is not None else []
    if not isinstance(chosen, list) or len(chosen) > MOST_EVENTS_OF_ENTRY:
        return Fault("events", WRONG_FIELD_VALUE)
    found: dict[str, str] = {}
    for one in chosen:
        if (
            not isinstance(one, dict)
            or set(one) - {"id", "role"}
            or one.get("role", "related") not in ENTRY_EVENT_ROLES
        ):
            return Fault("events", WRONG_FIELD_VALUE)
        if not isinstance(one.get("id"), str) or desk.session.get(Event, one["id"]) is None:
            return Fault("events", NO_SUCH_TERM, {"value": str(one.get("id"))[:60]})
        found[one["id"]] = one.get("role", "related")
    desk.session.execute(delete(EntryEvent).where(EntryEvent.entry_id == desk.entry.id))
    add_events(desk.session, desk.entry, found.items())
    desk.session.flush()
    return None


CORE_FIELD_WRITERS: Mapping[str, Callable[[EntryWriteContext, object], Fault | None]] = {
    "title": lambda desk, value: write_texts(desk, "title", value),
    "summary": lambda desk, value: write_texts(desk, "summary", value),
    "city": write_city,
    "cities": write_cities,
    "start_year": write_year,
    "language": write_language,
    "number": write_number,
    "licence": write_licence,
    "events": write_events,
}
"""Field -> function that writes its value into columns or rows of its own."""
