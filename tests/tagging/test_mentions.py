"""Principles that are named by number, and which Charter's number it is."""

import pytest

from bank.tagging.mentions import find_mentions
from bank.vocabulary import load_vocabulary


def named(text: str, date: str | None = None) -> list[str]:
    return [mention.term for mention in find_mentions(load_vocabulary(), [text], date)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Responde al principio 8 de la Carta.", ["8"]),
        ("Se apoya en los principios 2, 5 y 11.", ["2", "5", "11"]),
        ("Os princípios 2, 5 e 11 da Carta.", ["2", "5", "11"]),
        ("Principis 5, 8 i 20 de la Carta.", ["5", "8", "20"]),
        ("Cela répond aux principes 13 et 14.", ["13", "14"]),
        ("It follows principles 14 to 17.", ["14", "15", "16", "17"]),
        ("Principio n.º 8: gobernanza.", ["8"]),
        ("Principio número 12.", ["12"]),
        ("Principi VIII de la Carta.", ["8"]),
        ("Le huitième principe de la Charte.", ["8"]),
        ("El principio décimo de la Carta.", ["10"]),
        ("El décimo cuarto principio de la Carta.", ["14"]),
        ("El 8º principio.", ["8"]),
        ("Principios de la Carta de Ciudades Educadoras: 2, 8 y 12.", ["2", "8", "12"]),
        ("Principios 4 (acceso a la cultura) y 19 (voluntariado).", ["4", "19"]),
    ],
)
def test_a_principle_is_known_by_its_number(text: str, numbers: list[str]) -> None:
    assert named(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "Al principio 20 personas acudieron al taller.",
        "En principio 3 talleres bastaban.",
        "A principios de 2020 se abrió el centro.",
        "El primer principio es escuchar.",
        "Los principios i valors 3.",
        "Principio 25.",
        "Un principio 10 % más caro.",
        "The principle of three meals.",
    ],
)
def test_a_beginning_and_a_count_are_no_mention(text: str) -> None:
    assert named(text) == []


def test_before_2020_a_number_is_of_the_old_charter_and_read_as_its_heirs() -> None:
    assert named("Responde al principio 9.", "2018") == ["8"]
    assert named("Responde al principio 2.", "2020-11-29") == ["3", "4"]
    assert named("Responde al principio 9.", "2020-11-30") == ["9"]
    assert named("Responde al principio 9.", "2021-02") == ["9"]


def test_the_text_says_which_charter_it_means_more_surely_than_its_date() -> None:
    assert named("Principio 9 de la Carta de 2004.", "2022") == ["8"]
    assert named("Según la Carta de Génova, 2004, el principio 11.", "2022") == ["13", "14"]
    assert named("Principio 9 de la Carta de 2020.", "2018") == ["9"]


def test_a_sentence_that_names_its_charter_counts_more_than_the_rest_of_the_text() -> None:
    said = ["La Carta de 2004 nos guía.", "El principio 9 también.", "Hoy es el principio 13 de la Carta de 2020."]
    assert [(one.term, one.sentence) for one in find_mentions(load_vocabulary(), said, None)] == [("9", 1), ("13", 2)]
    assert [(one.term, one.sentence) for one in find_mentions(load_vocabulary(), said[:2], None)] == [("8", 1)]
