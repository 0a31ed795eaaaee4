"""What may be uploaded: told by its bytes, which its name must agree with (S01, S02, S03)."""

import io
import zipfile
from pathlib import Path

import pytest

from bank.errors import RefusedFile, TooLarge, WrongType
from bank.ingest import DOCUMENT_KINDS, PICTURE_KINDS, Limits, expect_type, read_file
from bank.ingest.sniff import MEDIA_TYPES
from tests.ingest.making_pdfs import Parts, pdf
from tests.ingest.making_pictures import corners, encoded

HTML = b"<!doctype html><html><script>alert(document.domain)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
WORDS = "# Boletín de mayo\n\nLa ciudad educadora convoca.\n".encode()
JPEG, PNG, WEBP = (encoded(corners(), kind) for kind in ("JPEG", "PNG", "WEBP"))


def zipped(*names: str, comment: bytes = b"", stored: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, stored)
        archive.comment = comment
    return out.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")


def kept(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf(), "boletin.pdf", "pdf"),
        (WORDS, "boletin.md", "markdown"),
        (WORDS, "boletin.markdown", "markdown"),
        (DOCX, "Experiencia.DOCX", "docx"),
        (JPEG, "IMG_0001.JPG", "jpeg"),
        (JPEG, "foto.jpeg", "jpeg"),
        (PNG, "foto.png", "png"),
        (WEBP, "foto.webp", "webp"),
        (WEBP, "WhatsApp.jpg", "webp"),
        (JPEG, "image", "jpeg"),
    ],
)
def test_what_the_bank_takes(tmp_path: Path, data: bytes, name: str, kind: str) -> None:
    assert expect_type(kept(tmp_path, data), name) == MEDIA_TYPES[kind]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (HTML, "pagina.html"),
        (SVG, "dibujo.svg"),
        (b"MZ" + bytes(600), "programa.exe"),
        (pdf(), "boletin.pdf.html"),
        (b"Require all granted\n", ".htaccess"),
        (b"Require all granted\n", "htaccess"),
        (WORDS, "notas.txt"),
        (b"GIF89a" + bytes(60), "foto.gif"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(60), "IMG_0001.HEIC"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(60), "IMG_0001.jpg"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(60), "video.mp4"),
        (zipped("a.pdf"), "varios.zip"),
    ],
)
def test_nothing_else_is_taken(tmp_path: Path, data: bytes, name: str) -> None:
    with pytest.raises(WrongType):
        expect_type(kept(tmp_path, data), name)


POLYGLOTS = {
    "html that begins like a pdf": (b"%PDF-1.7\n" + HTML, "a.pdf"),
    "html in a pdf's first comment": (b"%PDF-1.7\n%" + HTML + b"\n" + pdf()[9:], "a.pdf"),
    "html before a pdf": (HTML + pdf(), "a.pdf"),
    "pdf named as text": (pdf(), "a.md"),
    "pdf named as word": (pdf(), "a.docx"),
    "pdf named as a picture": (pdf(), "a.jpg"),
    "zip after a pdf": (pdf() + zipped("evil.class"), "a.pdf"),
    "zip after a pdf, and more": (pdf() + zipped("evil.class") + b"\n\n", "a.pdf"),
    "pdf within a zip's comment": (pdf()[:-6] + zipped("evil.class", comment=b"\n%%EOF\n"), "a.pdf"),
    "pdf at the beginning of a word file": (zipped("word/document.xml", stored=pdf()), "a.docx"),
    "html named as a picture": (HTML, "a.png"),
    "svg named as a picture": (SVG, "a.png"),
    "picture named as a page": (PNG, "a.html"),
    "picture named as a document": (JPEG, "a.pdf"),
    "program named as a picture": (b"MZ" + bytes(600), "a.jpg"),
    "sound named as a picture": (b"RIFF\x24\0\0\0WAVEfmt ", "a.webp"),
}


@pytest.mark.parametrize(("data", "name"), POLYGLOTS.values(), ids=POLYGLOTS)
def test_what_is_two_things_or_another_than_it_says_is_refused(tmp_path: Path, data: bytes, name: str) -> None:
    with pytest.raises(WrongType) as caught:
        expect_type(kept(tmp_path, data), name)
    assert "upload" in caught.value.told().lower()


def test_a_polyglot_is_refused_wherever_it_comes_in(tmp_path: Path) -> None:
    assert read_file(kept(tmp_path, pdf() + zipped("evil.class")), name="a.pdf").reason == "two_in_one"
    assert read_file(kept(tmp_path, b"%PDF-1.7\n" + HTML), name="a.pdf").reason == "two_in_one"


@pytest.mark.parametrize("inside", [DOCX, zipped("a.txt", comment=b"hola")])
def test_a_pdf_with_a_file_attached_is_a_pdf(tmp_path: Path, inside: bytes) -> None:
    parts = Parts()
    parts.add("<</Type/Catalog/Pages 2 0 R>>")
    parts.add("<</Type/Pages/Count 1/Kids[3 0 R]>>")
    parts.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
    parts.stream(inside, "/Type/EmbeddedFile")
    assert expect_type(kept(tmp_path, parts.file()), "a.pdf") == "application/pdf"


def test_text_that_speaks_of_markup_is_text(tmp_path: Path) -> None:
    told = b"---\ntitle: HTML\n---\n\nPara empezar se escribe `<!doctype html>`.\n"
    assert expect_type(kept(tmp_path, told), "clase.md") == "text/markdown"


def test_the_refusal_names_what_is_taken_there(tmp_path: Path) -> None:
    film = kept(tmp_path, b"\0\0\0\x18ftypmp42" + bytes(60))
    sentences = []
    for taken in (DOCUMENT_KINDS, PICTURE_KINDS, DOCUMENT_KINDS | PICTURE_KINDS):
        with pytest.raises(WrongType, match="MP4") as caught:
            expect_type(film, "video.mp4", taken)
        sentences.append(caught.value.told())
    assert [("PDF" in told, "JPEG" in told) for told in sentences] == [(True, False), (False, True), (True, True)]


def test_only_what_is_asked_for_is_taken(tmp_path: Path) -> None:
    with pytest.raises(WrongType):
        expect_type(kept(tmp_path, PNG), "foto.png", DOCUMENT_KINDS)
    with pytest.raises(WrongType):
        expect_type(kept(tmp_path, pdf()), "boletin.pdf", PICTURE_KINDS)
    with pytest.raises(WrongType):
        expect_type(kept(tmp_path, WORDS), "boletin.md", PICTURE_KINDS)


def test_an_empty_file_and_one_over_its_limit_are_no_wrong_types(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as caught:
        expect_type(kept(tmp_path, b""), "boletin.pdf")
    assert not isinstance(caught.value, WrongType)
    with pytest.raises(TooLarge):
        expect_type(kept(tmp_path, pdf()), "boletin.pdf", limits=Limits(max_bytes=100))
