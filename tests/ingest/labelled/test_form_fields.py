"""Forms filled in a PDF propose what stands in their fields, whatever kind of field and wherever its label is."""

from collections.abc import Sequence

import pytest

from bank.ingest.labelled.fields import LabelledReading, read_labels
from bank.vocabulary import Vocabulary, load_vocabulary
from tests.ingest.conftest import Read
from tests.ingest.making_notes import Note, field, noted

FILLED = {
    "Título de la experiencia:": "La plaza que enseña",
    "Ciudad:": "León, Guanajuato",
    "Resumen:": "Las familias siembran.\nY cosechan juntas.",
    "Lecciones aprendidas:": "Regar por turnos",
    "Folio:": "A-17",
    "Número de participantes:": "1,200",
}
PROPOSED = {
    "title": {"es": "La plaza que enseña"},
    "city": "León, Guanajuato",
    "summary": {"es": "Las familias siembran.\nY cosechan juntas."},
    "participants_total": 1200,
}
LEFT = [("Lecciones aprendidas", "Regar por turnos", "evaluation"), ("Folio", "A-17", "context")]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def printed(texts: Sequence[tuple[int, int, str]]) -> bytes:
    """Words at places (left, bottom) of a page."""
    rows = (b"BT /F1 12 Tf 1 0 0 1 %d %d Tm (%b) Tj ET\n" % (x, y, text.encode("cp1252")) for x, y, text in texts)
    return b"".join(rows)


def written(name: str, text: str, left: int, bottom: int, drawn: bool = False, more: str = "") -> Note:
    """A field of one line or several."""
    more += "/Ff 4096" if "\n" in text else ""
    place = (left, bottom, 520, bottom + 35)
    return field(name, text.replace("\n", "\\n"), place, text if drawn else None, more)


def ticked(left: int, bottom: int, on: bool, more: str = "") -> Note:
    state = "Yes" if on else "Off"
    entries = f"/Subtype/Widget/FT/Btn/T(c{left}{bottom})/V/{state}/AS/{state}/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>{more}"
    return Note(entries, (left, bottom, left + 12, bottom + 12))


def told(read: Read, vocabulary: Vocabulary, data: bytes) -> LabelledReading:
    return read_labels(read(data, "formulario.pdf").pages, vocabulary, "experience", "es")


def proposed(found: LabelledReading) -> dict[str, object]:
    return {id: one.value for id, one in found.values.items()}


def expect_filled(found: LabelledReading) -> None:
    assert proposed(found) == PROPOSED
    assert [(one.label, one.text, one.field) for one in found.unplaced] == LEFT


@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("colon", [":", ""])
@pytest.mark.parametrize(("left", "lower"), [(230, 20), (72, 38)])
def test_fields_beside_and_below_their_labels_propose(
    read: Read, vocabulary: Vocabulary, drawn: bool, colon: str, left: int, lower: int
) -> None:
    rows = [(label.rstrip(":") + colon, text, 700 - 60 * row) for row, (label, text) in enumerate(FILLED.items())]
    content = printed([(72, row, label) for label, _, row in rows])
    fields = [written(f"f{row}", text, left, row - lower, drawn) for _, text, row in rows]
    expect_filled(told(read, vocabulary, noted(content, fields)))


@pytest.mark.parametrize("told_in", ["T", "TU"])
def test_fields_whose_label_is_only_their_name_propose(read: Read, vocabulary: Vocabulary, told_in: str) -> None:
    fields = []
    for row, (label, text) in enumerate(FILLED.items()):
        name = label.rstrip(":")
        more = f"/TU({name})" if told_in == "TU" else ""
        fields.append(written(name if told_in == "T" else f"Text{row}", text, 72, 660 - 60 * row, more=more))
    expect_filled(told(read, vocabulary, noted(printed([(72, 760, "FORMATO")]), fields)))


def hexed(text: str) -> str:
    """A text as a PDF writes it in UTF-16."""
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


