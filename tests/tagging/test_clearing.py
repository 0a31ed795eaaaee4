"""What of a document counts, and what may stand as evidence."""

import pytest

from bank.search.meaning.sentences import split_sentences
from bank.tagging.clearing import (
    Sentence,
    cut_parts,
    is_contents_or_cover,
    is_noise,
    judge_sentences,
    looks_like_heading,
)
from bank.tagging.values import DocumentPart


def read(*parts: DocumentPart) -> list[Sentence]:
    return judge_sentences(cut_parts(parts, split_sentences))


@pytest.mark.parametrize(
    "text",
    [
        "Villa Ejemplo, ciudad educadora, reafirma su compromiso con los valores de la Carta.",
        "Como ciudad educadora seguiremos apostando por la educación y la inclusión.",
        "Port Sample joined the network of educating cities in 2012.",
        "Agradecemos a las familias y a la policía local su paciencia.",
        "Thanks to the sixth-formers and the caretaker.",
        "Ficha elaborada por el área de educación para el encuentro.",
        "León, Morelia, Zacatecas, Purísima del Rincón, Chihuahua y Tlaquepaque.",
        "Más información: educacion@villa.example, teléfono 555 123 4567.",
        "Inscripciones de 9 a 14 h en la oficina.",
    ],
)
def test_praise_thanks_lists_and_addresses_count_for_nothing(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ocho de cada diez participantes encontraron empleo gracias a la mejora de su formación.",
        "Vecinas de Norte, Sur y Centro plantaron árboles, regaron huertos y midieron el agua del río.",
        "The library opens at night so that teenagers from small flats can study.",
    ],
)
def test_what_was_done_counts(text: str) -> None:
    assert not is_noise(text)


def test_a_heading_is_no_sentence() -> None:
    assert looks_like_heading("Objetivos y resultados")
    assert not looks_like_heading("Se abrió la escuela.")


def test_a_page_of_contents_and_a_cover_are_left_out() -> None:
    contents = "\n".join(f"Capítulo {number} ........ {number * 3}" for number in range(1, 9))
    cover = "BOLETÍN\nNúmero 3\nRed de ejemplo\nVilla Uno\nVilla Dos\nVilla Tres\nVilla Cuatro\n2019"
    assert is_contents_or_cover(contents)
    assert is_contents_or_cover(cover)
    text = "Las niñas y los niños plantaron cuarenta árboles en el patio."
    found = read(DocumentPart(cover, 1, 1), DocumentPart(contents, 1, 2), DocumentPart(text, 1, 3))
    assert [(one.text, one.part) for one in found] == [(text, 2)]


def test_markdowns_marks_are_no_words() -> None:
    found = read(DocumentPart("## Objetivos\nPlantar **cuarenta árboles** en el patio de la escuela."))
    assert [(one.text, one.heading) for one in found] == [
        ("Objetivos", True),
        ("Plantar cuarenta árboles en el patio de la escuela.", False),
    ]


def test_where_there_are_only_headings_they_are_the_text() -> None:
    (only,) = read(DocumentPart("Presupuesto participativo con niñas y niños"))
    assert only.counts
    assert not only.heading
