"""Writes values into an entry's rows, each checked against its field; what is wrong is told field by field."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bank.catalogue import places
from bank.catalogue.tables import Entry, EntryCity, EntryEvent, EntryText, Event, File, Tag
from bank.catalogue.visibility import public, visible_to
from bank.clock import now
from bank.errors import Fault
from bank.languages import UNKNOWN, is_code
from bank.messages import N_
from bank.vocabulary import Vocabulary
from bank.vocabulary.principles import OLD_CHARTER
from bank.workflow.deposits.values import TAGGED, specs_of
from bank.workflow.entries.city_by_name import settle
from bank.workflow.entries.fields import CROWDED, LARGEST, LONGEST_OF, TOO_LARGE, crowded, fits, most_of, size_of
from bank.workflow.entries.new import add_cities, add_events, add_tags, tags
from bank.workflow.rights import Viewer

UNKNOWN_FIELD = N_("An entry of this kind has no such field.")
WRONG = N_("This value can't be taken here.")
NO_TERM = N_("There is no {value} to choose here.")
NO_CITY = N_("Choose the city that leads.")
NOT_YOURS = N_("You don't speak for this city.")
TOO_LONG = N_("At most {most} characters; these are {letters}.")
WRONG_YEAR = N_("Write a year from {first} to {last}.")
FIRST_YEAR = 1900
MOST_CITIES, MOST_EVENTS = 60, 40
ROLES = ("presented", "winner", "finalist", "related")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where values are written: the unit of work, the entry, and who writes (None: the bank itself).

    `country` (ISO 3166-1 alpha-2) tells which city is meant by a name.
    """

    session: Session
    vocabulary: Vocabulary
    entry: Entry
    viewer: Viewer | None = None
    country: str | None = None


def write(desk: Desk, changes: Mapping[str, object]) -> list[Fault]:
    """Writes the values that can be taken; the others' faults. Nothing may be committed where there is one."""
    faults = []
    if "kind" in changes:
        faults += write_kind(desk, changes["kind"])
    specs = specs_of(desk.vocabulary, desk.entry.kind)
    for id, value in sorted(changes.items(), key=lambda one: one[0] != "city"):
        if id == "kind":
            continue
        fault = write_one(desk, id, cleaned(value)) if id in specs else Fault(id, UNKNOWN_FIELD)
        faults += [fault] if fault else []
    return faults


def cleaned(value: object) -> object:
    """The value without control characters and with one kind of line end."""
    if isinstance(value, str):
        return CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, dict):
        return {key: cleaned(one) for key, one in value.items()}
    return [cleaned(one) for one in value] if isinstance(value, list) else value


def write_kind(desk: Desk, kind: object) -> list[Fault]:
    """Another kind; what only the old kind has stays where it is, unseen, and comes back with it."""
    if not isinstance(kind, str) or desk.vocabulary.kind(kind) is None:
        return [Fault("kind", NO_TERM, {"value": str(kind)[:60]})]
    desk.entry.kind = kind
    return []


def write_one(desk: Desk, id: str, value: object) -> Fault | None:
    """One value into its place."""
    spec = specs_of(desk.vocabulary, desk.entry.kind)[id]
    if crowded(spec, value):
        return Fault(id, CROWDED, {"most": most_of(spec)})
    if id in TAGGED:
        return write_terms(desk, id, value)
    if id in CORE:
        return CORE[id](desk, value)
    if value is not None and not fits(desk.vocabulary, spec, value):
        return Fault(id, WRONG)
    return write_own(desk, id, value)


def write_own(desk: Desk, id: str, value: object) -> Fault | None:
    """A value into the kind's document, which may be made smaller whatever it holds."""
    entry = desk.entry
    fields = {**entry.fields, id: value}
    size = size_of(fields)
    if size > LARGEST and size > size_of(entry.fields):
        return Fault(id, TOO_LARGE)
    entry.fields = fields
    return None


def texts(id: str, value: object) -> dict[str, str] | Fault:
    """A text by language, or why it is none."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(is_code(str(code)) or code == UNKNOWN for code in value):
        return Fault(id, WRONG)
    for text in value.values():
        if not isinstance(text, str):
            return Fault(id, WRONG)
        if len(text) > LONGEST_OF[id]:
            return Fault(id, TOO_LONG, {"most": LONGEST_OF[id], "letters": len(text)})
    return {code: " ".join(text.split()) if id == "title" else text.strip() for code, text in value.items()}


def write_texts(desk: Desk, id: str, value: object) -> Fault | None:
    """Title or summary in each language; a language without either has no row."""
    found = texts(id, value)
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


def write_terms(desk: Desk, id: str, value: object) -> Fault | None:
    """The terms of one vocabulary, the first principle as the primary one."""
    chosen = value if value is not None else []
    if not isinstance(chosen, list):
        return Fault(id, WRONG)
    vocabulary = TAGGED[id]
    for term in chosen:
        if not isinstance(term, str) or desk.vocabulary.get(vocabulary, term) is None:
            return Fault(id, NO_TERM, {"value": str(term)[:60]})
    mine = (Tag.entry_id == desk.entry.id, Tag.vocabulary == vocabulary, Tag.charter != OLD_CHARTER)
    desk.session.execute(delete(Tag).where(*mine))
    add_tags(desk.session, desk.entry, tags(vocabulary, chosen))
    desk.session.flush()
    return None


def write_city(desk: Desk, value: object) -> Fault | None:
    """The leading city. Whoever speaks for cities chooses among them; others name any."""
    if not isinstance(value, str) or not value.strip():
        return Fault("city", NO_CITY)
    id = leading(desk, value)
    if id is None:
        return Fault("city", NOT_YOURS)
    keep_cities(desk, [id, *(city for city in cities_of(desk)[1:] if city != id)])
    return None


def leading(desk: Desk, value: str) -> str | None:
    """The id of the city that the writer means; None for one that the writer doesn't speak for."""
    viewer = desk.viewer
    if viewer is None or viewer.role != "editor":
        return named_city(desk, value) if len(value) <= 200 else None
    mine = own_cities(desk.session, viewer)
    seed = desk.vocabulary.city_named(value)
    named = (value, seed.id) if seed is not None else (value,)
    return next((id for id in (places.resolved(desk.session, one) for one in named) if id in mine), None)


