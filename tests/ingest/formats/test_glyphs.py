"""Words whose letters a program draws oddly are read as they are seen."""

import pytest

from bank.ingest.formats.pdfium.mending import lines_around, odd_spans
from tests.ingest.conftest import Read
from tests.ingest.making_pdfs import SENTENCE, composite, mapped, pdf


def drawn(*pieces: tuple[str, float, float]) -> bytes:
    """Each text at its place, in 12 point Helvetica."""
    shown = (b"1 0 0 1 %.2f %.2f Tm (%b) Tj" % (left, up, text.encode("cp1252")) for text, left, up in pieces)
    return b"BT /F1 12 Tf " + b" ".join(shown) + b" ET"


WIDTHS = {"a": 556, "e": 556, "i": 222, "o": 556}
"""Of Helvetica, in thousandths of the size of type."""


def accented(words: str, up: int) -> bytes:
    """The words as old TeX draws them: what follows a slash has an acute accent, drawn alone over the middle of it."""
    row = b""
    for place, character in enumerate(words):
        if character == "/":
            back = (333 - WIDTHS[words[place + 1]]) // 2
            row += b") %d (\xb4) %d (" % (back, 333 - back)
        else:
            row += character.encode("cp1252")
    return b"BT /F1 12 Tf 72 %d Td [(%b)] TJ ET " % (up, row)


def test_accents_that_stand_alone_come_onto_their_letters(read: Read) -> None:
    content = accented("La comisi/on de Inform/atica est/a en el /area de investigaci/on", 700)
    text = read(pdf(content + accented("y tecnolog/ia.", 680))).pages[0].text
    assert text == "La comisión de Informática está en el área de investigación\ny tecnología."


def test_an_accent_read_at_the_end_of_its_line_comes_back(read: Read) -> None:
    """pdfium moves an accent that starts a piece of text of its own behind what follows in the line."""
    pieces = [("Informatica y comision", 72, 700), ("´", 106.7, 700), ("de admisi", 200, 700), ("´", 252, 700),
              ("on abierta", 251.3, 700)]  # fmt: skip
    text = read(pdf(drawn(*pieces) + b" " + drawn((SENTENCE, 72, 650)))).pages[0].text
    assert text.split("\n")[0] == "Informática y comision de admisión abierta"


def test_a_blank_that_takes_no_room_after_a_ligature_goes(read: Read) -> None:
    letters = "scalizo y de"
    codes = [(1, "00660069"), (2, "0020"), *((3 + place, f"{ord(one):04X}") for place, one in enumerate(letters))]
    row = b"<%b>" % b"".join(b"%04X" % (3 + place) for place in range(len(letters)))
    content = b"BT /F1 12 Tf 72 700 Td [<00010002> 600 " + row + b" <0002> <00010002> <0003>] TJ ET"
    assert read(composite(mapped(codes), content)).pages[0].text == "fiscalizo y de fi s"


def test_letters_drawn_twice_for_bold_type_are_read_once(read: Read) -> None:
    pieces = []
    for place, letter in enumerate("BASES DEL CONCURSO"):
        at = b"1 0 0 1 %d 700 Tm" % (72 + 10 * place)
        pieces.append(b"2 Tr 8 w %b (%c) Tj 0 Tr %b (%c) Tj" % (at, ord(letter), at, ord(letter)))
    content = b"BT /F1 12 Tf " + b" ".join(pieces) + b" ET " + drawn(("La carrera del aula llena", 72, 650))
    lines = read(pdf(content)).pages[0].text.split("\n")
    assert ("".join(lines[0].split()), lines[1]) == ("BASESDELCONCURSO", "La carrera del aula llena")


@pytest.mark.parametrize("tracking", [3, 5])
def test_letter_spaced_capitals_are_words(read: Read, tracking: int) -> None:
    content = b"BT /F1 12 Tf %d Tc 72 700 Td (ORDENANZA DE LA RED) Tj ET " % tracking
    assert read(pdf(content + drawn((SENTENCE, 72, 650)))).pages[0].text.split("\n")[0] == "ORDENANZA DE LA RED"


def test_capitals_with_uneven_gaps_are_one_word(read: Read) -> None:
    content = b"BT /F1 12 Tf 72 700 Td [(TO) -230 (TA) -230 (L) -600 (DE LA SUMA)] TJ ET "
    assert read(pdf(content + drawn((SENTENCE, 72, 650)))).pages[0].text.split("\n")[0] == "TOTAL DE LA SUMA"


def test_cells_of_a_table_stay_apart(read: Read) -> None:
    months = drawn(*((letter, 72 + 20 * place, 700) for place, letter in enumerate("EFMAMJJASOND")))
    assert (
        read(pdf(months + b" " + drawn((SENTENCE, 72, 650)))).pages[0].text.split("\n")[0] == "E F M A M J J A S O N D"
    )


def test_a_page_without_signs_is_left_as_it_is() -> None:
    assert odd_spans("La carrera del uso de la fuerza; X X X X; RRHH, CCOO y EEUU. wwwwww fin al final") == []


def test_odd_lines_are_mended_with_those_beside_them() -> None:
    text = "uno\r\ndos\r\nofi cial\r\ntres\r\ncuatro"
    assert [text[first:end] for first, end in odd_spans(text)] == ["dos\r\nofi cial\r\ntres\r\n"]
    assert lines_around("ofi cial", 0, 8) == (0, 8)