def test_names_and_values_are_cleaned_as_pages_are(read: Read, vocabulary: Vocabulary) -> None:
    name, value = "Lu\u00adgar de\u00a0encuentro", "La pla\u00adza\u202e de\u00a0to\x07dos en Me\u0301xico"
    entries = f"/Subtype/Widget/FT/Tx/T{hexed(name)}/V{hexed(value)}/DA(/F1 12 Tf 0 g)"
    data = noted(printed([(72, 760, "FORMATO")]), [Note(entries, (72, 600, 372, 620))])
    assert read(data).pages[0].answers == (("Lugar de encuentro", "La plaza de todos en México"),)


@pytest.mark.parametrize(("label", "told_as"), [("C.P.:", "C.P"), ("Núm.:", "Núm"), ("Tel.:", "Tel")])
def test_points_in_printed_labels_cut_nothing(read: Read, label: str, told_as: str) -> None:
    data = noted(printed([(72, 700, label)]), [field("topmost.f1[0]", "37000", (130, 695, 300, 715))])
    assert read(data).pages[0].answers == ((told_as, "37000"),)


def test_a_short_value_takes_no_longer_answer_that_holds_it_away(read: Read, vocabulary: Vocabulary) -> None:
    rows = [(72, 700, "Escuelas:"), (72, 660, "Objetivo general: Abrir 3 plazas."), (72, 640, "Ciudad: León 3")]
    found = told(read, vocabulary, noted(printed(rows), [field("f1", "3", (160, 695, 300, 715))]))
    assert proposed(found) == {"objectives": {"es": "Abrir 3 plazas."}, "city": "León 3"}


def test_two_fields_in_a_row_are_told_apart(read: Read, vocabulary: Vocabulary) -> None:
    content = printed([(72, 700, "Ciudad:"), (320, 700, "Año de inicio:"), (72, 650, "Título:"), (320, 650, "Estado:")])
    fields = [
        field("a", "León", (130, 695, 300, 715)),
        field("b", "2021", (420, 695, 520, 715)),
        field("c", "La plaza", (130, 645, 300, 665)),
        field("d", "Vigente", (420, 645, 520, 665)),
    ]
    expected = {"city": "León", "start_year": 2021, "title": {"es": "La plaza"}, "state": "running"}
    assert proposed(told(read, vocabulary, noted(content, fields))) == expected


@pytest.mark.parametrize("kind", ["", "/Ff 32768"])
def test_ticked_boxes_and_radio_buttons_choose(read: Read, vocabulary: Vocabulary, kind: str) -> None:
    words = [(72, 700, "Estado:"), (140, 700, "Concluida"), (212, 700, "Vigente"), (72, 650, "Población objetivo:")]
    words += [(90, 630, "Niñas y niños"), (90, 610, "Jóvenes"), (90, 590, "Personas mayores")]
    boxes = [(124, 699, False), (196, 699, True), (74, 629, True), (74, 609, False), (74, 589, True)]
    data = noted(printed(words), [ticked(left, bottom, on, kind) for left, bottom, on in boxes])
    expected = {"state": "running", "groups": ["ninas-ninos", "personas-mayores"]}
    assert proposed(told(read, vocabulary, data)) == expected


def test_of_a_list_only_what_is_chosen_is_proposed(read: Read, vocabulary: Vocabulary) -> None:
    menu = "/Subtype/Widget/FT/Ch/Ff 131072/T(e)/Opt[(Vigente)(Concluida)]/V(Vigente)/DA(/F1 12 Tf 0 g)"
    listed = "/Subtype/Widget/FT/Ch/Ff 2097152/T(g)/Opt[(Ni\\361as y ni\\361os)(J\\363venes)(Personas mayores)]"
    listed += "/V[(J\\363venes)]/I[1]/DA(/F1 12 Tf 0 g)"
    notes = [Note(menu, (160, 695, 300, 715)), Note(listed, (200, 600, 400, 665))]
    found = told(read, vocabulary, noted(printed([(72, 700, "Estado:"), (72, 650, "Población objetivo:")]), notes))
    assert proposed(found) == {"state": "running", "groups": ["jovenes"]}
