"""The fields that a file gives under its own labels."""

import io
from collections.abc import Callable, Sequence

import docx
import pytest

from bank.ingest import ExtractedPage
from bank.ingest.labelled.fields import LabelledValue, find_labelled_values
from bank.ingest.labelled.labels import build_kind_labels
from bank.vocabulary import Vocabulary, load_vocabulary
from tests.ingest import making_pdfs
from tests.ingest.conftest import Read

Labelled = Callable[..., dict[str, LabelledValue]]

EIGHT = {
    "Título": "La plaza que enseña",
    "Ciudad": "Morelia, Michoacán",
    "Año de inicio": "Marzo de 2019",
    "Objetivo general": "Que las familias vuelvan a usar la plaza.",
    "Metodología": "Reuniones de vecinos y talleres cada sábado.",
    "Resultados e impacto": "Se recuperaron tres plazas; 1.200 personas participan.",
    "Población objetivo": "Niñas y niños; personas mayores",
    "Contacto": "Dirección de Educación, educacion@example.org",
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture
def of_lines(vocabulary: Vocabulary) -> Labelled:
    """What is found in the lines of one page of a PDF."""

    def find(*lines: str, kind: str = "experience", language: str = "es") -> dict[str, LabelledValue]:
        return find_labelled_values([ExtractedPage(1, "\n".join(lines))], vocabulary, kind, language)

    return find


def values(found: dict[str, LabelledValue]) -> dict[str, object]:
    return {id: one.value for id, one in found.items()}


def unstyled(paragraphs: Sequence[tuple[str, bool]]) -> bytes:
    """A Word document without any style: (text, whether it is bold)."""
    document = docx.Document()
    for text, bold in paragraphs:
        document.add_paragraph().add_run(text).bold = bold or None
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


EXPECTED = {
    "title": {"es": "La plaza que enseña"},
    "city": "Morelia, Michoacán",
    "start_year": 2019,
    "objectives": {"es": "Que las familias vuelvan a usar la plaza."},
    "methodology": {"es": "Reuniones de vecinos y talleres cada sábado."},
    "results": {"es": "Se recuperaron tres plazas; 1.200 personas participan."},
    "groups": ["ninas-ninos", "personas-mayores"],
    "contact": {"post": "Dirección de Educación", "mailbox": "educacion@example.org"},
}


def test_an_unstyled_document_with_bold_headings_fills_its_labelled_fields(read: Read, vocabulary: Vocabulary) -> None:
    rows = [("EXPERIENCIA PARA EL ENCUENTRO", True)]
    for label, text in EIGHT.items():
        rows += [(label, True), (text, False)]
    rows += [("Anexo fotográfico", True), ("Tres fotos de la plaza.", False)]
    found = read(unstyled(rows), "experiencia.docx")
    assert values(find_labelled_values(found.pages, vocabulary, "experience", "es")) == EXPECTED
    assert "Metodología" in [page.label for page in found.pages]


def test_bold_words_that_open_their_own_paragraph_are_labels_too(read: Read, vocabulary: Vocabulary) -> None:
    document = docx.Document()
    for label, text in EIGHT.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(text)
    out = io.BytesIO()
    document.save(out)
    assert (
        values(find_labelled_values(read(out.getvalue(), "x.docx").pages, vocabulary, "experience", "es")) == EXPECTED
    )


def test_a_form_in_a_table_fills_its_fields(read: Read, vocabulary: Vocabulary) -> None:
    document = docx.Document()
    table = document.add_table(0, 2)
    for label, text in EIGHT.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, text
    several = table.add_row().cells
    several[0].text, several[1].text = "Áreas municipales implicadas", "Educación\nCultura\nParques"
    unknown = table.add_row().cells
    unknown[0].text, unknown[1].text = "Folio interno", "A-17"
    out = io.BytesIO()
    document.save(out)
    found = values(find_labelled_values(read(out.getvalue(), "x.docx").pages, vocabulary, "experience", "es"))
    assert found == EXPECTED | {"departments": {"es": "Educación\nCultura\nParques"}}


def test_a_table_of_several_experiences_is_not_taken_for_one(read: Read, vocabulary: Vocabulary) -> None:
    document = docx.Document()
    table = document.add_table(0, 2)
    for row in (("Ciudad", "Año de inicio"), ("León", "2018"), ("Morelia", "2018")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    found = values(find_labelled_values(read(out.getvalue(), "x.docx").pages, vocabulary, "experience", "es"))
    assert found == {"start_year": 2018}


def test_a_pdf_with_labels_in_capitals_fills_its_fields(read: Read, vocabulary: Vocabulary) -> None:
    texts: list[str] = []
    for label, text in EIGHT.items():
        texts += [f"{label.upper()}:", text]
    texts[10:10] = ["FOLIO INTERNO:", "A-17"]
    found = read(making_pdfs.pdf(making_pdfs.lines(texts)), "experiencia.pdf")
    assert values(find_labelled_values(found.pages, vocabulary, "experience", "es")) == EXPECTED


def test_a_value_that_goes_on_over_a_page_is_kept_whole(read: Read, vocabulary: Vocabulary) -> None:
    first = making_pdfs.lines(["3. Objetivos", "1. Abrir la plaza todos los días a las familias del barrio, también a"])
    second = making_pdfs.lines(
        ["las de la zona rural", "2. Reunir edades", "4. Antecedentes", "La plaza era un baldío."]
    )
    found = find_labelled_values(read(making_pdfs.book([first, second]), "x.pdf").pages, vocabulary, "experience", "es")
    whole = "Abrir la plaza todos los días a las familias del barrio, también a las de la zona rural"
    assert found["objectives"].value == {"es": f"{whole}\nReunir edades"}
    assert (found["objectives"].page, found["objectives"].label) == (1, "Objetivos")
    assert found["context"].value == {"es": "La plaza era un baldío."}
    assert (found["context"].page, found["context"].evidence) == (2, "Antecedentes: La plaza era un baldío.")


def test_markdown_headings_are_labels(read: Read, vocabulary: Vocabulary) -> None:
    text = (
        "# La plaza\n\n## Objetivos\n\n- Abrir\n- Reunir\n\n### Notas\n\nOtra cosa.\n\n## Evaluación\n\nUna.\n\nDos.\n"
    )
    found = values(find_labelled_values(read(text, "x.md").pages, vocabulary, "experience", "es"))
    assert found == {"objectives": {"es": "Abrir\nReunir"}, "evaluation": {"es": "Una.\n\nDos."}}


@pytest.mark.parametrize(
    "line",
    [
        "OBJETIVO GENERAL: Abrir",
        "3. Objetivos: Abrir",
        "III.- Objetivo general.- Abrir",
        "• Objectiu general: Abrir",
        "Objetivos (máximo 150 palabras): Abrir",
        "Objectifs : Abrir",
        "OBJETIVOS | Abrir",
        "b) Objetivo geral – Abrir",
    ],
)
def test_a_label_is_known_however_it_is_written(of_lines: Labelled, line: str) -> None:
    assert values(of_lines(line)) == {"objectives": {"es": "Abrir"}}


@pytest.mark.parametrize(
    "lines",
    [
        ("El programa mejora los", "resultados", "de las escuelas."),
        ("La red reúne a cada", "Ciudad", "que firma la Carta."),
        ("Los objetivos de la plaza: abrirla.",),
        ("Objetivos ........................ 3",),
        ("Introducción", "Objetivos", "Metodología", "Resultados"),
        ("Ciudad: ______________", "Año de inicio: ........"),
        ("☐ Participación ciudadana", "☐ Evaluación"),
    ],
    ids=["a-word", "a-capital", "a-sentence", "a-leader", "a-list-of-contents", "an-empty-form", "boxes"],
)
def test_running_text_and_empty_places_give_nothing(of_lines: Labelled, lines: tuple[str, ...]) -> None:
    assert of_lines(*lines) == {}


def test_the_year_in_which_the_period_begins_is_the_start_year(of_lines: Labelled) -> None:
    assert values(of_lines("Periodo: enero a marzo de 2020")) == {
        "period": {"from": "2020-01", "to": "2020-03"},
        "start_year": 2020,
    }


def test_general_and_specific_objectives_come_together(of_lines: Labelled) -> None:
    found = of_lines("Objetivo general:", "Abrir la plaza.", "Objetivos específicos:", "• Reunir", "• Cuidar")
    assert found["objectives"].value == {"es": "Abrir la plaza.\nReunir\nCuidar"}


def test_a_named_person_is_never_the_public_contact(of_lines: Labelled) -> None:
    assert values(of_lines("Contacto: Juana Pérez, 477 123 4567")) == {}
    found = of_lines("Contacto:", "Nombre: Juana Pérez", "Cargo: Enlace municipal", "Correo: enlace@example.org")
    assert found["contact"].value == {"post": "Enlace municipal", "mailbox": "enlace@example.org"}


def test_pesos_are_those_of_the_files_city(of_lines: Labelled) -> None:
    assert of_lines("Costo: 120 mil pesos")["cost"].value == {"amount": 120000}
    assert of_lines("Ciudad: León", "Costo: 120 mil pesos")["cost"].value == {"amount": 120000, "currency": "MXN"}
    assert of_lines("Ciudad: Rosario, Argentina", "Costo: $ 1.200.000,50")["cost"].value == {
        "amount": 1200000.5,
        "currency": "ARS",
    }


def test_texts_are_in_the_language_that_the_file_names(of_lines: Labelled) -> None:
    found = of_lines("Idioma: portugués", "Título: A praça que ensina")
    assert values(found) == {"language": "pt", "title": {"pt": "A praça que ensina"}}


def test_bare_numbers_of_an_old_file_are_no_principles_of_2020(of_lines: Labelled) -> None:
    assert "principles" not in of_lines("Año: 2018", "Principios: 8 y 11")
    assert of_lines("Año: 2021", "Principios: 8 y 11")["principles"].value == ["8", "11"]
    assert of_lines("Año: 2018", "Principios: 8. Gobernanza y participación ciudadana")["principles"].value == ["8"]


def test_another_kinds_field_ends_a_value_and_gives_none(of_lines: Labelled) -> None:
    found = of_lines("Resumen:", "Una memoria.", "Metodología:", "La de siempre.", kind="report")
    assert values(found) == {"summary": {"es": "Una memoria."}}


def test_a_single_answer_is_not_stretched_over_the_rest_of_the_page(of_lines: Labelled) -> None:
    found = of_lines("Área responsable: Dirección de Educación", "Aprobado en cabildo el 3 de marzo de 2021.")
    assert found["organisation"].value == "Dirección de Educación"


def test_no_answer_is_longer_than_a_form_allows_for(of_lines: Labelled) -> None:
    found = of_lines(
        "Resumen", *(["Una línea larga que cuenta lo mismo que todas las demás de este texto tan largo."] * 400)
    )
    assert len(found["summary"].value["es"]) < 3600  # type: ignore[index]


def test_terms_and_cities_stand_one_a_line(of_lines: Labelled) -> None:
    found = of_lines(
        "Temas:",
        "Medio ambiente",
        "Emergencias, crisis y",
        "resiliencia",
        "Ciudades participantes:",
        "Morelia",
        "Zacatecas",
    )
    assert values(found) == {
        "themes": ["medio-ambiente", "emergencias-resiliencia"],
        "cities": ["Morelia", "Zacatecas"],
    }


UNITS = [
    ".",
    "_",
    " .",
    "1.",
    "2019.",
    "a",
    "a@",
    "(",
    "| ",
    "x, ",
    "Ciudad: ",
    "☐ ",
    "1 000 ",
    "\n",
    "-",
    "Ab\n",
    "A:\n",
]


@pytest.mark.parametrize("label", ["", "Contacto: ", "Costo: ", "Periodo: ", "Temas: ", "Enlaces: ", "Objetivos: "])
def test_very_long_lines_of_anything_are_gone_through(of_lines: Labelled, label: str) -> None:
    """Steps that grow with the square of a line's length would take hours here."""
    for unit in UNITS:
        found = of_lines(label + unit * (60_000 // len(unit)) + "x")
        assert set(found) <= {"contact", "cost", "period", "start_year", "themes", "links", "objectives", "city"}


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Antecedentes y problemática", "context"),
        ("DESCRIPCIÓN DE ACTIVIDADES / METODOLOGÍA", "methodology"),
        ("Principio(s) de la Carta", "principles"),
        ("Principio(s) de la Carta de Ciudades Educadoras", "principles"),
        ("Nombre y cargo del responsable", "contact_person"),
        ("Municipio y Estado", "city"),
        ("Presupuesto y fuente de financiamiento", "cost"),
        ("Ligas / enlaces", "links"),
        ("Impactos y resultados", "results"),
        ("Retos y aprendizajes", "weak_points"),
        ("Título de la buena práctica", "title"),
        ("3. Resultados del proyecto:", "results"),
        ("Objetivos e metodologia", "objectives"),
        ("Objectius i metodologia", "objectives"),
        ("Objectifs et méthodologie", "objectives"),
        ("Goals and methodology", "objectives"),
    ],
)
def test_a_label_that_says_more_than_a_fields_own_is_heard(vocabulary: Vocabulary, label: str, field: str) -> None:
    heard = build_kind_labels(vocabulary, "experience").field(label)
    assert heard is not None
    assert heard.id == field


@pytest.mark.parametrize(
    "text",
    [
        "Niñas, niños y participantes",
        "Actividades y talleres que se realizan cada sábado en la plaza",
        "Salvatierra y Guanajuato",
        "Lo que sigue y lo que falta",
    ],
)
def test_running_text_that_joins_words_is_no_label(vocabulary: Vocabulary, text: str) -> None:
    assert not build_kind_labels(vocabulary, "experience").knows(text)


def test_who_is_counted_in_brackets_and_a_sum_among_shares_are_read(of_lines: Labelled) -> None:
    found = values(
        of_lines(
            "Número de beneficiarios: 1,862 personas (1,014 mujeres y 848 hombres)",
            "Presupuesto y fuente de financiamiento: $ 486,500.00 M.N. (2021-2023), municipio 70 % y padres 30 %",
            "Situación actual: En operación",
        )
    )
    assert (found["participants_total"], found["participants_women"], found["participants_men"]) == (1862, 1014, 848)
    assert found["cost"]["amount"] == 486_500  # type: ignore[index]
    assert found["state"] == "running"


def test_women_and_men_that_are_told_apart_are_not_replaced(of_lines: Labelled) -> None:
    found = values(of_lines("Mujeres: 20", "Participantes: 30 (21 mujeres)", "Hombres: 10"))
    assert (found["participants_women"], found["participants_men"]) == (20, 10)


BESIDE = ("Ciudad: Morelia", "Periodo: 2019 - 2022")


@pytest.mark.parametrize(
    ("name", "after", "title"),
    [
        ("Nombre: Cuentos de la plaza para todos", BESIDE, {"es": "Cuentos de la plaza para todos"}),
        ("Nome: Praças que ensinam a ler", ("Cidade: Morelia",), {"es": "Praças que ensinam a ler"}),
        ("Nombre: María de la Luz Ficticia", BESIDE, None),
        ("Nombre: Enlace con las escuelas", ("Correo: enlace@ciudad.example",), None),
        ("Nombre: Cuentos de la plaza para todas las edades", ("Firma: ilegible",), None),
    ],
)  # fmt: skip
def test_a_bare_name_is_the_title_unless_it_is_a_persons(
    of_lines: Labelled, name: str, after: Sequence[str], title: object
) -> None:
    assert values(of_lines("AYUNTAMIENTO FICTICIO", name, *after)).get("title") == title


def test_a_title_with_a_label_of_its_own_goes_before_a_bare_name(of_lines: Labelled) -> None:
    found = of_lines("Nombre: Cuentos de la plaza", *BESIDE, "Título: La plaza que enseña")
    assert found["title"].value == {"es": "La plaza que enseña"}


def test_whom_it_is_aimed_at_names_the_groups(of_lines: Labelled) -> None:
    found = of_lines("Población a la que se dirige: Niñas y niños de primaria")
    assert found["groups"].value == ["ninas-ninos"]
