"""The title that is chosen among properties, cover, first lines and the file's name."""

import pytest

from bank.ingest.extraction import ExtractedPage
from bank.ingest.proposals.document import DocumentFacts, propose_for_document
from bank.ingest.proposals.titles import ProposedTitle, TitleLine, propose_title

BODY = [TitleLine(1, 10.0, False, "La ciudad trabaja con las escuelas y las familias de todos los barrios.")] * 5


def proposed(
    *lines: TitleLine, named: str | None = None, given: str | None = None, body: float = 10.0
) -> ProposedTitle:
    return propose_title(given, named, lines, body, None, "x/plan-de_barrio.pdf")


def drawn(text: str, size: float = 20.0, page: int = 1, bold: bool = False) -> TitleLine:
    return TitleLine(page, size, bold, text)


@pytest.mark.parametrize(
    "junk",
    [
        "Microsoft Word - acta FINAL v3.doc", "boletin_final.indd", "Presentación de PowerPoint", "Sin título-1",
        "d41d8cd98f00b204e9800998ecf8427e", "BoletÃ\xadn de mayo", "Untitled", "Documento1", "***", "", "a", None,
        "Copy of Reglamento", "Plantilla de informe", "Publicación oficial", "PORTADA",
    ],
)  # fmt: skip
def test_a_title_that_is_junk_is_passed_over(junk: str | None) -> None:
    assert proposed(drawn("Huertos escolares"), *BODY, named=junk).text == "Huertos escolares"


@pytest.mark.parametrize("sound", ["Boletín 3", "Plan 2020-2024", "Memoria", "La ciudad: un aula"])
def test_a_sound_title_in_the_properties_that_is_printed_is_taken(sound: str) -> None:
    found = proposed(drawn("OTRA COSA", 14), drawn(sound.upper(), 12), *BODY, named=sound)
    assert (found.text, found.origin.source, found.origin.doubtful) == (sound, "metadata", False)


def test_a_title_in_the_properties_that_is_only_a_part_of_the_printed_one_gives_way_to_it() -> None:
    assert proposed(drawn("Reglamento de becas"), *BODY, named="Reglamento").text == "Reglamento de becas"


def test_what_nothing_on_the_pages_bears_out_is_a_doubtful_title() -> None:
    assert proposed(*BODY, named="Alumnos de intercambio").origin.doubtful


@pytest.mark.parametrize(
    "other",
    [
        "Universidad de Villa Ejemplo", "AYUNTAMIENTO DE VILLA EJEMPLO", "Instituto Municipal de la Juventud",
        "PORTADA", "3 de mayo de 2021", "Trabajo de Fin de Grado", "Página 1 de 12", "www.ejemplo.org",
        "Documento técnico",
    ],
)  # fmt: skip
def test_institutions_mastheads_and_dates_are_no_titles_however_large(other: str) -> None:
    assert proposed(drawn(other, 30), drawn("Caminos seguros a la escuela", 16), *BODY).text == (
        "Caminos seguros a la escuela"
    )


def test_what_says_of_what_sort_it_is_begins_the_title() -> None:
    first = drawn("Cambios del reglamento")
    assert proposed(first, drawn("Propuesta: Plan de uso de las plazas"), *BODY).text == "Plan de uso de las plazas"
    assert proposed(first, drawn("Proyecto: Plazas para todos"), *BODY).text == "Proyecto: Plazas para todos"
    assert proposed(first, drawn("Anexo: 7"), *BODY).text == "Cambios del reglamento Anexo: 7"


def test_a_cover_with_the_kind_of_document_alone_says_beneath_it_what_it_is_about() -> None:
    about = [drawn("BECAS Y AYUDAS", 14), drawn("PARA JÓVENES", 14)]
    assert proposed(drawn("REGLAMENTO"), *about).text == "REGLAMENTO BECAS Y AYUDAS PARA JÓVENES"
    assert proposed(drawn("REGLAMENTO"), drawn("AYUNTAMIENTO DE VILLA EJEMPLO", 14)).text == "REGLAMENTO"
    assert proposed(drawn("MEMORIA"), drawn("2023", 14)).text == "MEMORIA"
    assert proposed(drawn("REGLAMENTO"), *about, *BODY).text == "REGLAMENTO"


