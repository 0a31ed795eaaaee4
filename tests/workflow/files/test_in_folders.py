from pathlib import Path

from bank.workflow.files.in_folders import files_in


def test_a_folder_means_all_that_is_in_it_but_hidden_files_and_links(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.md", "deep/c.docx", ".hidden/d.md", "deep/.e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link.md").symlink_to(tmp_path / "a.md")
    assert [str(path.relative_to(tmp_path)) for path in files_in([tmp_path]).files] == ["a.md", "b.pdf", "deep/c.docx"]


def test_a_path_that_is_not_there_is_given_so_that_it_can_be_told(tmp_path: Path) -> None:
    assert list(files_in([tmp_path / "nothing.pdf"]).files) == [tmp_path / "nothing.pdf"]


JUNK = (
    "Thumbs.db",
    "desktop.ini",
    "Desktop.ini",
    "~$informe.docx",
    "._foto.jpg",
    "~WRL0001.tmp",
    "__MACOSX/a.pdf",
    ".DS_Store",
)


def test_junk_of_operating_systems_is_passed_over_and_counted(tmp_path: Path) -> None:
    for name in (*JUNK, "informe.docx", "deep/thumbs.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = files_in([tmp_path])
    assert [path.name for path in found.files] == ["thumbs.md", "informe.docx"]
    assert found.passed_over == len(JUNK)


def test_junk_that_is_named_itself_is_passed_over_and_a_hidden_file_is_not(tmp_path: Path) -> None:
    for name in ("~$informe.docx", "._b.md", ".notas.md"):
        (tmp_path / name).touch()
    found = files_in([tmp_path / name for name in ("~$informe.docx", "._b.md", ".notas.md")])
    assert ([path.name for path in found.files], found.passed_over) == ([".notas.md"], 2)
