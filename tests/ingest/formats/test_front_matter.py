"""What Markdown files say about themselves, rightly or wrongly (group 44)."""

import pytest

from tests.ingest.conftest import Read

BODY = "# Boletín de mayo\n\nLa ciudad educadora convoca.\n"
TEXT = "Boletín de mayo\n\nLa ciudad educadora convoca."
ENGLISH = """---
title: "Huertos: escuelas que siembran"
city: León
cities: [Morelia, Celaya]
country: MX
kind: experience
date: 2024-05-03
language: es
summary: Huertos en doce escuelas.
principles: [8, Principio 12]
themes: [medio-ambiente, salud]
sdgs: [4]
groups: infancia, familias
number: 3
licence: CC-BY-4.0
---
"""
SPANISH = {
    "title": "Título", "city": "CIUDAD", "cities": "ciudades", "country": "pais", "kind": "Tipo", "date": "fecha",
    "language": "idioma", "summary": "resumen", "principles": "principios", "themes": "temas", "sdgs": "ods",
    "groups": "dirigida a", "number": "nu\u0301mero", "licence": "licencia",
}  # fmt: skip
OTHERS = [
    {"title": "titre", "city": "ville", "country": "pays", "date": "année", "summary": "résumé", "number": "numéro"},
    {"title": "títol", "city": "ciutat", "language": "llengua", "summary": "resum", "licence": "llicència"},
    {"title": "título", "city": "cidade", "cities": "cidades", "date": "data", "summary": "resumo", "kind": "tipo"},
]


@pytest.mark.parametrize("names", [SPANISH, *OTHERS], ids=["es", "fr", "ca", "pt"])
def test_every_key_is_read_in_five_languages_however_it_is_written(read: Read, names: dict[str, str]) -> None:
    other = ENGLISH
    for name, written in names.items():
        other = other.replace(f"\n{name}:", f"\n{written}:")
    first, second = read(ENGLISH + BODY, "a.md"), read(other + BODY, "b.md")
    assert first.outcome == second.outcome == "read"
    assert first.proposals == second.proposals
    proposed = first.proposals
    assert (proposed.title, proposed.city, proposed.country) == ("Huertos: escuelas que siembran", "León", "MX")
    assert (proposed.cities, proposed.groups) == (("Morelia", "Celaya"), ("infancia", "familias"))
    assert (proposed.kind, proposed.date, proposed.language, proposed.number) == ("experience", "2024-05-03", "es", "3")
    assert (proposed.principles, proposed.themes) == (("8", "Principio 12"), ("medio-ambiente", "salud"))
    assert (proposed.sdgs, proposed.licence, proposed.summary) == (("4",), "CC-BY-4.0", "Huertos en doce escuelas.")
    assert "Huertos" not in first.pages[0].text


@pytest.mark.parametrize(
    ("written", "kept", "until"),
    [
        ("2019", "2019", None), ("2019-11", "2019-11", None), ("2019-11-30", "2019-11-30", None),
        ("31/12/2022", "2022-12-31", None), ("12/31/2022", "2022-12-31", None), ("diciembre de 2022", "2022-12", None),
        ("3 de mayo de 2021", "2021-05-03", None), ("May 26, 2022", "2022-05-26", None),
        ("2019-2021", "2019", "2021"), ("2019-21", "2019", "2021"), ("de 2019 a 2021", "2019", "2021"),
        ("2023-05-01T10:00:00Z", "2023-05-01", None), ("2023-05-01 10:00:00 -0600", "2023-05-01", None),
        ("1976", "1976", None), ("2020 # año de inicio", "2020", None),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(read: Read, written: str, kept: str, until: str | None) -> None:
    proposed = read(f"---\nfecha: {written}\n---\n{BODY}", "a.md").proposals
    assert (proposed.date, proposed.until) == (kept, until)


@pytest.mark.parametrize("written", ["2024-13-45", "ayer", "1820", "[2020, 2021]x", "99999"])
def test_a_date_that_is_none_is_told(read: Read, written: str) -> None:
    found = read(f"---\nyear: {written}\n---\n{BODY}", "a.md")
    assert found.proposals.date is None
    assert (found.outcome, found.reason, len(found.pages)) == ("warning", "unclear_lines", 1)
    assert written in str(found.reason_values["lines"])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("es-MX", "es"), ("ES", "es"), ("pt_BR", "pt"), ("Español", "es"), ("espanhol", "es"), ("Portugués", "pt"),
        ("português do Brasil", "pt"), ("català", "ca"), ("Catalan", "ca"), ("valencià", "ca"), ("castellano", "es"),
        ("anglais", "en"), ("français", "fr"), ("spa", "es"), ("Náhuatl", "nah"), ("no", "no"), ("yua", "yua"),
    ],
)  # fmt: skip
def test_a_language_is_read_by_its_code_or_its_name(read: Read, written: str, code: str) -> None:
    found = read(f"---\ntitle: x\nidioma: {written}\n---\n{BODY}", "a.md")
    assert (found.outcome, found.proposals.language) == ("read", code)


