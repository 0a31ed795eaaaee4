"""Dublin Core: the fifteen elements in the oai_dc container.

Sources: https://www.dublincore.org/specifications/dublin-core/dces/, https://www.openarchives.org/OAI/2.0/oai_dc.xsd
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import BinaryIO

from bank import languages
from bank.export.format import ExportContext, ExportFormat
from bank.export.found import found_sentences
from bank.export.record import Record
from bank.export.texts import value_texts
from bank.xml_writing import (
    XML_LANG,
    XmlNode,
    add_xml_comment,
    add_xml_element,
    new_xml_element,
    stream_xml,
    strip_illegal_xml,
)

DC_NAMESPACE = "http://purl.org/dc/elements/1.1/"
OAI_DC_NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
XSI_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance"
COPYRIGHT_NOT_EVALUATED_IRI = "http://rightsstatements.org/vocab/CNE/1.0/"

DublinCoreElement = tuple[str, str, str | None]
"""An element's name, its text, and the language of the text."""


def write_dublin_core(records: Iterable[Record], stream: BinaryIO, context: ExportContext) -> None:
    """Writes one record as ``oai_dc:dc``, none or several inside a root element ``records``; in UTF-8."""
    given = iter(records)
    first = list(islice(given, 2))
    with stream_xml(stream, around="" if len(first) == 1 else "records") as written:
        for record in chain(first, given):
            written.write(oai_dc_element(record, context))


def oai_dc_element(record: Record, context: ExportContext) -> XmlNode:
    """The record as an ``oai_dc:dc`` element; texts carry their language, empty elements are left out.

    Why a search found it stands in a comment: it is no property of the entry.
    """
    root = new_xml_element(
        f"{{{OAI_DC_NAMESPACE}}}dc", {"oai_dc": OAI_DC_NAMESPACE, "dc": DC_NAMESPACE, "xsi": XSI_NAMESPACE}
    )
    root.set(f"{{{XSI_NAMESPACE}}}schemaLocation", f"{OAI_DC_NAMESPACE} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, text, language in _elements(record, context):
        if strip_illegal_xml(text).strip():
            known = {XML_LANG: language} if language and language != languages.UNKNOWN_LANGUAGE else {}
            add_xml_element(root, f"{{{DC_NAMESPACE}}}{name}", strip_illegal_xml(text).strip(), known)
    if record.found:
        add_xml_comment(root, found_sentences(record.found, context.language))
    return root


def _elements(record: Record, context: ExportContext) -> Iterator[DublinCoreElement]:
    yield from (("title", text, code) for code, text in _own_first(record.titles, record.language))
    for name in value_texts(record.fields.get("organisation"), record.language) or [
        city.name for city in record.cities
    ]:
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
    yield "language", "" if record.language == languages.UNKNOWN_LANGUAGE else record.language, None
    for event in record.events:
        yield from (("relation", text, code) for code, text in event.titles.items())
    yield from _coverage(record, context)
    yield from _rights(record, context)


def _own_first(texts: Mapping[str, str], own: str) -> list[tuple[str, str]]:
    return sorted(texts.items(), key=lambda item: (item[0] != own, item[0]))


def _subjects(record: Record) -> Iterator[DublinCoreElement]:
    for term in (*record.themes, *record.principles, *record.sdgs, *record.groups):
        yield from (("subject", label, code) for code, label in term.labels.items())
        if term.iri:
            yield "subject", term.iri, None


def _types(record: Record, context: ExportContext) -> Iterator[DublinCoreElement]:
    """The DCMI type, the COAR type, and the kind's label in each language."""
    yield "type", "Text", None
    kind = context.vocabulary.kind(record.kind)
    if kind is not None:
        yield "type", kind.facts.coar_iri, None
    yield from (("type", label, code) for code, label in record.kind_labels.items())


def _coverage(record: Record, context: ExportContext) -> Iterator[DublinCoreElement]:
    for city in record.cities:
        land = languages.country_name(city.country, context.language) if city.country else ""
        yield "coverage", ", ".join(filter(None, (city.name, land))), context.language


def _rights(record: Record, context: ExportContext) -> Iterator[DublinCoreElement]:
    """Each licence of the files: its URL, else its label; for files without one, "copyright not evaluated"."""
    for id in dict.fromkeys(file.licence for file in record.files):
        licence = next((known for known in context.vocabulary.licences if known.id == id), None)
        if id is None:
            yield "rights", COPYRIGHT_NOT_EVALUATED_IRI, None
        elif licence is not None and licence.facts.url:
            yield "rights", licence.facts.url, None
        else:
            yield "rights", context.vocabulary.label("licence", id, context.language), context.language


DUBLIN_CORE = ExportFormat("dc", "dc.xml", "application/xml", many=True, write=write_dublin_core)
