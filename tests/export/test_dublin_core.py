"""Dublin Core: well-formed whatever a text holds, with languages marked."""

import io
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bank.export import EXPORT_FORMATS, ExportContext, Record, RecordFile

DC = "{http://purl.org/dc/elements/1.1/}"
ROOT = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FIFTEEN = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier",
    "source", "language", "relation", "coverage", "rights",
}  # fmt: skip


def written(records: list[Record], context: ExportContext) -> etree._Element:
    stream = io.BytesIO()
    EXPORT_FORMATS["dc"].write(records, stream, context)
    return etree.fromstring(stream.getvalue())


def texts(root: etree._Element, name: str) -> list[tuple[str | None, str | None]]:
    return [(element.get(LANG), element.text) for element in root.findall(f"{DC}{name}")]


def test_one_record_is_an_oai_dc_element(plaza: Record, context: ExportContext) -> None:
    root = written([plaza], context)
    assert root.tag == ROOT
    assert {child.tag.removeprefix(DC) for child in root} <= FIFTEEN
    assert texts(root, "title") == [("es", "La plaza que enseña: *juego*"), ("en", "The square that teaches")]
    assert texts(root, "creator") == [(None, "Dirección de Educación")]
    assert texts(root, "date") == [(None, "2021-06")]
    assert texts(root, "language") == [(None, "es")]
    assert texts(root, "coverage") == [("es", "León, México"), ("es", "Morelia, México")]
    assert texts(root, "identifier") == [(None, plaza.url), (None, plaza.identifier)]
    assert texts(root, "rights") == [(None, "https://creativecommons.org/licenses/by/4.0/")]
    assert (None, "http://purl.org/coar/resource_type/c_93fc") in texts(root, "type")
    assert ("en", "Mobility") in texts(root, "subject")
    assert (None, "http://metadata.un.org/sdg/11") in texts(root, "subject")


def test_the_address_of_an_original_that_is_held_back_is_not_told(plaza: Record, context: ExportContext) -> None:
    held = replace(plaza, files=(replace(plaza.files[0], shown=False),))
    assert texts(written([plaza], context), "source") == [(None, plaza.files[0].url)]
    assert texts(written([held], context), "source") == []


def test_several_records_stand_in_a_plain_wrapper(plaza: Record, bare: Record, context: ExportContext) -> None:
    root = written([plaza, bare, plaza], context)
    assert root.tag == "records"
    assert [child.tag for child in root] == [ROOT, ROOT, ROOT]
    assert len(written([], context)) == 0


def test_elements_without_text_are_left_out(bare: Record, context: ExportContext) -> None:
    root = written([bare], context)
    assert texts(root, "title") == texts(root, "date") == texts(root, "language") == []
    assert all((child.text or "").strip() for child in root)


def test_rights_that_nobody_evaluated_are_said_to_be_so(plaza: Record, context: ExportContext) -> None:
    held = replace(plaza, files=(RecordFile(1, "a.pdf", "application/pdf", 1, "ab" * 32, 1, "https://x.example/1"),))
    assert texts(written([held], context), "rights") == [(None, "http://rightsstatements.org/vocab/CNE/1.0/")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(text=st.text() | st.sampled_from(["\0", "\x0b", "\ufffe", "]]>", "<b>&amp;", "<!DOCTYPE x>", "\x1b[0m"]))
def test_any_text_makes_well_formed_xml(plaza: Record, context: ExportContext, text: str) -> None:
    odd = replace(
        plaza, titles={"es": text}, summaries={"es": f"a{text}b"}, fields={"organisation": text}, publisher=text
    )
    for records in ([odd], [odd, plaza]):
        root = written(records, context)
        described = root.findtext(f".//{DC}description")
        assert described is not None
        kept = [sign for sign in text if sign.isprintable() and sign not in "\ufffe\uffff"]
        assert [sign for sign in described[1:-1] if sign.isprintable()] == kept