def test_a_language_that_is_not_understood_is_told_and_does_not_beat_the_guess(read: Read) -> None:
    text = "La ciudad trabaja con las escuelas y las familias de todos los barrios para que aprendan juntas. " * 3
    found = read(f"---\ntitle: Prueba\nidioma: la de casa\n---\n{text}", "a.md")
    assert found.proposals.language == "es"
    assert found.reason_values == {"lines": "language: la de casa"}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Boletín 3: aprender en la calle", "Boletín 3: aprender en la calle"),
        ("Escuela #5", "Escuela #5"),
        ("'Boletín d'Or'", "Boletín d'Or"),
        ('"El barrio": una escuela', '"El barrio": una escuela'),
        ('"007"', "007"),
        ("2019", "2019"),
    ],
)
def test_a_title_is_what_was_written(read: Read, written: str, title: str) -> None:
    found = read(f"---\ntitle: {written}\ncity: León\ndate: 2020\n---\n{BODY}", "a.md")
    assert (found.outcome, found.proposals.title, found.proposals.city) == ("read", title, "León")


@pytest.mark.parametrize(
    "block",
    ["\n\n---\n{}\n---\n", "\ufeff---\n{}\n---\n", "---\n{}\n...\n", "\ufeff\n---\n{}\n...\n", "---\r\n{}\r\n---\r\n"],
    ids=["blank lines", "bom", "dots", "all", "crlf"],
)
def test_front_matter_may_begin_and_end_in_several_ways(read: Read, block: str) -> None:
    found = read(block.format("title: Plan de barrio") + BODY, "a.md")
    assert (found.outcome, found.proposals.title) == ("read", "Plan de barrio")
    assert [page.text for page in found.pages] == [TEXT]


def test_front_matter_may_be_toml(read: Read) -> None:
    front = '+++\ntitle = "Plan: un barrio"\ndate = 2023-05-01\nthemes = [\n  "salud",\n]\ncity = León\n+++\n'
    found = read(front + BODY, "a.md")
    assert (found.outcome, found.proposals.title, found.proposals.date) == ("read", "Plan: un barrio", "2023-05-01")
    assert (found.proposals.themes, found.proposals.city) == (("salud",), "León")
    assert [page.text for page in found.pages] == [TEXT]


@pytest.mark.parametrize(
    "front",
    [
        "just words",
        "Un párrafo que alguien escribió entre dos rayas.\n\nY otro más.",
        "\ntitle: x",
        "# Un título\ntitle: x",
        "a: &a [x,x]\nb: [*a,*a]",
        "Participaron: 40 familias",
        "fecha: 3 de mayo\nEl barrio se reunió en la plaza.\nVinieron todas.",
    ],
    ids=["words", "paragraphs", "blank line", "heading", "unknown keys", "a colon", "more prose than keys"],
)
def test_what_stands_between_two_rules_without_being_front_matter_is_text(read: Read, front: str) -> None:
    found = read(f"---\n{front}\n---\n{BODY}", "a.md")
    text = "\n".join(page.text for page in found.pages).replace("*", "")
    assert all(word in text for word in front.replace("#", "").replace("*", "").split())
    assert found.flags == ()


@pytest.mark.parametrize(
    "front",
    [
        'title: "sin cerrar',
        'title: !!python/object/apply:os.system ["id"]',
        "title: " + "[" * 3000 + "]" * 3000,
        "title: {a: b}",
        "city: [[x]]\nthemes: {a: b}",
        "city: León\ncity: Morelia",
    ],
    ids=["broken", "python tag", "nested", "mapping", "lists", "twice"],
)
def test_a_line_that_can_not_be_understood_costs_only_itself_and_is_told(read: Read, front: str) -> None:
    found = read(f"---\n{front}\nnumber: 12\n---\n{BODY}", "a.md")
    assert (found.outcome, found.reason, found.flags) == ("warning", "unclear_lines", ("front_matter",))
    assert (found.proposals.title, found.proposals.number) == ("Boletín de mayo", "12")
    assert found.pages[0].text.startswith(TEXT)


def test_a_megabyte_of_front_matter_is_text(read: Read) -> None:
    found = read("---\ntitle: " + "x" * 1_000_000 + f"\n---\n{BODY}", "a.md")
    assert found.outcome == "read"
    assert sum(page.text.count("x") for page in found.pages) >= 1_000_000


def test_what_the_bank_has_no_field_for_stays_text(read: Read) -> None:
    found = read(f"---\ntitle: Plan\nautoría: Vecinas del barrio\ntags:\n  - huerto\n  - agua\n---\n{BODY}", "a.md")
    assert (found.outcome, found.proposals.title) == ("read", "Plan")
    assert found.pages[0].text == f"{TEXT}\n\nautoría: Vecinas del barrio\ntags:\n- huerto\n- agua"


def test_a_rule_at_the_top_is_no_front_matter(read: Read) -> None:
    found = read(f"---\ntitle: x\n\n{BODY}", "a.md")
    assert found.outcome == "read"
    assert "title: x" in found.pages[0].text
