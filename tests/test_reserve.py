"""The reserve really takes room, and gives it to an act that may not fail."""

import errno
from pathlib import Path

import pytest

from bank.errors import DiskFull
from bank.reserve import Reserve, with_reserve


def test_the_reserve_takes_16_megabytes_is_made_once_and_again_where_it_has_holes(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path)
    assert (reserve.held(), reserve.size) == (0, 16 * 1024 * 1024)
    assert reserve.make()
    assert reserve.held() >= reserve.size
    assert not reserve.make()
    assert [path.name for path in tmp_path.iterdir()] == ["reserve"]
    reserve.path.unlink()
    with reserve.path.open("wb") as hollow:
        hollow.truncate(reserve.size)
    assert reserve.make()
    assert reserve.release()
    assert (reserve.held(), reserve.release()) == (0, False)


def test_an_act_that_meets_a_full_disk_is_done_once_more_with_the_reserve_freed(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path)
    reserve.make()

    def act() -> str:
        if reserve.path.exists():
            raise OSError(errno.ENOSPC, "full")
        return "done"

    assert with_reserve(reserve, act) == "done"


def test_an_act_that_fails_again_or_for_another_reason_raises(tmp_path: Path) -> None:
    tries = []

    def act() -> None:
        tries.append(1)
        raise failure

    failure: Exception = DiskFull()
    with pytest.raises(DiskFull):
        with_reserve(Reserve(tmp_path), act)
    assert len(tries) == 2
    failure = ValueError("x")
    with pytest.raises(ValueError, match="x"):
        with_reserve(Reserve(tmp_path), act)
    assert len(tries) == 3
