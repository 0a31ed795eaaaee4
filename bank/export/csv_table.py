"""CSV for spreadsheets: UTF-8 with byte order mark, RFC 4180, and no cell that a spreadsheet would run as a formula."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from bank import languages
from bank.export.format import ExportContext, ExportFormat
from bank.export.record import Record, RecordFinding, RecordTerm
from bank.export.texts import value_texts
from bank.vocabulary import Vocabulary

CSV_LIST_SEPARATOR = "; "
# What makes spreadsheets take a text for a formula. Source: OWASP, "CSV Injection".
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
FIXED_CSV_COLUMNS = (
    "id", "uid", "identifier", "url", "kind", "kind_name", "title", "summary", "language", "year", "date", "number",
    "city", "country", "cities", "city_names", "primary_principle", "principles", "principle_names", "charters",
    "themes", "theme_names", "sdgs", "sdg_names", "groups", "group_names", "events", "event_names", "event_roles",
    "files", "file_urls", "file_licences", "publisher", "published", "updated", "version", "sample",
    "found_by", "found_lacking", "found_corrected", "found_dropped", "found_also_searched",
)  # fmt: skip


def write_csv(records: Iterable[Record], stream: BinaryIO, context: ExportContext) -> None:
    """Writes a header of column ids and a row for each record; lists are joined by "; ".

    The columns do not depend on the records: the fixed ones, then every public field of every kind. Names of terms
    are in the context's language, texts in the entry's own.
    """
    stream.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        rows = csv.writer(text, lineterminator="\r\n")
        fields = field_columns(context.vocabulary)
        wanted = context.language, context.vocabulary.language
        rows.writerow([*FIXED_CSV_COLUMNS, *fields])
        for record in records:
            rows.writerow([guard_csv_cell(cell) for cell in _row(record, fields, wanted)])
    finally:
        text.detach()


def guard_csv_cell(cell: str) -> str:
    """The text of a cell, with an apostrophe before it when a spreadsheet could take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def field_columns(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Ids of every kind's own public fields that have no fixed column, in the vocabulary's order."""
    fields = (field for kind in vocabulary.kinds for field in kind.facts.fields)
    shown = (field.id for field in fields if field.visible == "public" and not field.core)
    return tuple(id for id in dict.fromkeys(shown) if id not in FIXED_CSV_COLUMNS)


def _row(record: Record, fields: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    fixed = _fixed(record, wanted)
    yield from (CSV_LIST_SEPARATOR.join(fixed[column]) for column in FIXED_CSV_COLUMNS)
    yield from (CSV_LIST_SEPARATOR.join(value_texts(record.fields.get(field), record.language)) for field in fields)


def _fixed(record: Record, wanted: Sequence[str]) -> dict[str, list[str]]:
    cells = {column: value_texts(getattr(record, column, None), record.language) for column in FIXED_CSV_COLUMNS}
    cells |= _places(record) | _events(record, wanted) | _files(record)
    cells["kind_name"] = [languages.best_text(record.kind_labels, *wanted)[1]]
    for column in ("published", "updated"):
        cells[column] = [
            value.isoformat(timespec="seconds") for value in (getattr(record, column),) if value is not None
        ]
    cells |= _found(record.found)
    cells["number"] = value_texts(record.number or record.fields.get("number"), record.language)
    cells["sample"] = ["yes"] if record.sample else []
    cells["primary_principle"] = [term.id for term in record.principles if term.primary]
    cells["charters"] = [term.charter or "" for term in record.principles]
    for singular, terms in _terms(record).items():
        cells[f"{singular}s"] = [term.id for term in terms]
        cells[f"{singular}_names"] = [languages.best_text(term.labels, *wanted)[1] for term in terms]
    return cells


def _found(found: RecordFinding | None) -> dict[str, list[str]]:
    """Why a search found the entry; empty where the table is not of a search."""
    if found is None:
        return {}
    corrected = [found.corrected] if found.corrected else []
    return {
        "found_by": [found.reason],
        "found_lacking": list(found.lacks),
        "found_corrected": corrected,
        "found_dropped": list(found.dropped),
        "found_also_searched": list(found.also_searched),
    }


def _terms(record: Record) -> dict[str, tuple[RecordTerm, ...]]:
    return {"principle": record.principles, "theme": record.themes, "sdg": record.sdgs, "group": record.groups}


def _places(record: Record) -> dict[str, list[str]]:
    leading = record.cities[:1]
    return {
        "city": [city.name for city in leading],
        "country": [city.country or "" for city in leading],
        "cities": [city.id for city in record.cities],
        "city_names": [city.name for city in record.cities],
    }


def _events(record: Record, wanted: Sequence[str]) -> dict[str, list[str]]:
    return {
        "events": [event.id for event in record.events],
        "event_names": [languages.best_text(event.titles, *wanted)[1] for event in record.events],
        "event_roles": [event.role for event in record.events],
    }


def _files(record: Record) -> dict[str, list[str]]:
    return {
        "files": [file.name for file in record.files],
        "file_urls": [file.url if file.shown else "" for file in record.files],
        "file_licences": [file.licence or "" for file in record.files],
    }


CSV = ExportFormat("csv", "csv", "text/csv; charset=utf-8; header=present", many=True, write=write_csv)
