from pathlib import Path

from bank.disk import free_bytes


def test_the_room_of_a_folder_that_is_yet_to_be_made_is_that_of_its_disk(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "there") > 0
