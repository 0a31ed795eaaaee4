"""Word documents become sections of plain text."""

import io
import zipfile
from datetime import datetime

import docx
import pytest

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
    assert (found.proposals.title, found.proposals.date) == ("Plan de movilidad", "2021-03-04")


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
    assert read(out.getvalue(), "plan.docx").reason == "too_big_inside"


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x [<!ENTITY e "aaaaaaaaaa">]>'],
    ids=["file", "text"],
)
def test_no_file_comes_in_through_an_entity(read: Read, declared: str) -> None:
    document = word()
    document.add_paragraph("MARCA")

    def poisoned(xml: bytes) -> bytes:
        head, _, rest = xml.partition(b"?>")
        return head + b"?>" + declared.encode() + rest.replace(b"MARCA", b"MARCA &e;")

    found = read(with_part(saved(document), "word/document.xml", poisoned), "plan.docx")
    assert all("root:" not in page.text for page in found.pages)
    assert found.outcome in ("read", "failed")


def test_a_picture_from_outside_is_not_fetched(read: Read) -> None:
    document = word()
    document.add_paragraph("hola")
    link = b'<Relationship Id="rId99" Type="x" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    data = with_part(
        saved(document), "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", link)
    )
    assert [page.text for page in read(data, "plan.docx").pages] == ["hola"]
