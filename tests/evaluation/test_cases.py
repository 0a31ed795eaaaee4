"""The part of the evaluation that says, right value by right value, what a folder of cases is read as."""

from pathlib import Path

import pytest

from tests.evaluation.__main__ import judge_folder_of_cases
from tests.evaluation.asking_cases import counted, found, hidden, ordered, proposed, silent, titled, valued
from tests.evaluation.case_values import every_case
from tests.evaluation.cases import MissingCase, case_lines, judged_cases
from tests.making_files import markdown

TEXT = "La ciudad educadora trabaja con las escuelas y con las familias de todos los barrios. " * 3
FORM = "# Huertos ficticios\n\nRESUMEN: Cada escuela cuida un huerto.\n\nOBJETIVO GENERAL: Aprender a cultivar.\n"


def test_each_right_value_is_told_beside_what_came(tmp_path: Path) -> None:
    markdown(tmp_path / "in/reading", "a.md", title="Jitomates", front="date: 2020", sections=[("Uno", TEXT)])
    (tmp_path / "in/deposit").mkdir()
    (tmp_path / "in/deposit/b.md").write_text(FORM, "utf-8")
    cases = [
        titled("reading/a.md", "Jitomates", "Los jitomates"),
        valued("reading/a.md", "start_year", 2021),
        *found("reading/a.md", "jitomates", "berenjenas"),
        *hidden("reading/a.md", "berenjenas"),
        proposed("deposit/b.md", "summary", {"es": "Cada escuela cuida un huerto."}),
        counted("deposit/b.md", 3),
        *silent("zzzxq"),
        ordered("jitomates", "reading/a.md", "nota.md"),
    ]
    home = tmp_path / "home"
    home.mkdir()
    notes = {"nota.md": "---\ntitle: Nota\nlanguage: es\n---\n\n" + TEXT}
    lines = list(case_lines(judged_cases(cases, tmp_path / "in", home, notes)))
    assert [line[:3] for line in lines[:-1]] == ["ok ", "NOT", "ok ", "NOT", *["ok "] * 5]
    assert lines[1].endswith("start_year 2021; came: 2020")
    assert lines[-1].strip() == "7 of 9 values are right"


def test_a_folder_without_a_named_file_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge_folder_of_cases(tmp_path) == 1
    assert capsys.readouterr().err.startswith("reading/postulacion-formulario.pdf is not in ")
    with pytest.raises(MissingCase):
        judged_cases([titled("reading/none.md", "Nada")], tmp_path, tmp_path, {})


def test_every_case_names_a_file_or_a_note_or_questions() -> None:
    assert {one.input.partition("/")[0] for one in every_case() if "/" in one.input} == {"reading", "deposit"}
