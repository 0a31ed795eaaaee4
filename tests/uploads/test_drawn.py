"""Drawn pages: kept within bounds, made once for all who ask, gone with their original."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bank.errors import Busy, Invalid
from bank.uploads import DrawnPages, drawn
from bank.uploads.drawn import FAILURE_SECONDS, MOST_ASKING
from tests.small_disks import fill_disk, mounted_disk

ONE, TWO = "a" * 64, "b" * 64


def name(page: int, digest: str = ONE) -> str:
    return f"{digest}-{page}-900.webp"


def fail() -> bytes:
    raise AssertionError("it was kept")


def test_what_was_drawn_is_kept_for_the_next_who_asks_in_any_process(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    assert pages.recall(name(1), lambda: b"page") == b"page"
    assert pages.recall(name(1), fail) == b"page"
    assert DrawnPages(tmp_path / "drawn", 10_000).recall(name(1), fail) == b"page"
    [path] = [path for path in (tmp_path / "drawn").rglob("*") if path.is_file()]
    assert path.stat().st_mode & 0o777 == 0o640


def test_the_least_used_go_first_and_the_bound_is_kept(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    for page in range(1, 31):
        pages.keep(name(page), b"x" * 500)
        path = tmp_path / "drawn" / "aa" / name(page)
        if path.exists():
            os.utime(path, (page, 1_000_000 + page))
        assert pages.kept(name(1)) is not None, "it is asked for again and again"
    assert pages.size() <= 10_000
    assert pages.kept(name(30)) is not None
    assert pages.kept(name(2)) is None


def test_two_processes_together_pass_the_bound_by_little(tmp_path: Path) -> None:
    both = [DrawnPages(tmp_path / "drawn", 10_000) for _ in range(2)]
    for page in range(1, 61):
        both[page % 2].keep(name(page), b"x" * 500)
        assert both[0].size() <= 12_000
    both[0].trim()
    assert both[0].size() <= 9_000


def test_the_drawings_of_an_original_go_with_it(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    for page in (1, 2):
        pages.keep(name(page), b"page")
        pages.keep(name(page, TWO), b"page")
    assert pages.digests() == {ONE, TWO}
    assert pages.forget([ONE]) == 2
    assert pages.digests() == {TWO}


def test_what_could_not_be_drawn_is_not_tried_again_at_once(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    assert pages.recall(name(1), lambda: b"") == b""
    assert pages.recall(name(1), fail) == b""
    path = tmp_path / "drawn" / "aa" / name(1)
    os.utime(path, (0, path.stat().st_mtime - FAILURE_SECONDS - 1))
    assert pages.recall(name(1), lambda: b"page") == b"page"


def test_equal_requests_share_one_drawing(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    begun, go, made = threading.Event(), threading.Event(), []

    def make() -> bytes:
        begun.set()
        made.append(1)
        assert go.wait(20)
        return b"page"

    with ThreadPoolExecutor(5) as pool:
        answers = [pool.submit(pages.recall, name(1), make)]
        assert begun.wait(20)
        answers += [pool.submit(pages.recall, name(1), make) for _ in range(4)]
        go.set()
        assert {answer.result(20) for answer in answers} == {b"page"}
    assert made == [1]


def test_more_than_can_wait_are_told_that_the_bank_is_busy(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    go = threading.Event()
    waiting = threading.Semaphore(0)

    def make() -> bytes:
        waiting.release()
        assert go.wait(20)
        return b"page"

    with ThreadPoolExecutor(MOST_ASKING) as pool:
        answers = [pool.submit(pages.recall, name(page), make) for page in range(MOST_ASKING)]
        for _ in range(drawn.AT_ONCE):
            assert waiting.acquire(timeout=20)
        while len(pages._making) < MOST_ASKING:
            threading.Event().wait(0.01)
        with pytest.raises(Busy):
            pages.recall(name(999), make)
        assert not waiting.acquire(blocking=False), "only so many are made at once"
        go.set()
        assert all(answer.result(20) == b"page" for answer in answers)
    assert pages.recall(name(999), lambda: b"page") == b"page"


def test_those_who_wait_for_the_same_page_count_too(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    begun, go = threading.Event(), threading.Event()

    def make() -> bytes:
        begun.set()
        assert go.wait(20)
        return b"page"

    with ThreadPoolExecutor(MOST_ASKING) as pool:
        answers = [pool.submit(pages.recall, name(1), make)]
        assert begun.wait(20)
        answers += [pool.submit(pages.recall, name(1), make) for _ in range(MOST_ASKING - 1)]
        while pages._asking < MOST_ASKING:
            threading.Event().wait(0.01)
        with pytest.raises(Busy):
            pages.recall(name(1), make)
        go.set()
        assert all(answer.result(20) == b"page" for answer in answers)


def test_who_has_little_patience_is_told_at_once_and_is_no_obstacle(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    begun, go = threading.Semaphore(0), threading.Event()

    def make() -> bytes:
        begun.release()
        assert go.wait(20)
        return b"page"

    with ThreadPoolExecutor(drawn.AT_ONCE) as pool:
        answers = [pool.submit(pages.recall, name(page), make) for page in range(drawn.AT_ONCE)]
        for _ in answers:
            assert begun.acquire(timeout=20)
        with pytest.raises(Busy):
            pages.recall(name(7), fail, 0.01)
        with pytest.raises(Busy):
            pages.recall(name(0), fail, 0.01)
        go.set()
        assert all(answer.result(20) == b"page" for answer in answers)
    assert pages.recall(name(7), lambda: b"page", 0.01) == b"page"


def test_what_is_forgotten_while_it_is_drawn_is_not_kept(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)

    def make() -> bytes:
        assert pages.forget([ONE]) == 0
        return b"page"

    assert pages.recall(name(1), make) == b"page"
    assert pages.digests() == set()
    assert pages.recall(name(1, TWO), make) == b"page"
    assert pages.recall(name(1), lambda: b"page") == b"page"
    assert pages.digests() == {ONE, TWO}, "another time it is"


def test_a_drawing_that_fails_is_no_obstacle_to_the_next(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    with pytest.raises(ZeroDivisionError):
        pages.recall(name(1), lambda: bytes(1 // 0))
    assert pages.recall(name(1), lambda: b"page") == b"page"


def test_on_a_full_disk_pages_are_drawn_without_being_kept(tmp_path: Path) -> None:
    with mounted_disk(tmp_path / "disk", 1) as disk:
        fill_disk(disk, 100_000)
        pages = DrawnPages(disk / "drawn", 10_000_000)
        assert pages.recall(name(1), lambda: b"x" * 200_000) == b"x" * 200_000
        assert pages.kept(name(1)) is None


def test_where_nothing_may_be_written_pages_are_drawn_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "drawn").write_text("a file, not a folder")
    assert DrawnPages(tmp_path / "drawn", 10_000).recall(name(1), lambda: b"page") == b"page"
    assert DrawnPages(tmp_path / "none", 0).recall(name(1), lambda: b"page") == b"page"
    assert not (tmp_path / "none").exists()


def test_what_a_crash_left_half_written_goes(tmp_path: Path) -> None:
    pages = DrawnPages(tmp_path / "drawn", 10_000)
    pages.keep(name(1), b"page")
    half = tmp_path / "drawn" / "aa" / ".0123456789abcdef"
    half.write_bytes(b"ha")
    os.utime(half, (0, 0))
    pages.trim()
    assert not half.exists()
    assert pages.kept(name(1)) == b"page"


@pytest.mark.parametrize(
    "wrong", ["../x-1-900.webp", f"{ONE}.webp", f"{ONE}-1/../x.webp", f"{ONE[:-1]}-1-900.webp", ""]
)
def test_no_other_name_leads_anywhere(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(Invalid):
        DrawnPages(tmp_path, 10_000).kept(wrong)
