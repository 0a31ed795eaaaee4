"""What a form gives that no field takes."""

import io

import docx
import pytest

from bank.ingest.extraction import ExtractedPage, Extraction
from bank.ingest.labelled.answers import Line
from bank.ingest.labelled.ends import OpenAnswer
from bank.ingest.labelled.fields import read_labels
from bank.ingest.labelled.labels import LabelStyle, build_kind_labels
from bank.ingest.labelled.unplaced import unplaced_answers
from bank.vocabulary import Vocabulary, load_vocabulary
from tests.ingest import making_pdfs
from tests.ingest.conftest import Read

HEARD = {"Objetivo general": "Abrir la plaza a las familias.", "Resultados obtenidos": "Se abrieron tres plazas."}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def left(found: Extraction, vocabulary: Vocabulary, kind: str = "experience") -> dict[str, tuple[str, str]]:
    told = read_labels(found.pages, vocabulary, kind, "es").unplaced
    return {one.label: (one.text, one.field) for one in told}


def table(rows: dict[str, str]) -> bytes:
    document = docx.Document()
    made = document.add_table(0, 2)
    for label, text in rows.items():
        cells = made.add_row().cells
        cells[0].text, cells[1].text = label, text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_rows_of_a_table_without_a_field_are_told_with_the_likeliest(read: Read, vocabulary: Vocabulary) -> None:
    rows = {"Lecciones aprendidas": "La directora lo hace suyo.", "Folio interno": "A-17", "Zona": "_______"}
    found = read(table(HEARD | rows), "x.docx")
    assert left(found, vocabulary) == {
        "Lecciones aprendidas": ("La directora lo hace suyo.", "evaluation"),
        "Folio interno": ("A-17", "context"),
    }


def test_a_value_that_its_field_can_not_take_is_told(read: Read, vocabulary: Vocabulary) -> None:
    found = read(table(HEARD | {"Número de beneficiarios": "Muchas familias del barrio"}), "x.docx")
    assert left(found, vocabulary) == {"Número de beneficiarios": ("Muchas familias del barrio", "context")}


def test_lines_with_a_colon_are_told_where_others_are_heard(read: Read, vocabulary: Vocabulary) -> None:
    texts = [f"{label}: {text}" for label, text in HEARD.items()]
    texts[1:1] = ["Lugar: Plaza de la Ficción", "Color preferido: Verde"]
    found = read(making_pdfs.pdf(making_pdfs.lines(texts)), "x.pdf")
    assert left(found, vocabulary) == {
        "Lugar": ("Plaza de la Ficción", "context"),
        "Color preferido": ("Verde", "context"),
    }


def test_sections_under_headings_without_a_field_are_told(read: Read, vocabulary: Vocabulary) -> None:
    text = "# La plaza\n\nUna entrada.\n\n## Introducción\n\nEl barrio.\n\n"
    text += "".join(f"## {label}\n\n{said}\n\n" for label, said in HEARD.items())
    text += "## Obstáculos superados\n\nLa lluvia.\n\nEl ruido.\n"
    assert left(read(text, "x.md"), vocabulary) == {
        "Introducción": ("El barrio.", "context"),
        "Obstáculos superados": ("La lluvia.\n\nEl ruido.", "weak_points"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Hora: las diez\nAsunto: la plaza\nPara: quien corresponda",
        "Objetivo general: Abrir\nColor: Verde",
        "# Acta\n\n## Uno\n\nSe leyó.\n\n## Dos\n\nSe votó.",
    ],
)
def test_a_text_that_is_no_form_tells_nothing(read: Read, vocabulary: Vocabulary, text: str) -> None:
    assert left(read(text, "x.md"), vocabulary) == {}


def test_a_long_report_tells_only_what_stands_on_a_page_with_several_labels(vocabulary: Vocabulary) -> None:
    form = "\n".join([*(f"{label}: {text}" for label, text in HEARD.items()), "Folio: A-17"])
    pages = [ExtractedPage(1, form), *(ExtractedPage(number, f"Testigo: El {number}.") for number in range(2, 12))]
    told = read_labels(pages, vocabulary, "experience", "es").unplaced
    assert [(one.label, one.text, one.page) for one in told] == [("Folio", "A-17", 1)]


def test_a_second_answer_to_a_short_field_is_told(read: Read, vocabulary: Vocabulary) -> None:
    text = table(HEARD | {"Entidad organizadora": "Casa de la Ficción", "Dirección o área responsable": "Otra casa"})
    told = left(read(text, "x.docx"), vocabulary)
    assert [text for text, _ in told.values()] == ["Otra casa"]


def test_an_entity_of_the_state_is_not_the_one_that_organises(read: Read, vocabulary: Vocabulary) -> None:
    rows = {"Entidad federativa": "Guanajuato", "Entidad organizadora": "Casa de la Ficción"}
    found = read_labels(read(table(HEARD | rows), "x.docx").pages, vocabulary, "experience", "es")
    assert found.values["organisation"].value == "Casa de la Ficción"
    assert [(one.label, one.text) for one in found.unplaced] == [("Entidad federativa", "Guanajuato")]


