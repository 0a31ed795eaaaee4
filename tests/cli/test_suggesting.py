"""`bank suggest`: a file's principles and themes on a terminal, and as JSON."""

from pathlib import Path

import pytest

from tests.commands import bank, objects
from tests.making_files import markdown

GARDEN = "El alumnado separa residuos, hace composta y riega con agua de lluvia un huerto de plantas nativas. " * 3


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    return markdown(tmp_path, "huerto.md", title="Reciclaje", sections=[("Inicio", "Ideas."), ("Después", GARDEN)])


def test_a_file_gets_principles_and_themes_with_pages_and_nothing_is_stored(
    environment: dict[str, str], home: Path, garden: Path
) -> None:
    printed = bank(environment, "suggest", str(garden)).stdout
    assert "13. Sostenibilidad" in printed
    assert "Medio ambiente" in printed
    assert "página 2: El alumnado separa residuos" in printed
    assert list(home.iterdir()) == []


def test_json_is_one_object_also_where_meaning_is_off(environment: dict[str, str], garden: Path) -> None:
    (told,) = objects(bank({**environment, "BANK_SEMANTIC": "off"}, "suggest", str(garden), "--json").stdout)
    assert set(told) == {"file", "principles", "themes", "method"}
    assert (told["file"], told["principles"][0]["value"], told["method"]) == (str(garden), 13, "1")
    assert told["themes"][0]["evidence"][0]["page"] == 2


def test_a_text_without_a_subject_is_told_so(environment: dict[str, str], tmp_path: Path) -> None:
    path = markdown(tmp_path, "nada.md", title="Nada", sections=[("Uno", "Hola, llego mañana a las ocho.")])
    printed = bank({**environment, "BANK_LANGUAGE": "en", "BANK_SEMANTIC": "off"}, "suggest", str(path)).stdout
    assert printed == "The text speaks clearly for no principle and no theme.\n"


def test_a_bad_file_is_told_in_one_sentence_and_exits_1(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "vacio.pdf").write_bytes(b"")
    for name in ("vacio.pdf", "nada.pdf"):
        ended = bank({**environment, "BANK_SEMANTIC": "off"}, "suggest", str(tmp_path / name), fine=(1,))
        assert ended.stdout == ""
        assert len(ended.stderr.strip().splitlines()) == 1
