"""RIS: for reference managers. Tags and rules after the RIS specification (Research Information Systems, 2001)."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from bank import languages
from bank.export.format import ExportContext, ExportFormat
from bank.export.found import found_sentences
from bank.export.record import Record
from bank.export.texts import single_line, value_texts

RIS_TYPES = {"presentation": "CPAPER"}
RIS_REPORT = "RPRT"


def write_ris(records: Iterable[Record], stream: BinaryIO, context: ExportContext) -> None:
    """Writes each record as ``TY  - ...`` to ``ER  - ``, lines ended by CRLF, in UTF-8."""
    for record in records:
        lines = [f"{tag}  - {single_line(value)}" for tag, value in _tags(record, context) if single_line(value)]
        stream.write("\r\n".join([*lines, "ER  - ", "", ""]).encode())


def _tags(record: Record, context: ExportContext) -> Iterator[tuple[str, str]]:
    wanted = context.language, context.vocabulary.language
    yield "TY", RIS_TYPES.get(record.kind, RIS_REPORT)
    yield "ID", record.uid
    yield "TI", record.title
    for author in _authors(record):
        yield "AU", f"{author},"  # the comma says that all of it is a last name: a corporate author
    yield from _when(record)
    yield "IS", record.number or ""
    yield "M3", languages.best_text(record.kind_labels, *wanted)[1]
    yield "PB", record.publisher
    yield "CY", "; ".join(_places(record, context.language))
    yield "AB", record.summary
    for term in (*record.themes, *record.principles, *record.sdgs):
        yield "KW", _plain_word(languages.best_text(term.labels, *wanted)[1])
    yield "LA", record.language
    for event in record.events:
        yield "N1", languages.best_text(event.titles, *wanted)[1]
    if record.found:
        yield "N1", found_sentences(record.found, context.language)
    for licence in dict.fromkeys(file.licence for file in record.files if file.licence):
        yield "C1", context.vocabulary.label("licence", licence, context.language)
    yield "UR", record.url
    yield from (("L1", file.url) for file in record.files if file.shown)


def _authors(record: Record) -> list[str]:
    """The organisation that the entry names, else its cities."""
    named = value_texts(record.fields.get("organisation"), record.language)
    return [_plain_word(name) for name in named or [city.name for city in record.cities]]


def _plain_word(text: str) -> str:
    """The text without what RIS forbids in authors and keywords: asterisks, line ends, a comma at the end."""
    return single_line(text.replace("*", " ")).rstrip(",")


def _when(record: Record) -> Iterator[tuple[str, str]]:
    if record.year is not None:
        yield "PY", f"{record.year:04}"
    if record.date:
        yield "DA", record.date.replace("-", "/")


def _places(record: Record, language: str) -> list[str]:
    countries = [city.country and languages.country_name(city.country, language) for city in record.cities]
    return [", ".join(filter(None, (city.name, land))) for city, land in zip(record.cities, countries, strict=True)]


RIS = ExportFormat("ris", "ris", "application/x-research-info-systems", many=True, write=write_ris)
