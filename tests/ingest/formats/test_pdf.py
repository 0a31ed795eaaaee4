"""PDFs that are damaged, locked, or carry more than text (groups 5 to 9, 22 to 30)."""

import io
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from bank.ingest import pdf_thumbnail
from bank.ingest.formats.pypdf_reader import pages_in_nodes
from tests.ingest.conftest import Read
from tests.ingest.making_notes import field, noted
from tests.ingest.making_pdfs import HELVETICA, PAPER, SENTENCE, SHOWN, Parts, book, encrypted, lines, pdf, scan


def test_pages_come_in_their_order_with_their_text(read: Read) -> None:
    found = read(book([lines([f"{SENTENCE} Apartado {number}."]) for number in (1, 2, 3)]))
    assert (found.outcome, found.media_type, found.total_pages) == ("read", "application/pdf", 3)
    assert [page.text for page in found.pages] == [f"{SENTENCE} Apartado {number}." for number in (1, 2, 3)]
    assert {page.method for page in found.pages} == {"pdfium"}
    assert "pypdfium2" in found.reader
    assert "pypdf " in found.reader


def test_the_labels_of_the_pdf_are_kept_where_they_differ_from_the_number(read: Read) -> None:
    labels = "/PageLabels<</Nums[0<</S/r>> 2<</S/D/St 3>>]>>"
    found = read(book([SHOWN] * 3, catalog=labels))
    assert [page.label for page in found.pages] == ["i", "ii", None]


@pytest.mark.parametrize("tail", [b"PK\x03\x04word/document.xml", bytes(4000)], ids=["zip", "NULs"])
def test_what_follows_the_pdf_is_ignored(read: Read, tail: bytes) -> None:
    found = read(pdf() + tail)
    assert found.outcome == "read"
    assert "educación" in found.pages[0].text


def long_pdf() -> bytes:
    return book([lines([f"{SENTENCE} {number}.{row}" for row in range(20)]) for number in range(8)])


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_a_truncated_file_fails_as_damaged(read: Read, share: float) -> None:
    data = long_pdf()
    found = read(data[: int(len(data) * share)])
    assert found.outcome in ("failed", "warning")
    assert found.reason in ("damaged", "unreadable", "partial", "no_pages")


