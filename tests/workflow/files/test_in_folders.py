from pathlib import Path

from bank.workflow.files.in_folders import files_in


def test_a_folder_means_all_that_is_in_it_but_hidden_files_and_links(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.md", "deep/c.docx", ".hidden/d.md", "deep/.e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link.md").symlink_to(tmp_path / "a.md")
    assert [str(path.relative_to(tmp_path)) for path in files_in([tmp_path])] == ["a.md", "b.pdf", "deep/c.docx"]


def test_a_path_that_is_not_there_is_given_so_that_it_can_be_told(tmp_path: Path) -> None:
    assert list(files_in([tmp_path / "nothing.pdf"])) == [tmp_path / "nothing.pdf"]
