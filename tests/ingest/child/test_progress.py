"""Whoever waits sees a page after the other, however much the reading child talks."""

from pathlib import Path

from bank.ingest import Limits, read_file
from bank.ingest.child.process import ChildReport, Extractor
from bank.ingest.child.progress import monotonic_progress
from tests.ingest.making_pdfs import pdf

Told = list[tuple[int, int | None]]


def test_progress_begins_at_nothing_and_ends_with_the_last_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(pages=4))
    told: Told = []
    read_file(path, name="a.pdf", progress=lambda done, total, message="": told.append((done, total)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_child_that_repeats_itself_tells_nobody_anything() -> None:
    told: Told = []
    tell = monotonic_progress(lambda done, total, message="": told.append((done, total)))
    tell(0, 3)
    for _ in range(1000):
        for done in (1, 2, 1, 0, 2, 3, 7):
            tell(done, 3)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_file_of_markdown_and_one_that_can_not_be_read_tell_no_nonsense(tmp_path: Path) -> None:
    for name, data in {
        "a.md": b"# Uno\n\nTexto.\n\n# Dos\n\nTexto.\n",
        "b.pdf": b"%PDF-1.7 nothing",
        "c.md": b"",
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        told: Told = []
        read_file(path, name=name, progress=lambda done, total, message="", told=told: told.append((done, total)))
        assert all(total is not None and done <= total for done, total in told)
        assert told == sorted(set(told))


def test_what_a_child_may_say_in_all_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(pages=300))
    heard: list[object] = []
    everything: list[object] = []
    with Extractor() as extractor:
        ended: ChildReport = extractor.ask("pdf", path, {}, Limits(output_bytes=5000), heard.append)
        extractor.ask("pdf", path, {}, Limits(), everything.append)
    assert ended.why == "output"
    assert len(heard) < 300 < len(everything)
