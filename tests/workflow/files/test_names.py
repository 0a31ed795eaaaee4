from pathlib import Path

import pytest

from bank.workflow.files.names import shown_name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("informe.md", "informe.md"),
        ("carpeta/informe.md", "informe.md"),
        ("\\0.md", "0.md"),
        ("carpeta\\informe.md", "informe.md"),
        ("informe.md\\", "informe.md"),
        ("dos\nlíneas.md", "doslíneas.md"),
        ("\\", ""),
    ],
)
def test_a_shown_name_is_one_line_and_no_path_of_any_system(sent: str, shown: str) -> None:
    assert shown_name(Path(sent)) == shown
