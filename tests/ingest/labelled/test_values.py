"""Values as people write them."""

import pytest

from bank.ingest.labelled import contacts, dates, numbers, vocabulary_terms
from bank.ingest.labelled.answers import LabelledAnswer, Line
from bank.vocabulary import load_vocabulary


def answer(*lines: str) -> LabelledAnswer:
    return LabelledAnswer(tuple(Line(text, 1, "docx") for text in lines), True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.200 mujeres", 1200),
        ("1,200", 1200),
        ("1 200 personas", 1200),
        ("350", 350),
        ("Aproximadamente 2 mil", 2000),
        ("1.5 millones", 1_500_000),
        ("350 (de 2019 a 2021)", 350),
        ("0", 0),
        ("120 mujeres y 80 hombres", None),
        ("60%", None),
        ("3,5", None),
        ("muchas", None),
    ],
)
def test_numbers(text: str, number: int | None) -> None:
    assert numbers.single_number(text) == number


@pytest.mark.parametrize(
    ("text", "country", "money"),
    [
        ("$1,200,000 MXN", "", {"amount": 1200000, "currency": "MXN"}),
        ("120 mil pesos", "CO", {"amount": 120000, "currency": "COP"}),
        ("120 mil pesos", "", {"amount": 120000}),
        ("1.5 millones de pesos mexicanos (2021)", "", {"amount": 1500000, "currency": "MXN", "year": 2021}),
        ("R$ 35.000,00 em 2022", "", {"amount": 35000, "currency": "BRL", "year": 2022}),
        ("25 000 €", "", {"amount": 25000, "currency": "EUR"}),
        ("US$ 2000", "MX", {"amount": 2000, "currency": "USD"}),
        ("3 mdp", "MX", {"amount": 3000000, "currency": "MXN"}),
        ("Recursos propios", "MX", None),
        ("De $500 a $900", "MX", None),
    ],
)
def test_money(text: str, country: str, money: object) -> None:
    assert numbers.find_money(text, country) == money


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("15 de marzo de 2019", "2019-03-15"),
        ("15/03/2019", "2019-03-15"),
        ("March 15, 2019", "2019-03-15"),
        ("3 de março de 2020", "2020-03-03"),
        ("3 de març de 2020", "2020-03-03"),
        ("1 d'abril de 2021", "2021-04-01"),
        ("marzo del 2019", "2019-03"),
        ("03/2019", "2019-03"),
        ("2019-03", "2019-03"),
        ("septiembre 2022", "2022-09"),
        ("2019", "2019"),
        ("31 de febrero de 2019", None),
        ("2018 y 2019", None),
        ("pronto", None),
    ],
)
def test_moments(text: str, found: str | None) -> None:
    assert dates.single_date(text) == found


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018-2021", {"from": "2018", "to": "2021"}),
        ("2018-21", {"from": "2018", "to": "2021"}),
        ("Desde 2018, vigente", {"from": "2018"}),
        ("Hasta diciembre de 2020", {"to": "2020-12"}),
        ("de enero a marzo de 2020", {"from": "2020-01", "to": "2020-03"}),
        ("1 de octubre de 2018 al 30 de septiembre de 2021", {"from": "2018-10-01", "to": "2021-09-30"}),
        ("2021-2018", None),
        ("tres meses", None),
    ],
)
def test_periods(text: str, period: object) -> None:
    assert dates.find_period(text) == period


def test_links_keep_what_stands_before_them() -> None:
    assert contacts.find_links(["Video – https://example.org/a.", "www.example.org"]) == [
        {"title": "Video", "url": "https://example.org/a"},
        {"url": "https://www.example.org"},
    ]


@pytest.mark.parametrize(
    ("lines", "ids"),
    [
        (["☒ Género", "☐ Cultura"], ["genero"]),
        (["[x] Género", "[ ] Cultura"], ["genero"]),
        (["☐ Género", "☐ Cultura"], ["genero", "cultura"]),
        (["Emergencias, crisis y resiliencia, género"], ["emergencias-resiliencia", "genero"]),
        (["Medio ambiente / cultura e inclusão social"], ["medio-ambiente", "cultura", "inclusion-social"]),
        (["La felicidad"], []),
    ],
)
def test_terms_are_those_named_or_ticked(lines: list[str], ids: list[str]) -> None:
    vocabulary = load_vocabulary()
    kind = vocabulary.kind("experience")
    assert kind is not None
    themes = kind.facts.field("themes")
    assert themes is not None
    assert vocabulary_terms.find_term_ids(vocabulary, themes, answer(*lines), True) == ids


def test_boxes_without_a_tick_say_nothing() -> None:
    vocabulary = load_vocabulary()
    kind = vocabulary.kind("experience")
    assert kind is not None
    state, groups = kind.facts.field("state"), kind.facts.field("groups")
    assert state is not None
    assert groups is not None
    assert (
        vocabulary_terms.find_choice_id(state, answer(*(f"☐ {choice.label('es')}" for choice in state.choices))) is None
    )
    assert vocabulary_terms.find_choice_id(state, answer("☐ Concluida")) == "ended"
    assert (
        vocabulary_terms.find_term_ids(
            vocabulary, groups, answer(*(f"☐ {one.label('es')}" for one in vocabulary.groups)), True
        )
        == []
    )


def test_cities_keep_the_state_after_their_name() -> None:
    vocabulary = load_vocabulary()
    assert vocabulary_terms.find_city_names(vocabulary, ["León, Guanajuato", "Morelia y Zacatecas"]) == [
        "León, Guanajuato",
        "Morelia",
        "Zacatecas",
    ]
    assert vocabulary_terms.find_city_names(vocabulary, ["Villa Rara, Otra Villa"]) == ["Villa Rara", "Otra Villa"]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.es", "CC-BY-SA-4.0"),
        ("Libre", None),
    ],
)
def test_a_licence_is_known_by_name_or_address(text: str, id: str | None) -> None:
    assert vocabulary_terms.find_licence_id(load_vocabulary(), answer(text)) == id