@pytest.mark.parametrize(
    ("label", "text"), [("Teléfono para jóvenes en riesgo", "Talleres"), ("Correo para mayores", "En la oficina")]
)
def test_a_phone_needs_figures_and_a_mail_address_its_sign(
    read: Read, vocabulary: Vocabulary, label: str, text: str
) -> None:
    found = read_labels(read(table(HEARD | {label: text}), "x.docx").pages, vocabulary, "experience", "es")
    assert not {"contact", "contact_phone"} & set(found.values)
    assert [(one.label, one.text) for one in found.unplaced] == [(label, text)]


def answered(label: str, text: str) -> OpenAnswer:
    return OpenAnswer(label, None, LabelStyle(), Line(label, 1, "docx"), lines=[Line(text, 1, "docx")])


def test_letters_are_counted_of_what_is_kept_with_its_label(vocabulary: Vocabulary) -> None:
    labels = build_kind_labels(vocabulary, "experience")
    long = [answered("Color", "palabra " * 2000) for _ in range(9)]
    assert [one.label for one in unplaced_answers([*long, answered("Folio", "A-17")], labels, ())] == ["Color", "Folio"]
    named = [answered(f"{number} {'Etiqueta' * 900}", "Uno") for number in range(20)]
    assert len(list(unplaced_answers(named, labels, ()))) < 10


def test_of_a_long_report_no_chapter_is_told_but_what_stands_beside_known_ones(
    read: Read, vocabulary: Vocabulary
) -> None:
    report = "".join(f"## Capítulo sobre la plaza {letter}\n\n{'Frases y frases. ' * 400}\n\n" for letter in "ABCDEFGH")
    form = "".join(f"## {label}\n\n{said}\n\n" for label, said in HEARD.items())
    text = f"# La plaza\n\n{form}## Color\n\nVerde.\n\n## Historia\n\n{'Frases y frases. ' * 400}\n\n{report}"
    assert left(read(text, "x.md"), vocabulary) == {"Color": ("Verde.", "context")}


def test_a_short_form_may_have_many_sections(read: Read, vocabulary: Vocabulary) -> None:
    said = {**HEARD, **{f"Dato {letter}": f"Uno {letter}" for letter in "ABCDEFGH"}}
    text = "# La plaza\n\n" + "".join(f"## {label}\n\n{text}\n\n" for label, text in said.items())
    assert list(left(read(text, "x.md"), vocabulary)) == [f"Dato {letter}" for letter in "ABCDEFGH"]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Aprendizajes", "evaluation"),
        ("Lições aprendidas", "evaluation"),
        ("Lliçons apreses", "evaluation"),
        ("Leçons apprises", "evaluation"),
        ("Lessons learned", "evaluation"),
        ("Lecciones aprendidas / Aprendizajes", "evaluation"),
        ("Palavras-chave", "summary"),
        ("Mots-clés", "summary"),
        ("Palabras clave", "summary"),
        ("Lieu", "context"),
        ("Introducció", "context"),
    ],
)
def test_usual_labels_without_a_field_have_a_likeliest_one_in_five_languages(
    read: Read, vocabulary: Vocabulary, label: str, field: str
) -> None:
    assert left(read(table(HEARD | {label: "Uno y dos."}), "x.docx"), vocabulary) == {label: ("Uno y dos.", field)}


def test_another_kind_has_its_own_likeliest_field(read: Read, vocabulary: Vocabulary) -> None:
    rows = {"Compromisos": "Abrir la plaza.", "Partes": "León y sus vecinas", "Introducción": "El barrio."}
    assert left(read(table(rows), "x.docx"), vocabulary, "agreement") == {"Introducción": ("El barrio.", "summary")}


def test_a_long_paragraph_after_a_label_and_a_colon_is_told_whole(read: Read, vocabulary: Vocabulary) -> None:
    long = "El jurado recomienda seguir con las plazas. " * 120
    text = "".join(f"{label}: {answer}\n\n" for label, answer in HEARD.items())
    found = read(f"{text}Observaciones del jurado: {long}\n\nFolio interno: A-17\n".encode(), "x.md")
    told = read_labels(found.pages, vocabulary, "experience", "es")
    assert {one.label: one.text for one in told.unplaced} == {
        "Observaciones del jurado": long.strip(),
        "Folio interno": "A-17",
    }
    assert told.values["results"].value == {"es": HEARD["Resultados obtenidos"]}


def test_what_became_the_title_is_not_told_again(read: Read, vocabulary: Vocabulary) -> None:
    rows = [
        "Nombre: Cuentos de la plaza para todos",
        "Ciudad: Morelia",
        *(f"{label}: {text}" for label, text in HEARD.items()),
    ]
    found = read(making_pdfs.pdf(making_pdfs.lines(rows)), "x.pdf")
    told = read_labels(found.pages, vocabulary, "experience", "es")
    assert told.values["title"].value == {"es": "Cuentos de la plaza para todos"}
    assert [one.label for one in told.unplaced] == []