def named_city(desk: Desk, name: str) -> str:
    """The city of that name, made where the writer can't know of one: a draft's city is not told to others."""
    known = visible_to(desk.viewer.reader) if desk.viewer else or_(public(), Entry.id == desk.entry.id)
    return settle(desk.session, desk.vocabulary, name, desk.country, known)


def own_cities(session: Session, viewer: Viewer) -> frozenset[str]:
    """The cities that the viewer speaks for as they are now: one may have been merged since the request began."""
    return frozenset(places.resolved(session, id) for id in viewer.cities)


def write_cities(desk: Desk, value: object) -> Fault | None:
    """The cities that take part; an unknown name becomes one that a coordinator must confirm."""
    named = value if value is not None else []
    if not isinstance(named, list) or len(named) > MOST_CITIES:
        return Fault("cities", WRONG)
    if not all(isinstance(name, str) and 0 < len(name.strip()) <= 200 for name in named):
        return Fault("cities", WRONG)
    first = cities_of(desk)[:1]
    if named and not first:
        return Fault("cities", NO_CITY)
    others = [named_city(desk, name) for name in named]
    keep_cities(desk, [*first, *others])
    return None


def cities_of(desk: Desk) -> Sequence[str]:
    """Ids of the entry's cities; the first leads."""
    rows = select(EntryCity.city_id).where(EntryCity.entry_id == desk.entry.id).order_by(EntryCity.position)
    return desk.session.scalars(rows).all()


def keep_cities(desk: Desk, ids: Sequence[str]) -> None:
    """Puts these in place of the entry's cities; the first leads."""
    desk.session.execute(delete(EntryCity).where(EntryCity.entry_id == desk.entry.id))
    add_cities(desk.session, desk.entry, ids)
    desk.session.flush()


def write_year(desk: Desk, value: object) -> Fault | None:
    """The first year; a date of another year goes."""
    last = now().year + 1
    if value is not None and (type(value) is not int or not FIRST_YEAR <= value <= last):
        return Fault("start_year", WRONG_YEAR, {"first": FIRST_YEAR, "last": last})
    entry = desk.entry
    entry.year = value
    if entry.date and not entry.date.startswith(str(value)):
        entry.date = None
    return None


def write_language(desk: Desk, value: object) -> Fault | None:
    if value is not None and not (isinstance(value, str) and is_code(value)):
        return Fault("language", WRONG)
    desk.entry.language = value or UNKNOWN
    return None


def write_number(desk: Desk, value: object) -> Fault | None:
    if value is not None and not isinstance(value, str):
        return Fault("number", WRONG)
    if value and len(value) > LONGEST_OF["number"]:
        return Fault("number", TOO_LONG, {"most": LONGEST_OF["number"], "letters": len(value)})
    desk.entry.number = value.strip() or None if value else None
    return None


def write_licence(desk: Desk, value: object) -> Fault | None:
    """One licence for all files that go with the entry, also those to come; each may still be given its own."""
    if value is not None and (not isinstance(value, str) or desk.vocabulary.get("licence", value) is None):
        return Fault("licence", NO_TERM, {"value": str(value)[:60]})
    for file in desk.session.scalars(select(File).where(File.entry_id == desk.entry.id, File.purpose == "")):
        file.licence = value
    desk.entry.fields = {**desk.entry.fields, "licence": value}
    return None


def write_events(desk: Desk, value: object) -> Fault | None:
    """The events that the entry points to, each with its role there."""
    chosen = value if value is not None else []
    if not isinstance(chosen, list) or len(chosen) > MOST_EVENTS:
        return Fault("events", WRONG)
    found: dict[str, str] = {}
    for one in chosen:
        if not isinstance(one, dict) or set(one) - {"id", "role"} or one.get("role", "related") not in ROLES:
            return Fault("events", WRONG)
        if not isinstance(one.get("id"), str) or desk.session.get(Event, one["id"]) is None:
            return Fault("events", NO_TERM, {"value": str(one.get("id"))[:60]})
        found[one["id"]] = one.get("role", "related")
    desk.session.execute(delete(EntryEvent).where(EntryEvent.entry_id == desk.entry.id))
    add_events(desk.session, desk.entry, found.items())
    desk.session.flush()
    return None


CORE: Mapping[str, Callable[[Desk, object], Fault | None]] = {
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
"""Field -> what writes it into columns and rows of its own."""
