"""The values of an entry as one flat document: field id -> value, the same for form, API and conflict.

Values have the shapes of their types (`FIELD_TYPES`); fields that the catalogue keeps in columns and tags are given as
title, summary {language: text}; city, the id of the leading city; cities, the ids of the others; start_year, a number;
principles (the primary one first), themes, sdgs, groups, ids; events [{id, role}]; language, a code; licence, that of
all files.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.entries import EntryRows
from bank.catalogue.tables import EntryEvent
from bank.languages import UNKNOWN_LANGUAGE
from bank.vocabulary import FieldSpec, Vocabulary
from bank.vocabulary.principles import OLD_CHARTER_VERSION

TERM_FIELDS = {"principles": "principle", "themes": "theme", "sdgs": "sdg", "groups": "group"}
"""Field -> the vocabulary of its terms."""


def field_specs(vocabulary: Vocabulary, kind: str) -> Mapping[str, FieldSpec]:
    """The fields of a kind by id; none for a kind that there isn't."""
    found = vocabulary.kind(kind)
    return {spec.id: spec for spec in (found.facts.fields if found else ())}


def field_values(session: Session, vocabulary: Vocabulary, rows: EntryRows) -> dict[str, object]:
    """Every field of the entry's kind with its value; None, an empty dictionary or list where there is none."""
    specs = field_specs(vocabulary, rows.entry.kind)
    values: dict[str, object] = {id: rows.entry.fields.get(id) for id in specs}
    known = {**core_values(rows), "events": events_with_roles(session, rows.entry.id)}
    values.update({id: value for id, value in known.items() if id in specs})
    return values


def core_values(rows: EntryRows) -> dict[str, object]:
    """The fields that have columns and tags of their own."""
    entry = rows.entry
    found: dict[str, object] = {
        "title": rows.titles,
        "summary": rows.summaries,
        "city": rows.cities[0].id if rows.cities else None,
        "cities": [city.id for city in rows.cities[1:]],
        "start_year": entry.year,
        "language": None if entry.language == UNKNOWN_LANGUAGE else entry.language,
        "number": entry.number,
        "licence": licence_of_files(rows),
    }
    return {**found, **{field: terms_of_entry(rows, name) for field, name in TERM_FIELDS.items()}}


def terms_of_entry(rows: EntryRows, vocabulary: str) -> list[str]:
    """The entry's terms of a vocabulary, the primary one first; without principles in the numbering of 2004."""
    tags = [tag for tag in rows.tags if tag.vocabulary == vocabulary and tag.charter != OLD_CHARTER_VERSION]
    return [tag.term for tag in sorted(tags, key=lambda tag: (not tag.primary, tag.position))]


def licence_of_files(rows: EntryRows) -> object:
    """The common licence of the files without a purpose; without such files, the one kept for files to come."""
    licences = [file.licence for file in rows.files if not file.purpose]
    return common_licence(licences) if licences else rows.entry.fields.get("licence")


def common_licence(licences: Iterable[str | None]) -> str | None:
    """The licence that all files have; None where they differ."""
    found = set(licences)
    return found.pop() if len(found) == 1 else None


def events_with_roles(session: Session, number: int) -> list[dict[str, str]]:
    """The entry's events with its role at each: [{id, role}]."""
    rows = session.scalars(select(EntryEvent).where(EntryEvent.entry_id == number).order_by(EntryEvent.event_id))
    return [{"id": row.event_id, "role": row.role} for row in rows]


def is_empty_value(value: object) -> bool:
    """True for None, an empty text or list, and a dictionary of nothing but empty values."""
    if isinstance(value, dict):
        return all(is_empty_value(one) for one in value.values())
    return value is None or value == "" or value == []
