"""The words of a page as a reader would expect them (groups 31 to 42)."""

import pytest

from bank.ingest.text.cleaning import index_text
from tests.ingest.conftest import Read
from tests.ingest.making_pdfs import SENTENCE, book, lines, pdf, scan, three_codes, without_space_glyph, written


@pytest.mark.parametrize(
    ("texts", "kept", "gone"),
    [
        (("D800", "0062", "DC00"), "b", "\ud800"),
        (("0000", "0008", "0063"), "c", "\x08"),
        (("202E", "0062", "200B"), "b", "\u202e"),
    ],
    ids=["surrogates", "controls", "directions"],
)
def test_what_is_no_character_is_dropped_from_the_text(
    read: Read, texts: tuple[str, ...], kept: str, gone: str
) -> None:
    page = read(three_codes(*texts)).pages[0]
    assert kept in page.text
    assert gone not in page.text
    assert page.text.encode("utf-8")


def test_a_page_of_private_characters_has_no_text(read: Read) -> None:
    found = read(three_codes("E041", "E042", "E043"))
    assert (found.outcome, found.reason, found.flags) == ("warning", "no_text", ("no_text",))
    assert found.pages[0].flags == ("no_text",)


def test_words_set_apart_by_movement_alone_are_apart(read: Read) -> None:
    assert read(without_space_glyph()).pages[0].text.startswith("la ciudad educadora convoca")


def test_pypdf_alone_sees_the_gaps_between_words_too() -> None:
    from bank.ingest.formats.pypdf_reader import Pypdf
    from bank.ingest.limits import Limits

    text = Pypdf(without_space_glyph(), Limits()).page_text(0, 1000)
    assert text.startswith("la ciudad educadora convoca")


def test_words_broken_at_a_line_end_are_whole(read: Read) -> None:
    rows = [
        "El ayunta-",
        "miento aprobó la rehabili-",
        "tación del centro, 2024-",
        "2025, con la pro\u00adgrama\u00ad",
        "ción.",
    ]
    text = read(written(rows)).pages[0].text
    for word in ("ayuntamiento", "rehabilitación", "programación"):
        assert word in text
    assert "2024-\n2025" in text or "2024-2025" in text


def test_ligatures_are_letters_and_the_ordinal_sign_stays(read: Read) -> None:
    text = read(written(["La o\ufb01cina es e\ufb01ciente: n.\u00ba 5 y \u00bd."])).pages[0].text
    assert text == "La oficina es eficiente: n.º 5 y ½."
    assert "n.o 5" in index_text(text)


def test_loose_accents_are_put_on_their_letters(read: Read) -> None:
    assert (
        read(written(["educacio\u0301n, nin\u0303o y per\u00b4\u0131odo"])).pages[0].text == "educación, niño y período"
    )
    assert read(pdf(lines(["educaci´on, ni˜no y acci´on"]))).pages[0].text == "educación, niño y acción"


def test_words_placed_one_by_one_are_apart(read: Read) -> None:
    words = "La ciudad educadora convoca a la escuela".split()
    placed = b" ".join(
        b"1 0 0 1 %d 700 Tm (%b) Tj" % (72 + 80 * place, word.encode()) for place, word in enumerate(words)
    )
    assert read(pdf(b"BT /F1 12 Tf " + placed + b" ET")).pages[0].text == " ".join(words)


def test_turned_and_hidden_text_is_found(read: Read) -> None:
    turned = b"BT /F1 12 Tf 0 1 -1 0 300 400 Tm (Texto girado de la ordenanza) Tj ET"
    assert "Texto girado" in read(pdf(turned)).pages[0].text
    hidden = b"BT 3 Tr /F1 12 Tf 72 700 Td (texto invisible de una capa anterior) Tj ET"
    assert "texto invisible" in read(pdf(hidden)).pages[0].text


@pytest.mark.parametrize("rows", [list("MUNICIPIO"), ["العربية", "ciudad educadora"]], ids=["one a line", "Arabic"])
def test_unusual_writing_is_survived(read: Read, rows: list[str]) -> None:
    assert read(written(rows)).outcome in ("read", "warning")


def test_running_heads_are_shown_but_indexed_once(read: Read) -> None:
    pages = [
        lines([f"Ayuntamiento de Ejemplo - Revista num. 14 - {number}"], 8, top=800)
        + b" "
        + lines([f"Apartado {word}: {SENTENCE}" for word in (f"alfa{number}", f"beta{number}", f"asunto{number}")])
        + b" "
        + lines([f"Página {number} de 12"], 8, top=40)
        for number in range(1, 13)
    ]
    found = read(book(pages))
    indexed = [index_text(page.text, page.furniture) for page in found.pages]
    assert all("Ayuntamiento de Ejemplo" in page.text for page in found.pages)
    assert [number for number, text in enumerate(indexed, 1) if "Ayuntamiento de Ejemplo" in text] == [1]
    assert [number for number, text in enumerate(indexed, 1) if "asunto7" in text] == [7]


@pytest.mark.parametrize("data", [scan([SENTENCE]), pdf(b"", pages=3)], ids=["a scan", "blank pages"])
def test_pages_without_text_are_kept_and_flagged(read: Read, data: bytes) -> None:
    found = read(data)
    assert (found.outcome, found.reason, found.flags) == ("warning", "no_text", ("no_text",))
    assert all(page.text == "" and page.flags == ("no_text",) for page in found.pages)
    assert len(found.pages) == found.total_pages
