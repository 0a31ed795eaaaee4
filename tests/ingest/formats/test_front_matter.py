"""What Markdown files say about themselves, rightly or wrongly (group 44)."""

import pytest

from tests.ingest.conftest import Read

BODY = "# Boletín de mayo\n\nLa ciudad educadora convoca.\n"


def test_every_key_is_read_in_english_and_in_spanish(read: Read) -> None:
    english = """---
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
    names = {
        "title": "titulo", "city": "ciudad", "cities": "ciudades", "country": "pais", "kind": "tipo", "date": "fecha",
        "language": "idioma", "summary": "resumen", "principles": "principios", "themes": "temas", "sdgs": "ods",
        "groups": "dirigida_a", "number": "numero", "licence": "licencia",
    }  # fmt: skip
    spanish = english
    for name, other in names.items():
        spanish = spanish.replace(f"\n{name}:", f"\n{other}:")
    first, second = read(english + BODY, "a.md"), read(spanish + BODY, "b.md")
    assert first.outcome == second.outcome == "read"
    assert first.proposals == second.proposals
    proposed = first.proposals
    assert (proposed.title, proposed.city, proposed.country) == ("Huertos: escuelas que siembran", "León", "MX")
    assert (proposed.cities, proposed.groups) == (("Morelia", "Celaya"), ("infancia", "familias"))
    assert (proposed.kind, proposed.date, proposed.language, proposed.number) == ("experience", "2024-05-03", "es", "3")
    assert (proposed.principles, proposed.themes) == (("8", "Principio 12"), ("medio-ambiente", "salud"))
    assert (proposed.sdgs, proposed.licence, proposed.summary) == (("4",), "CC-BY-4.0", "Huertos en doce escuelas.")
    assert "Huertos" not in first.pages[0].text


@pytest.mark.parametrize("written", ["2019", "2019-11", "2019-11-30"])
def test_a_date_may_be_a_year_a_month_or_a_day(read: Read, written: str) -> None:
    assert read(f"---\nfecha: {written}\n---\n{BODY}", "a.md").proposals.date == written


@pytest.mark.parametrize("written", ["2024-13-45", "ayer", "1820", "[2020, 2021]x", "99999"])
def test_a_date_that_is_none_is_left_out(read: Read, written: str) -> None:
    found = read(f"---\nyear: {written}\n---\n{BODY}", "a.md")
    assert found.proposals.date is None
    assert len(found.pages) == 1


def test_a_word_that_yaml_takes_for_false_stays_a_word(read: Read) -> None:
    assert read(f"---\nlanguage: no\nnumber: 007\n---\n{BODY}", "a.md").proposals.language == "no"


@pytest.mark.parametrize(
    "front",
    [
        'title: "sin cerrar\n\t- x: [1,',
        'title: !!python/object/apply:os.system ["id"]',
        "a: &a [x,x]\nb: [*a,*a]",
        "a: " + "[" * 3000 + "]" * 3000,
        "title: " + "x" * 1_000_000,
        "just words",
    ],
    ids=["broken", "python tag", "alias", "nested", "a megabyte", "no mapping"],
)
def test_front_matter_that_can_not_be_understood_leaves_the_body_and_a_warning(read: Read, front: str) -> None:
    found = read(f"---\n{front}\n---\n{BODY}", "a.md")
    assert (found.outcome, found.reason, found.flags) == ("warning", "front_matter", ("front_matter",))
    assert found.proposals.title == "Boletín de mayo"
    assert [page.text for page in found.pages] == ["Boletín de mayo\n\nLa ciudad educadora convoca."]


def test_values_of_a_wrong_form_are_left_out(read: Read) -> None:
    found = read(f"---\ntitle: {{a: b}}\ncity: [[x]]\nthemes: {{a: b}}\nauthor: 5\n---\n{BODY}", "a.md")
    assert found.outcome == "read"
    assert (found.proposals.title, found.proposals.city, found.proposals.themes) == ("Boletín de mayo", None, ())


def test_a_rule_at_the_top_is_no_front_matter(read: Read) -> None:
    found = read(f"---\ntitle: x\n\n{BODY}", "a.md")
    assert found.outcome == "read"
    assert "title: x" in found.pages[0].text
