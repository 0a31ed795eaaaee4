"""The part of the evaluation that measures what a folder of documents is read as."""

import json
from pathlib import Path

import pytest

from tests.evaluation.reading import read_folder, read_gold, reading_lines, same_title
from tests.making_files import markdown


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("REGLAMENTO DE LA ASAMBLEA", "Reglamento de la asamblea.", True),
        ("Oficio Intepretativo", "Oficio interpretativo", True),
        ("R EGL AM E N TO", "Reglamento", True),
        ("Acta de trabajo", "Acta de trabajo y anexo con las firmas", False),
        ("", "Acta", False),
    ],
)
def test_titles_are_the_same_but_for_case_accents_and_a_slip(one: str, other: str, same: bool) -> None:
    assert same_title(one, other) == same


def test_a_folder_is_measured_against_its_gold(tmp_path: Path) -> None:
    text = "La ciudad educadora trabaja con las escuelas y con las familias de todos los barrios. " * 5
    markdown(tmp_path / "in", "a.md", title="Huertos del barrio", front="date: 2020", sections=[("Uno", text)])
    markdown(tmp_path / "in", "b.md", title="Otra cosa", front="date: 2021", sections=[("Dos", text)])
    told = {
        "a.md": {"titles": ["Huertos del barrio"], "years": [2020], "language": "es"},
        "b.md": {"titles": ["Plan de barrio"], "years": [], "language": "ca"},
        "away.md": {"titles": ["No está"], "years": [], "language": "es"},
    }
    (tmp_path / "gold.json").write_text(json.dumps(told), "utf-8")
    lines = list(reading_lines(read_folder(tmp_path / "in", read_gold(tmp_path / "gold.json"), tmp_path / "bank")))
    figures = [line.split("  ") for line in lines[1:5]]
    assert [one[-1].strip() for one in figures] == ["50.0%", "100.0% given", "50.0%", "50.0%"]
    assert [line.split()[0] for line in lines[5:]] == ["title", "year", "language"]
