"""Dublin Core: the fifteen elements in the oai_dc container.

Sources: https://www.dublincore.org/specifications/dublin-core/dces/, https://www.openarchives.org/OAI/2.0/oai_dc.xsd
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import BinaryIO

from bank import languages
from bank.export.format import Context, Format
from bank.export.record import Record
from bank.export.texts import parts
from bank.xml_writing import LANG, Node, add, legal, node, streaming

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/"

Element = tuple[str, str, str | None]
"""An element's name, its text, and the language of the text."""


def write(records: Iterable[Record], stream: BinaryIO, context: Context) -> None:
    """Writes one record as ``oai_dc:dc``, none or several within ``records``; UTF-8 with an XML declaration."""
    given = iter(records)
    first = list(islice(given, 2))
    with streaming(stream, around="" if len(first) == 1 else "records") as written:
        for record in chain(first, given):
            written.write(oai_dc(record, context))


def oai_dc(record: Record, context: Context) -> Node:
    """The record as an ``oai_dc:dc`` element; texts carry their language, empty elements are left out."""
    root = node(f"{{{OAI_DC}}}dc", {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, text, language in _elements(record, context):
        if legal(text).strip():
            known = {LANG: language} if language and language != languages.UNKNOWN else {}
            add(root, f"{{{DC}}}{name}", legal(text).strip(), known)
    return root


def _elements(record: Record, context: Context) -> Iterator[Element]:
    yield from (("title", text, code) for code, text in _own_first(record.titles, record.language))
    for name in parts(record.fields.get("organisation"), record.language) or [city.name for city in record.cities]:
        yield "creator", name, None
    yield from _subjects(record)
    yield from (("description", text, code) for code, text in _own_first(record.summaries, record.language))
    yield "publisher", record.publisher, None
    yield "date", record.date or str(record.year or ""), None
    yield from _types(record, context)
    yield from (("format", media_type, None) for media_type in dict.fromkeys(file.media_type for file in record.files))
    yield "identifier", record.url, None
    yield "identifier", record.identifier, None
    yield from (("source", file.url, None) for file in record.files if file.shown)
    yield "language", "" if record.language == languages.UNKNOWN else record.language, None
    for event in record.events:
        yield from (("relation", text, code) for code, text in event.titles.items())
    yield from _coverage(record, context)
    yield from _rights(record, context)


def _own_first(texts: Mapping[str, str], own: str) -> list[tuple[str, str]]:
    return sorted(texts.items(), key=lambda item: (item[0] != own, item[0]))


def _subjects(record: Record) -> Iterator[Element]:
    for term in (*record.themes, *record.principles, *record.sdgs, *record.groups):
        yield from (("subject", label, code) for code, label in term.labels.items())
        if term.iri:
            yield "subject", term.iri, None


def _types(record: Record, context: Context) -> Iterator[Element]:
    """The DCMI type, the COAR type, and the kind in words."""
    yield "type", "Text", None
    kind = context.vocabulary.kind(record.kind)
    if kind is not None:
        yield "type", kind.facts.coar_iri, None
    yield from (("type", label, code) for code, label in record.kind_labels.items())


def _coverage(record: Record, context: Context) -> Iterator[Element]:
    for city in record.cities:
        land = languages.country_name(city.country, context.language) if city.country else ""
        yield "coverage", ", ".join(filter(None, (city.name, land))), context.language


def _rights(record: Record, context: Context) -> Iterator[Element]:
    """Each licence of the files by its address, else by its name."""
    for id in dict.fromkeys(file.licence for file in record.files):
        licence = next((known for known in context.vocabulary.licences if known.id == id), None)
        if id is None:
            yield "rights", NOT_EVALUATED, None
        elif licence is not None and licence.facts.url:
            yield "rights", licence.facts.url, None
        else:
            yield "rights", context.vocabulary.label("licence", id, context.language), context.language


DUBLIN_CORE = Format("dc", "dc.xml", "application/xml", many=True, write=write)