def bit_flips(data: bytes) -> bytes:
    changed, chance = bytearray(data), random.Random(1)
    for _ in range(100):
        changed[chance.randrange(1000, len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize(
    "damage",
    [
        bit_flips,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.decode("latin-1").encode("utf-8"),
        lambda data: data[: len(data) // 3] + bytes(len(data) // 3) + data[2 * len(data) // 3 :],
        lambda data: data[:-300],
    ],
    ids=["bit flips", "line ends", "utf-8", "zeroed middle", "no table"],
)
def test_a_damaged_file_ends_in_a_stated_outcome_and_the_next_one_is_read(read: Read, damage) -> None:  # type: ignore[no-untyped-def]
    found = read(damage(long_pdf()))
    assert found.outcome in ("read", "warning", "failed")
    assert (found.reason is None) == (found.outcome == "read")
    assert read(pdf()).outcome == "read"


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_file_with_a_password_fails_and_says_so(read: Read, algorithm: str) -> None:
    found = read(encrypted("secreto", algorithm))
    assert (found.outcome, found.reason, found.pages) == ("failed", "encrypted", ())


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_file_that_only_forbids_changes_is_read(read: Read, algorithm: str) -> None:
    found = read(encrypted("", algorithm))
    assert (found.outcome, found.flags) == ("read", ("encrypted",))
    assert "educación" in found.pages[0].text


@pytest.mark.parametrize(
    "data",
    [
        pdf().replace(b"/Root", b"/Prev %d/Root" % pdf().rfind(b"xref\n0")),
        pdf(xref=False, start=0),
        pdf(start=0),
        pdf(start=10**15),
        pdf(size=2**31),
        pdf().replace(b"/Root 1 0 R", b""),
        pdf().replace(b"/Type/Pages/Count 1", b"/Type/Pages/Parent 2 0 R/Count 1"),
    ],
    ids=["table before itself", "no table", "start 0", "start beyond", "size", "no root", "parent loop"],
)
def test_a_broken_structure_is_repaired(read: Read, data: bytes) -> None:
    found = read(data)
    assert found.outcome in ("read", "warning")
    assert "educación" in found.pages[0].text


def loose_stream(entry: str) -> bytes:
    parts = Parts()
    parts.add("<</Type/Catalog/Pages 2 0 R>>")
    parts.add("<</Type/Pages/Count 1/Kids[3 0 R]>>")
    parts.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>")
    parts.add(f"<</Length {entry}>>\nstream\nBT ET\nendstream")
    return parts.file()


@pytest.mark.parametrize("entry", ["4 0 R", "999999999"])
def test_a_false_length_of_a_stream_is_survived(read: Read, entry: str) -> None:
    assert read(loose_stream(entry)).outcome in ("read", "warning", "failed")


def test_objects_that_refer_to_one_another_fail_as_damaged(read: Read) -> None:
    parts = Parts()
    parts.add("2 0 R")
    parts.add("1 0 R")
    assert (read(parts.file()).outcome, read(parts.file()).reason) == ("failed", "damaged")


def test_an_outline_without_end_does_not_matter(read: Read) -> None:
    outline = "/Outlines<</First 1 0 R/Last 1 0 R/Next 1 0 R>>"
    assert read(pdf(catalog=outline)).outcome == "read"


@pytest.mark.parametrize("action", ["/S/JavaScript/JS(app.alert\\(1\\);)", "/S/Launch/F(cmd.exe)"])
def test_active_content_is_flagged_and_the_text_is_read(read: Read, action: str) -> None:
    found = read(pdf(catalog=f"/OpenAction<<{action}>>"))
    assert (found.outcome, found.flags) == ("read", ("has_javascript",))


def test_attachments_are_flagged(read: Read) -> None:
    found = read(pdf(catalog="/Names<</EmbeddedFiles<</Names[]>>>>"))
    assert (found.outcome, found.flags) == ("read", ("has_attachments",))


def test_a_link_with_a_script_leaves_no_trace_in_the_text(read: Read) -> None:
    link = "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(javascript:alert\\(1\\))>>>>]"
    assert "javascript" not in read(pdf(page=link)).pages[0].text


def test_a_form_for_one_program_only_is_told(read: Read) -> None:
    content = lines(["Please wait... If this message is not eventually replaced, get another program."])
    found = read(pdf(content, catalog="/AcroForm<</XFA(x)/Fields[]>>"))
    assert (found.outcome, found.reason) == ("warning", "dynamic_form")


def test_a_form_that_any_program_shows_too_is_read_without_a_warning(read: Read) -> None:
    fields = [field("a", "Huertos en azoteas")]
    found = read(noted(lines([SENTENCE]), fields, form="/XFA(x)"))
    assert (found.outcome, found.flags) == ("read", ())
    assert "Huertos en azoteas" in found.pages[0].text
    made_anew = read(noted(lines([SENTENCE]), fields, form="/XFA(x)", layers="/NeedsRendering true"))
    assert (made_anew.outcome, made_anew.reason) == ("warning", "dynamic_form")


@pytest.mark.parametrize("xmp", [b'<!ENTITY a SYSTEM "file:///etc/passwd">', b'<!ENTITY a "aaaa">' * 500])
def test_embedded_xml_is_not_read(read: Read, xmp: bytes) -> None:
    parts = Parts()
    parts.add("<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>")
    parts.add("<</Type/Pages/Count 1/Kids[3 0 R]>>")
    parts.add(f"<</Type/Page/Parent 2 0 R{PAPER}>>")
    parts.stream(b'<?xml version="1.0"?><!DOCTYPE l [' + xmp + b"]><x>&a;</x>", "/Type/Metadata/Subtype/XML")
    found = read(parts.file())
    assert found.outcome == "warning"
    assert "root" not in str(found.proposals)


def test_markup_in_a_title_stays_the_text_that_it_is(read: Read) -> None:
    title = "<script>alert(1)</script><b>Plan</b>"
    found = read(pdf(info="<</Title(" + title.replace("(", "\\(").replace(")", "\\)") + ")>>"))
    assert found.proposals.title == title


def test_a_title_is_cut(read: Read) -> None:
    title = read(pdf(info=f"<</Title({'Plan ' * 100_000})>>")).proposals.title
    assert title == ("Plan " * 100)[:300]


@pytest.mark.parametrize(
    "info",
    [
        b"<</Title(\x00\x01\x08)/CreationDate(D:20241399999999)/ModDate(ayer)>>",
        b"<</Title 5/Author[1 2]/CreationDate<</a 1>>>>",
        b"<</Title(  )/CreationDate(D:18990101000000Z)>>",
    ],
)
def test_metadata_that_make_no_sense_are_left_out(read: Read, info: bytes) -> None:
    found = read(pdf(info=info), "plan-de-barrio.pdf")
    assert found.outcome == "read"
    assert found.proposals.title == "Boletín municipal: educación y años"
    assert (found.proposals.date, found.proposals.guessed_date) == (None, None)


def test_a_lone_surrogate_in_a_title_can_be_written_as_utf8(read: Read) -> None:
    found = read(pdf(info="<</Title<FEFF0042006F006C006500740069006E0020D8340020>>>"))
    assert str(found.proposals).encode("utf-8")


def test_a_date_of_creation_is_only_a_guess(read: Read) -> None:
    info = "<</Title(Bolet\xedn 3: Rezago educativo)/CreationDate(D:20190514120000Z)>>"
    proposed = read(pdf(info=info)).proposals
    assert (proposed.title, proposed.number) == ("Boletín 3: Rezago educativo", "3")
    assert (proposed.date, proposed.guessed_date) == (None, "2019-05-14")


def test_a_title_that_is_an_object_of_its_own_is_read(read: Read) -> None:
    parts = Parts()
    parts.add("<</Type/Catalog/Pages 2 0 R>>")
    parts.add("<</Type/Pages/Count 1/Kids[3 0 R]>>")
    parts.add(f"<</Type/Page/Parent 2 0 R{PAPER}>>")
    parts.add("(Plan de huertos)")
    info = parts.add("<</Title 4 0 R>>")
    proposed = read(parts.file(trailer=f"/Info {info} 0 R")).proposals
    assert (proposed.title, proposed.origins["title"].doubtful) == ("Plan de huertos", True)


def test_a_date_after_tomorrow_is_not_proposed(read: Read) -> None:
    later = datetime.now(UTC).year + 1
    proposed = read(pdf(info=f"<</CreationDate(D:{later}0514120000Z)>>")).proposals
    assert (proposed.date, proposed.guessed_date) == (None, None)


def test_the_line_in_the_largest_letters_is_the_title_where_metadata_are_junk(read: Read) -> None:
    content = lines(["Red de ciudades"], 10, top=800) + b" " + lines(["Escuelas", "abiertas"], 28, top=700)
    content += b" " + lines([SENTENCE] * 8, 10, top=500)
    found = read(pdf(content, info="<</Title(Microsoft Word - acta FINAL v3.doc)>>"))
    assert found.proposals.title == "Escuelas abiertas"


def with_encrypted_attachment() -> bytes:
    """A PDF with a password for its attachments alone: pages and strings are as they are."""
    parts = Parts()
    root, tree, font = parts.add(), parts.add(), parts.add(HELVETICA)
    shown = parts.stream(SHOWN)
    held = f"/Contents {shown} 0 R/Resources<</Font<</F1 {font} 0 R>>>>"
    leaf = parts.add(f"<</Type/Page/Parent {tree} 0 R{PAPER}{held}>>")
    parts.put(tree, f"<</Type/Pages/Count 1/Kids[{leaf} 0 R]>>")
    parts.put(root, f"<</Type/Catalog/Pages {tree} 0 R/Names<</EmbeddedFiles<</Names[]>>>>>>")
    keys = (
        f"/O<{'ab' * 48}>/U<{'cd' * 48}>/OE<{'ef' * 32}>/UE<{'12' * 32}>/Perms<{'34' * 16}>/P -1/EncryptMetadata false"
    )
    filters = "/CF<</StdCF<</AuthEvent/EFOpen/CFM/AESV3/Length 32>>>>/EFF/StdCF/StmF/Identity/StrF/Identity"
    encryption = parts.add(f"<</Filter/Standard/V 5/R 6/Length 256{filters}{keys}>>")
    identifier = f"/ID[<{'01' * 16}><{'01' * 16}>]"
    return parts.file(root, f"/Encrypt {encryption} 0 R{identifier}")


def test_a_file_whose_attachments_alone_have_a_password_is_read(read: Read, tmp_path: Path) -> None:
    found = read(with_encrypted_attachment())
    assert (found.outcome, found.flags) == ("read", ("has_attachments",))
    assert "educación" in found.pages[0].text
    assert pdf_thumbnail(tmp_path / "upload")


def test_a_page_of_few_words_is_no_picture(read: Read) -> None:
    found = read(pdf(lines(["Patata 7"])))
    assert (found.outcome, found.flags) == ("read", ())
    assert (found.pages[0].text, found.pages[0].flags) == ("Patata 7", ())


def test_a_scan_with_a_page_number_is_still_for_ocr(read: Read) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(lines(["Folio 7"], top=20)))))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(scan([SENTENCE]))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    page = read(out.getvalue()).pages[0]
    assert (page.text, page.flags) == ("Folio 7", ("no_text",))


@pytest.mark.parametrize("told", [b"/Count 2", b"/Count 3", b"/Count 7"])
def test_pages_are_counted_in_the_tree_whatever_it_says_of_itself(read: Read, told: bytes) -> None:
    data = book([lines([f"{SENTENCE} Apartado {number}."]) for number in (1, 2, 3)])
    assert data.count(b"/Count 3") == 1
    found = read(data.replace(b"/Count 3", told))
    assert (found.total_pages, len(found.pages)) == (3, 3)


def test_the_nodes_of_a_page_tree_tell_its_pages_where_they_can() -> None:
    page = DictionaryObject({NameObject("/Type"): NameObject("/Page")})
    few = tree_node([page, page], 2)
    assert pages_in_nodes(tree_node([few, page, few], 5), 10) == 5
    assert pages_in_nodes(tree_node([few] * 20, 40), 10) == -1
    assert pages_in_nodes(tree_node([DictionaryObject()], 5), 10) == -1
    assert pages_in_nodes(None, 10) == -1


def tree_node(children: list[DictionaryObject], count: int) -> DictionaryObject:
    """A node of a page tree that says that it has `count` pages."""
    return DictionaryObject({NameObject("/Kids"): ArrayObject(children), NameObject("/Count"): NumberObject(count)})
