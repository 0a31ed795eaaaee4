"""The extractor outlives the children that die, and is replaced when it dies itself."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import psutil
import pytest

from bank.ingest import Limits, read_file
from bank.ingest.child.process import Extractor, parse_message, shared_extractor
from tests.ingest.making_pdfs import SENTENCE, book, lines, pdf

PATIENCE = 30
SLOW = b"BT /F1 1 Tf 50 700 Td " + b"0 -0.1 Td (municipio educador) Tj " * 4_000 + b"ET"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    return path


def eventually(true: Callable[[], bool]) -> bool:
    """Whether it came true while one would wait for it."""
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_pages_done_before_a_kill_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(book([lines([SENTENCE])] * 3 + [b"BT /F1 1 Tf " + b"0 -1 Td (m) Tj " * 900_000 + b"ET"]))
    found = read_file(path, name="long.pdf", limits=Limits(cpu_seconds=1, page_seconds=60))
    assert (found.outcome, found.reason, found.flags) == ("warning", "partial", ("partial",))
    assert found.reason_values == {"read": 3, "total": 4}
    assert [page.number for page in found.pages] == [1, 2, 3]


def test_a_file_that_takes_too_long_is_stopped_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "slow.pdf"
    path.write_bytes(pdf(SLOW))
    found = read_file(path, name="slow.pdf", limits=Limits(wall_seconds=0.001))
    assert (found.outcome, found.reason) == ("failed", "too_slow")
    assert read_file(path, name="slow.pdf").outcome == "read"


def test_a_child_that_says_too_much_is_stopped(path: Path) -> None:
    found = read_file(path, name="a.pdf", limits=Limits(output_bytes=10))
    assert (found.outcome, found.reason) == ("failed", "too_big_inside")


def test_the_extractor_serves_many_files_and_is_replaced_when_it_was_killed(path: Path) -> None:
    read_file(path, name="a.pdf")
    first = shared_extractor().pid
    assert first is not None
    assert read_file(path, name="a.pdf").outcome == "read"
    assert shared_extractor().pid == first
    os.kill(first, signal.SIGKILL)
    assert read_file(path, name="a.pdf").outcome == "read"
    assert shared_extractor().pid != first


def test_killing_the_extractor_in_the_middle_loses_one_file_and_leaves_no_process(tmp_path: Path) -> None:
    path = tmp_path / "slow.pdf"
    path.write_bytes(pdf(SLOW, pages=200))
    read_file(path, name="slow.pdf", limits=Limits(max_pages=1))
    extractor = psutil.Process(shared_extractor().pid)
    seen: list[psutil.Process] = []

    def kill(done: int, total: int | None, message: str = "") -> None:
        if done == 3:
            seen.extend(extractor.children())
            extractor.kill()

    found = read_file(path, name="slow.pdf", progress=kill)
    assert found.outcome in ("warning", "failed")
    assert len(seen) == 1
    assert eventually(lambda: not seen[0].is_running() or seen[0].status() == psutil.STATUS_ZOMBIE)
    assert read_file(path, name="slow.pdf", limits=Limits(max_pages=1)).reason == "too_many_pages"


def test_several_threads_may_read_at_once(tmp_path: Path) -> None:
    paths = []
    for number in range(8):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(pdf(lines([f"{SENTENCE} Apartado {number}."])))
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda path: read_file(path, name=path.name), paths))
    assert [extraction.pages[0].text[-2:] for extraction in found] == [f"{number}." for number in range(8)]


def test_who_reads_while_another_file_is_read_gets_an_extractor_of_its_own(tmp_path: Path, path: Path) -> None:
    slow = tmp_path / "slow.pdf"
    slow.write_bytes(book([SLOW] * 40))
    first = shared_extractor()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read_file, slow, name="slow.pdf")
        assert eventually(lambda: first.busy)
        assert shared_extractor() is not first
        assert read_file(path, name="a.pdf").outcome == "read"
        assert reading.result().outcome in ("read", "warning")
    assert shared_extractor() is first


def test_a_thread_that_ends_takes_no_extractor_with_it(path: Path) -> None:
    shared_extractor().close()
    thread = threading.Thread(target=read_file, args=(path,), kwargs={"name": "a.pdf"})
    thread.start()
    thread.join()
    pid = shared_extractor().pid
    assert read_file(path, name="a.pdf").outcome == "read"
    assert shared_extractor().pid == pid


def test_closing_ends_the_process_and_it_may_be_used_again(path: Path) -> None:
    with Extractor() as extractor:
        extractor.ask("pdf", path, {}, Limits(), lambda message: None)
        pid = extractor.pid
        assert pid is not None
    assert not psutil.pid_exists(pid)
    assert extractor.pid is None
    extractor.close()
    assert extractor.ask("pdf", path, {}, Limits(), lambda message: None).why == "done"
    extractor.close()


def test_the_extractor_ends_when_its_caller_is_killed(path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom bank.ingest import read_file\n"
        "from bank.ingest.child.process import shared_extractor\n"
        "read_file(Path(sys.argv[1]), name='a.pdf')\nprint(shared_extractor().pid, flush=True)\ntime.sleep(60)"
    )
    caller = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
    assert caller.stdout is not None
    pid = int(caller.stdout.readline())
    caller.kill()
    caller.communicate()
    assert eventually(lambda: not psutil.pid_exists(pid))


def test_an_extractor_that_nobody_listens_to_ends_without_a_word(path: Path) -> None:
    extractor = subprocess.Popen(
        [sys.executable, "-m", "bank.ingest.child.extractor"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert extractor.stdin is not None
    assert extractor.stdout is not None
    assert extractor.stderr is not None
    extractor.stdout.close()
    request = {"task": "read", "path": str(path), "options": {}, "limits": asdict(Limits())}
    extractor.stdin.write(json.dumps(request).encode() + b"\n")
    extractor.stdin.flush()
    assert extractor.wait(PATIENCE) == 0
    assert extractor.stderr.read() == b""
    extractor.stdin.close()
    extractor.stderr.close()


def test_a_failure_while_listening_leaves_a_sound_extractor(path: Path) -> None:
    def fail(done: int, total: int | None, message: str = "") -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_file(path, name="a.pdf", progress=fail)
    assert read_file(path, name="a.pdf").outcome == "read"


def test_progress_tells_each_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(pages=3))
    told: list[tuple[int, int | None]] = []
    read_file(path, name="a.pdf", progress=lambda done, total, message="": told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("line", [b"", b"not json", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_what_a_child_says_may_be_anything(line: bytes) -> None:
    assert parse_message(line) == {}
