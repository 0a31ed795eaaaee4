import shutil
from pathlib import Path

from bank.markers import MARKER_NAME, read_marked_catalogue, read_marker, write_marker


def test_a_marked_folder_says_whose_it_is_and_where_the_catalogue_stands(tmp_path: Path) -> None:
    write_marker(tmp_path / "uploads", "abc.educating-bank", Path("/somewhere/with blanks/ñ.db"))
    assert read_marker(tmp_path / "uploads") == "abc.educating-bank"
    assert read_marked_catalogue(tmp_path / "uploads") == Path("/somewhere/with blanks/ñ.db")


def test_the_mark_of_a_copy_says_whose_it_is_and_not_where_its_catalogue_stands(tmp_path: Path) -> None:
    write_marker(tmp_path / "uploads", "abc.educating-bank", Path("/bank.db"))
    shutil.copytree(tmp_path / "uploads", tmp_path / "copy")
    assert read_marker(tmp_path / "copy") == "abc.educating-bank"
    assert read_marked_catalogue(tmp_path / "copy") is None


def test_a_mark_of_an_older_version_or_one_written_by_hand_says_only_whose_it_is(tmp_path: Path) -> None:
    assert (read_marker(tmp_path), read_marked_catalogue(tmp_path)) == (None, None)
    for written in ("abc.educating-bank", "abc.educating-bank\n"):
        (tmp_path / MARKER_NAME).write_text(written)
        assert (read_marker(tmp_path), read_marked_catalogue(tmp_path)) == ("abc.educating-bank", None)
    (tmp_path / MARKER_NAME).write_text("\n")
    assert read_marker(tmp_path) is None