def test_a_title_may_begin_with_an_institution() -> None:
    text = "Ayuntamiento de Villa Ejemplo: memoria de actividades"
    assert proposed(drawn(text, 16), *BODY).text == text


def test_the_name_of_an_institution_ends_where_the_title_begins() -> None:
    lines = [drawn(text, bold=True) for text in ("INSTITUTO DE EDUCACIÓN", "SUPERIOR", "PLAN ANUAL DE TRABAJO", "2021")]
    assert proposed(*lines, *BODY).text == "PLAN ANUAL DE TRABAJO 2021"


def test_an_act_is_called_what_follows_the_words_that_enact_it() -> None:
    lines = [drawn(text, bold=True) for text in ("“EL CONCEJO DELIBERANTE", "SANCIONA CON FUERZA DE ORDENANZA N° 7”")]
    assert proposed(*lines, *BODY).text == "ORDENANZA N° 7"


def test_a_title_goes_on_in_smaller_letters_where_it_says_nothing_alone_and_ends_at_a_chapter() -> None:
    lines = [drawn("ESTATUTOS", 20), drawn("DE LA ASOCIACIÓN DE FAMILIAS", 11), drawn("Artículo 1. Nombre", 11)]
    assert proposed(*lines, *BODY).text == "ESTATUTOS DE LA ASOCIACIÓN DE FAMILIAS"


def test_of_several_titles_on_a_page_the_one_that_the_files_name_tells_is_taken() -> None:
    lines = [drawn("Designan directora general", 14), *BODY, drawn("Aprueban el programa de huertos", 12)]
    found = propose_title(None, None, lines, 10.0, None, "programa-huertos-2021.pdf")
    assert found.text == "Aprueban el programa de huertos"


def test_a_gazette_is_called_by_its_masthead() -> None:
    lines = [drawn("Jornal da República", 11, bold=True), drawn("Série I, N.° 28", 8), drawn("SUMÁRIO", 20), *BODY]
    assert proposed(*lines).text == "Jornal da República"


def test_a_cover_that_is_nothing_but_its_title_is_measured_against_the_pages_after_it() -> None:
    found = proposed(drawn("Protocolo de", 24), drawn("espacios comunes", 24))
    assert (found.text, found.origin.source, found.origin.page) == ("Protocolo de espacios comunes", "printed", 1)


def test_where_nothing_is_larger_the_line_that_is_marked_and_reads_like_a_title_is_taken() -> None:
    lines = [
        drawn("Asociación de vecinas de Villa Ejemplo", 10, bold=True),
        drawn("Se reúnen en la plaza las personas que firman.", 10),
        drawn("ACTA DE LA ASAMBLEA GENERAL", 10, bold=True),
        *BODY,
    ]
    found = proposed(*lines)
    assert (found.text, found.origin.doubtful) == ("ACTA DE LA ASAMBLEA GENERAL", False)


def test_a_first_line_that_may_be_anything_is_doubtful() -> None:
    found = proposed(drawn("Sobre los uniformes", 10), drawn("Estimadas familias", 10, bold=True), *BODY)
    assert (found.text, found.origin.doubtful) == ("Sobre los uniformes", True)


def test_without_any_text_the_name_of_the_file_is_a_doubtful_title() -> None:
    found = proposed()
    assert (found.text, found.origin.source, found.origin.doubtful) == ("Plan de barrio", "name", True)


@pytest.mark.parametrize("given", ["007", "2019", "www.ejemplo.org", "Sin título"])
def test_a_title_that_somebody_gave_stays_as_it_is(given: str) -> None:
    found = proposed(drawn("Otra cosa"), *BODY, given=given)
    assert (found.text, found.origin.source, found.origin.doubtful) == (given, "given", False)


def test_a_title_has_the_accents_and_letters_that_were_mended_on_its_page() -> None:
    lines = [drawn("Plan de educacion ´ para la"), drawn("CI U DAD DE TO DOS"), *BODY]
    text = "Plan de educación para la\nCIUDAD DE TODOS\n" + BODY[0].text
    found = propose_for_document(DocumentFacts(lines=lines, body=10.0), [ExtractedPage(1, text)], "plan.pdf")
    assert found.title == "Plan de educación para la CIUDAD DE TODOS"
