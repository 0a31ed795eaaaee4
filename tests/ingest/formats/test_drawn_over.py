"""What a viewer draws is the page's text: fields, notes and stamps in their places; not what is hidden or cut off."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bank.ingest import ocr_pages, pdf_thumbnail
from tests.ingest.conftest import Read
from tests.ingest.making_notes import Note, field, layered, noted
from tests.ingest.making_pdfs import SENTENCE, lines, pdf, scan

LABELS = lines(["Nombre de la experiencia:", "", "", "Municipio:", "", "", SENTENCE], top=740)
"""Labels at 740 and 692 points, each with room below; a sentence at 644."""
BELOW_FIRST, BELOW_SECOND, BESIDE_SECOND = (72, 712, 372, 732), (72, 664, 372, 684), (140, 686, 372, 706)


@pytest.mark.parametrize("drawn", [None, "Huertos en azoteas"], ids=["without appearance", "with appearance"])
def test_the_value_of_a_field_is_read_in_its_place(read: Read, drawn: str | None) -> None:
    page = read(noted(LABELS, [field("a", "Huertos en azoteas", BELOW_FIRST, drawn)])).pages[0]
    assert page.text.split("\n") == ["Nombre de la experiencia:", "Huertos en azoteas", "Municipio:", SENTENCE]


def test_a_value_beside_its_label_stands_in_its_line(read: Read) -> None:
    data = noted(LABELS, [field("b", "Soria", BESIDE_SECOND), field("a", "Patios", BELOW_FIRST)])
    assert read(data).pages[0].text.split("\n")[:3] == ["Nombre de la experiencia:", "Patios", "Municipio: Soria"]


def test_the_value_of_a_form_without_other_text_is_read(read: Read) -> None:
    found = read(noted(b"", [field("a", "Los huertos de la azotea")]))
    assert (found.outcome, found.pages[0].text) == ("read", "Los huertos de la azotea")


def test_letters_in_boxes_of_their_own_are_one_word(read: Read) -> None:
    note = field("a", "jitomate", BELOW_FIRST, "j  i  t  o  m  a  t  e")
    assert "\njitomate\n" in read(noted(LABELS, [note])).pages[0].text


def test_lines_of_a_list_and_the_choice_of_a_menu_are_read(read: Read) -> None:
    listed = Note("/Subtype/Widget/FT/Ch/T(l)/Opt[(Norte)(Centro)(Sur)]/V(Sur)", BELOW_FIRST)
    menu = Note("/Subtype/Widget/FT/Ch/Ff 131072/T(m)/Opt[[(1)(Primaria)][(2)(Secundaria)]]/V(2)", BELOW_SECOND)
    text = read(noted(LABELS, [listed, menu])).pages[0].text
    assert text.split("\n")[1:4] == ["Norte", "Centro", "Sur"]
    assert "Municipio:\nSecundaria\n" in text
    assert "Primaria" not in text


def test_a_ticked_box_stands_before_its_words(read: Read) -> None:
    on = "/Subtype/Widget/FT/Btn/T(si)/V/Yes/AS/Yes/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>"
    off = "/Subtype/Widget/FT/Btn/T(no)/V/Off/AS/Off/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>"
    content = (
        lines(["Participan escuelas"], left=100, top=700) + b" " + lines(["Participan empresas"], left=100, top=650)
    )
    text = read(noted(content, [Note(on, (80, 698, 92, 710)), Note(off, (80, 648, 92, 660))])).pages[0].text
    assert text.replace("\u2714", "x").split("\n") == ["x Participan escuelas", "Participan empresas"]


def test_text_boxes_and_stamps_are_read(read: Read) -> None:
    box = Note("/Subtype/FreeText/Contents(Nota del cabildo)/DA(/F1 12 Tf 0 g)", BELOW_FIRST, "Nota del cabildo")
    bare = Note("/Subtype/FreeText/Contents(Otra nota)/DA(/F1 12 Tf 0 g)", BELOW_SECOND)
    stamp = Note("/Subtype/Stamp/Contents(no)", (300, 100, 500, 120), "APROBADO 2022")
    text = read(noted(LABELS, [box, bare, stamp])).pages[0].text
    assert "Nombre de la experiencia:\nNota del cabildo\nMunicipio:\nOtra nota\n" in text
    assert text.endswith("APROBADO 2022")


def test_what_lies_outside_the_page_is_no_title(read: Read) -> None:
    outside = lines(["Cartel de la imprenta"], size=40, top=900)
    data = pdf(outside + b" " + lines(["Huertos del barrio"], size=24) + b" " + lines([SENTENCE], top=600))
    assert read(data).proposals.title == "Huertos del barrio"


def test_a_stamp_that_is_a_picture_is_told(read: Read) -> None:
    pixels = "/Subtype/Stamp/AP<</N<</Type/XObject>>>>"
    assert read(noted(LABELS, [Note(pixels, BELOW_FIRST)])).outcome == "read"
    found = read(noted(LABELS, [Note("/Subtype/Stamp", BELOW_FIRST, picture=True)]))
    assert (found.outcome, found.reason, found.pages[0].flags) == ("warning", "picture_notes", ("picture_notes",))
    assert found.pages[0].text.startswith("Nombre de la experiencia:\nMunicipio:")
    torn = noted(LABELS, [Note("/Subtype/Stamp", BELOW_FIRST, picture=True)]).replace(b"startxref", b"startxxxx")
    assert read(torn).reason == "repaired"
    assert read(noted(LABELS, [Note("/Subtype/Stamp", BELOW_FIRST, "APROBADO", picture=True)])).outcome == "read"


@pytest.mark.parametrize(
    "note",
    [
        Note("/Subtype/Text/Contents(secretoso)", BELOW_FIRST),
        Note("/Subtype/Popup/Contents(secretoso)", BELOW_FIRST),
        Note("/Subtype/FileAttachment/Contents(secretoso)", BELOW_FIRST),
        Note("/Subtype/Highlight/Contents(secretoso)/QuadPoints[72 712 372 712 72 732 372 732]", BELOW_FIRST),
        Note("/Subtype/FreeText/Contents(secretoso)/F 2", BELOW_FIRST, "secretoso"),
        Note("/Subtype/FreeText/Contents(secretoso)/F 32", BELOW_FIRST, "secretoso"),
        field("a", "secretoso", BELOW_FIRST, more="/F 2"),
        field("a", "secretoso", BELOW_FIRST, more="/Ff 8192"),
        field("a", "secretoso", (72, 900, 372, 920)),
    ],
    ids=["sticky", "popup", "attachment", "highlight", "hidden", "no view", "hidden field", "password", "off the page"],
)
def test_what_no_viewer_draws_is_not_read(read: Read, note: Note) -> None:
    found = read(noted(LABELS, [note]))
    assert "secretoso" not in found.pages[0].text
    assert SENTENCE in found.pages[0].text


def test_a_filled_form_over_a_scan_is_still_for_ocr(read: Read) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(noted(b"", [field("a", "Huertos en las azoteas")]))))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(scan([SENTENCE]))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    page = read(out.getvalue()).pages[0]
    assert (page.text, page.flags) == ("Huertos en las azoteas", ("no_text",))


@pytest.mark.parametrize("box", ["/CropBox[36 60 560 800]", "/MediaBox[0 60 595 842]"])
def test_what_lies_outside_the_page_is_not_read(read: Read, box: str) -> None:
    content = lines([SENTENCE, "Dentro"]) + b" " + lines(["marcas de corte"], top=30)
    paper = "" if "Media" in box else "/MediaBox[0 0 595 842]"
    assert read(pdf(content, paper=paper + box)).pages[0].text == f"{SENTENCE}\nDentro"


def on_layer(name: str, text: str, top: int) -> bytes:
    return f"/OC/{name} BDC ".encode() + lines([text], top=top) + b" EMC "


@pytest.mark.parametrize(
    ("settings", "group"),
    [
        ("/OFF[4 0 R]", ""),
        ("/BaseState/OFF/ON[3 0 R]", ""),
        ("/AS[<</Event/View/Category[/View]/OCGs[4 0 R]>>]", ""),
        ("/OFF[4 0 R]", "/OCGs[3 0 R 4 0 R]/P/AllOn"),
    ],
)
def test_layers_that_are_switched_off_are_not_read(read: Read, settings: str, group: str) -> None:
    content = lines([SENTENCE]) + on_layer("V", "capa visible", 700) + on_layer("H", "capa oculta", 680)
    content += on_layer("G", "grupo oculto", 660) + lines(["al final"], top=640)
    assert read(layered(content, settings, group)).pages[0].text.split("\n") == [SENTENCE, "capa visible", "al final"]


@pytest.mark.parametrize(("form", "oc"), [(lines(["borrador"]), "/OC 4 0 R"), (on_layer("H", "borrador", 500), "")])
def test_drawings_on_a_layer_that_is_switched_off_are_not_read(read: Read, form: bytes, oc: str) -> None:
    content = lines([SENTENCE], top=800) + b" /X Do"
    assert read(layered(content, form=form, oc=oc)).pages[0].text == SENTENCE


def test_a_document_whose_layers_are_all_shown_is_read_as_ever(read: Read) -> None:
    page = read(layered(lines([SENTENCE]) + on_layer("H", "capa", 700), "/Order[3 0 R 4 0 R]")).pages[0]
    assert (page.text, page.method) == (f"{SENTENCE}\ncapa", "pdfium")


def test_pictures_of_pages_show_the_form(tmp_path: Path) -> None:
    path = tmp_path / "form"
    path.write_bytes(noted(b"", [field("a", "HUERTOS", (72, 600, 372, 620), "HUERTOS EN LAS AZOTEAS")]))
    picture = pdf_thumbnail(path)
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as image:
        assert image.convert("L").histogram()[:128] != [0] * 128
    assert [page.text for page in ocr_pages(path, [1], ["es"])] == ["HUERTOS EN LAS AZOTEAS"]


def test_a_line_that_runs_off_the_page_is_read_whole(read: Read) -> None:
    content = lines([SENTENCE * 3, "Dentro"]) + b" " + lines(["marcas de corte"], left=700, top=760)
    assert read(pdf(content)).pages[0].text == f"{SENTENCE * 3}\nDentro"


def test_text_outside_the_page_does_not_stand_in_for_the_few_words_inside(read: Read) -> None:
    content = lines(["Anexo"]) + b" " + lines([SENTENCE] * 3, left=700)
    assert read(pdf(content)).pages[0].text == "Anexo"


def test_operators_that_run_together_are_told_apart(read: Read) -> None:
    content = lines([SENTENCE]) + lines(["marcas de corte"], top=30)
    assert b"ETBT" in content
    assert read(pdf(content, paper="/MediaBox[0 0 595 842]/CropBox[36 60 560 800]")).pages[0].text == SENTENCE
