"""Word documents become sections of plain text."""

import http.server
import io
import threading
import zipfile
from datetime import datetime
from typing import Any

import docx
import docx.enum.style
import pytest

from bank.ingest import Limits
from bank.ingest.formats import word as reader
from tests.ingest.conftest import Read


def word(title: str = "", made: datetime = datetime(2021, 3, 4)) -> "docx.document.Document":
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.created = made
    return document


def saved(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change) -> bytes:  # type: ignore[no-untyped-def]
    """The document with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return out.getvalue()


def test_headings_lists_and_tables_become_sections(read: Read) -> None:
    document = word("Plan de movilidad")
    document.add_heading("Plan de movilidad", 0)
    document.add_heading("Contexto", 1)
    document.add_paragraph("La ciudad educadora.")
    for text in ("uno", "dos"):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(2, 2)
    for place, text in enumerate("abcd"):
        table.cell(place // 2, place % 2).text = text
    document.add_heading("Resultados", 2)
    document.add_paragraph("Todo bien & más <b>.")
    found = read(saved(document), "plan.docx")
    assert (found.outcome, found.total_pages) == ("read", 2)
    assert [(page.label, page.method, page.text) for page in found.pages] == [
        ("Contexto", "docx", "Plan de movilidad\n\nContexto\n\nLa ciudad educadora.\n- uno\n- dos\n\na | b\nc | d"),
        ("Resultados", "docx", "Resultados\n\nTodo bien & más <b>."),
    ]
    assert (found.proposals.title, found.proposals.date) == ("Plan de movilidad", None)
    assert found.proposals.guessed_date == "2021-03-04"


def test_a_damaged_document_fails_and_is_kept(read: Read) -> None:
    document = word()
    document.add_paragraph("hola")
    data = with_part(saved(document), "word/document.xml", lambda xml: xml[: len(xml) // 2])
    assert (read(data, "plan.docx").outcome, read(data, "plan.docx").reason) == ("failed", "damaged")


def test_a_document_that_unpacks_to_too_much_is_not_unpacked(read: Read) -> None:
    document = word()
    blanks = b"<!--" + b" " * (60 << 20) + b"-->"
    data = with_part(saved(document), "word/document.xml", lambda xml: xml.replace(b"<w:body>", blanks + b"<w:body>"))
    assert len(data) < 1 << 20
    assert read(data, "plan.docx").reason == "too_big_inside"


def test_a_document_of_very_many_parts_is_not_unpacked(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        for number in range(5001):
            archive.writestr(f"x{number}", "")
    assert read(out.getvalue(), "plan.docx").reason == "overgrown_zip"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY e "aaaaaaaaaa">]>',
        f'<!DOCTYPE x [<!ENTITY l0 "ja">{LAUGHS}<!ENTITY e "&l8;">]>',
    ],
    ids=["file", "text", "laughs"],
)
def test_a_document_that_declares_entities_is_not_read(read: Read, declared: str, code: str) -> None:
    document = word()
    document.add_paragraph("MARCA")

    def poisoned(xml: bytes) -> bytes:
        rest = xml.decode().partition("?>")[2]
        return f'<?xml version="1.0" encoding="{code}"?>{declared}{rest.replace("MARCA", "MARCA &e;")}'.encode(code)

    found = read(with_part(saved(document), "word/document.xml", poisoned), "plan.docx")
    assert (found.outcome, found.reason, found.pages) == ("failed", "damaged", ())


def test_macros_under_another_name_are_refused(read: Read) -> None:
    document = word()
    document.add_paragraph("hola")
    kind = b'<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    data = with_part(saved(document), "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", kind))
    assert (read(data, "plan.docx").outcome, read(data, "plan.docx").reason) == ("refused", "macros")


DRAWING = (
    '<w:r xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:drawing><wp:inline>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
    '<a:blip r:link="rId99"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def test_a_picture_from_outside_is_not_fetched() -> None:
    """The reader is asked outside its confinement, which would hide that it tried."""
    said: list[dict[str, Any]] = []
    asked: list[str] = []

    class Counting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    document = word()
    document.add_paragraph("hola")
    with http.server.HTTPServer(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        target = f"http://127.0.0.1:{server.server_port}/x.png"
        image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        link = f'<Relationship Id="rId99" Type="{image}" Target="{target}" TargetMode="External"/></Relationships>'
        data = with_part(
            saved(document),
            "word/_rels/document.xml.rels",
            lambda xml: xml.replace(b"</Relationships>", link.encode()),
        )
        data = with_part(data, "word/document.xml", lambda xml: xml.replace(b"<w:r>", DRAWING.encode() + b"<w:r>", 1))
        reader.read_docx(data, {}, Limits(), said.append)
        server.shutdown()
    assert asked == []
    assert [message["page"]["text"] for message in said if "page" in message] == ["hola"]


def test_bold_paragraphs_are_headings_where_there_are_no_others(read: Read) -> None:
    document = word()
    for heading, text in (("Contexto", "Un barrio."), ("Resultados", "Tres plazas."), ("Qué sigue", "Más plazas.")):
        document.add_paragraph().add_run(heading).bold = True
        document.add_paragraph(text)
    assert [(page.label, page.headings) for page in read(saved(document), "plan.docx").pages] == [
        ("Contexto", (0,)),
        ("Resultados", (0,)),
        ("Qué sigue", (0,)),
    ]


def test_a_document_that_is_bold_throughout_has_no_headings(read: Read) -> None:
    document = word()
    for text in ("Uno", "Dos", "Tres"):
        document.add_paragraph().add_run(text).bold = True
    assert [(page.text, page.headings) for page in read(saved(document), "plan.docx").pages] == [
        ("Uno\n\nDos\n\nTres", ())
    ]


def test_lists_and_tables_inside_a_cell_stay_in_their_row(read: Read) -> None:
    document = word()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "Objetivos\nde la ciudad"
    table.cell(0, 1).text = "Abrir"
    table.cell(0, 1).add_paragraph("Reunir", style="List Bullet")
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    table.cell(1, 0).text = "Cuadro"
    found = read(saved(document), "plan.docx")
    assert [page.text for page in found.pages] == ["Objetivos de la ciudad | Abrir\n- Reunir\nCuadro | a | b"]


TEXT_BOX = (
    '<w:r xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>'
    "<w:t>RECUADRO</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def test_what_stands_in_a_text_box_is_read(read: Read) -> None:
    document = word()
    document.add_paragraph("hola")
    boxed = with_part(
        saved(document), "word/document.xml", lambda xml: xml.replace(b"<w:r>", TEXT_BOX.encode() + b"<w:r>")
    )
    assert "RECUADRO" in read(boxed, "plan.docx").pages[0].text


SHAPES = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
NEW_BOX = (
    f"<w:r{SHAPES}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>"
    "<w:p><w:r><w:t>RECUADRO NUEVO</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>%s"
    "</mc:AlternateContent></w:r>"
)
OLD_BOX = f"<mc:Fallback>{TEXT_BOX}</mc:Fallback>"
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
FORMULA = (
    f"<m:oMathPara {MATH}><m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e>"
    "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    "<m:r><m:t>=</m:t></m:r><m:f><m:num><m:r><m:t>suma</m:t></m:r></m:num><m:den><m:r><m:t>n</m:t></m:r></m:den></m:f>"
    "</m:oMath></m:oMathPara>"
)


def with_xml(document: "docx.document.Document", xml: str, before: str = "<w:r>") -> bytes:
    """The document with this XML before its first run."""
    return with_part(
        saved(document), "word/document.xml", lambda old: old.replace(before.encode(), (xml + before).encode(), 1)
    )


@pytest.mark.parametrize(("fallback", "text"), [("", "RECUADRO NUEVO"), (OLD_BOX, "RECUADRO")])
def test_a_text_box_is_read_once_with_and_without_its_fallback(read: Read, fallback: str, text: str) -> None:
    document = word()
    document.add_paragraph("hola")
    found = read(with_xml(document, NEW_BOX % fallback), "plan.docx")
    assert (found.outcome, found.pages[0].text.split("\n\n")) == ("read", ["hola", text])


def test_a_formula_is_read_as_a_line_of_text(read: Read) -> None:
    document = word()
    document.add_paragraph("hola")
    found = read(with_xml(document, FORMULA), "plan.docx")
    assert (found.outcome, found.pages[0].text) == ("read", "x^2=suma/nhola")


def test_hidden_text_stays_hidden(read: Read) -> None:
    document = word()
    paragraph = document.add_paragraph("visible ")
    paragraph.add_run("secreto").font.hidden = True
    style = document.styles.add_style("Nota oculta", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    shown = document.add_paragraph("oculto ", style=style).add_run("a la vista")
    shown.font.hidden = False
    found = read(saved(document), "plan.docx")
    assert (found.outcome, [page.text for page in found.pages]) == ("read", ["visible\n\na la vista"])


def test_text_that_does_not_come_out_is_told(read: Read) -> None:
    document = word()
    document.add_paragraph("hola")
    lost = '<x:frame xmlns:x="urn:x"><w:r><w:t>Una frase que nadie lee</w:t></w:r></x:frame>'
    found = read(with_xml(document, lost), "plan.docx")
    assert (found.outcome, found.reason, "partial" in found.flags) == ("warning", "text_missing", True)


def test_the_header_of_the_first_page_counts_for_title_and_date(read: Read) -> None:
    document = word()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "PLAN DE CAMINOS SEGUROS"
    section.first_page_header.add_paragraph("Villa Ejemplo, 3 de mayo de 2021")
    section.header.paragraphs[0].text = "Otra página"
    document.add_paragraph("La ciudad trabaja con las escuelas y las familias de todos los barrios.")
    proposed = read(saved(document), "x.docx").proposals
    assert (proposed.title, proposed.date) == ("PLAN DE CAMINOS SEGUROS", "2021-05-03")


def test_what_stands_in_a_simple_field_is_read(read: Read) -> None:
    document = word()
    document.add_paragraph(" y más")
    field = '<w:fldSimple w:instr="TITLE"><w:r><w:t>un campo</w:t></w:r></w:fldSimple>'
    found = read(with_xml(document, field), "plan.docx")
    assert (found.outcome, found.pages[0].text) == ("read", "un campo y más")
