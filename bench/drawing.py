"""Drawn pages as a reader waits for them: the first time and again, on the largest PDFs of a folder; memory.

    python bench/drawing.py [FOLDER] [--files 10] [--pages 10] [--turned 300]

Without a folder it makes a book of its own. The files go into a new bank by `bank ingest`; then `bank serve` answers,
without meaning and without its limit of requests. Each page and its pictures are asked for twice; then so many pages
are turned, and the memory that web, worker and extractors hold together is told on the way.
"""

import argparse
import http.client
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from measuring import Peak, Times, command, environment, machine, percentile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bank.ingest.child.process import Extractor
from bank.ingest.limits import Limits
from tests.ingest.making_pdfs import book, lines

PORT = 8793
WORD = "educa"


@dataclass(frozen=True)
class Book:
    """A file of the bank: the number of its entry, its name, its pages."""

    entry: int
    name: str
    pages: int


def main() -> None:
    """Prints a table of times and a line of memory."""
    reader = argparse.ArgumentParser()
    reader.add_argument("folder", nargs="?", type=Path)
    reader.add_argument("--files", type=int, default=10)
    reader.add_argument("--pages", type=int, default=10)
    reader.add_argument("--turned", type=int, default=300)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = Path(made) / "bank"
        paths = largest(given.folder, given.files) if given.folder else [own_book(Path(made))]
        ingested(home, paths)
        books = books_of(home)
        print(f"{machine()}; {len(books)} files, {sum(one.pages for one in books)} pages\n")
        with serving(home) as process:
            for row in timed(books, given.pages):
                print(row, flush=True)
            for row in processor_times(books, paths, given.pages):
                print(row, flush=True)
            print(f"\n{turned(books, given.turned, process)}")
        kept = sum(path.stat().st_size for path in (home / "drawn").rglob("*") if path.is_file())
        print(f"kept in drawn/: {kept / 2**20:.1f} MB")


def largest(folder: Path, count: int) -> list[Path]:
    """The largest PDFs of a folder."""
    found = sorted(folder.rglob("*.pdf"), key=lambda path: path.stat().st_size, reverse=True)
    return found[:count]


def own_book(folder: Path) -> Path:
    """A book of 300 pages, half full of text."""
    sentence = "La ciudad educa a sus vecinas y vecinos en cada plaza, cada escuela y cada biblioteca."
    path = folder / "book.pdf"
    path.write_bytes(book([lines([f"Capítulo {number}", *[sentence] * 30], size=10) for number in range(1, 301)]))
    return path


def ingested(home: Path, paths: Sequence[Path]) -> None:
    """Takes the files into a new bank."""
    folder = home.parent / "files"
    folder.mkdir()
    for path in paths:
        shutil.copy(path, folder / path.name)
    arguments = command("ingest", str(folder), "--publish", "--licence", "CC-BY-4.0")
    subprocess.run(arguments, env=environment(home), stdout=subprocess.DEVNULL, check=False)


def books_of(home: Path) -> list[Book]:
    """The files of the bank, as its catalogue tells them."""
    from bank.assembly import open_bank
    from bank.catalogue.tables import File
    from bank.settings import Settings

    bank = open_bank(Settings(home=home, semantic="off"))
    with bank.database.reading() as session:
        books = [Book(file.entry_id, file.name, file.total_pages) for file in session.query(File).order_by(File.id)]
    bank.index.close()
    bank.database.close()
    return [one for one in books if one.pages]


@contextmanager
def serving(home: Path) -> Iterator[psutil.Process]:
    """The bank while it answers."""
    settings = {**environment(home), "BANK_SEMANTIC": "off", "BANK_THROTTLE": "off"}
    arguments = command("serve", "--port", str(PORT))
    with subprocess.Popen(arguments, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                try:
                    asked("/healthz")
                    break
                except OSError:
                    time.sleep(0.1)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def asked(address: str) -> int:
    """Bytes of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{answer.status} {address}")
        return len(body)
    finally:
        connection.close()


def timed(books: Sequence[Book], pages: int) -> Iterator[str]:
    """Rows of the table: page with marks, picture and small picture, the first time and again."""
    times, sizes = Times(), dict[str, list[int]]()
    for one in books:
        for page in spread(one.pages, pages):
            place = f"/entries/{one.entry}/files/1/pages/{page}"
            kinds = {"page with marks": f"{place}?q={WORD}", "picture": f"{place}/image?width=900"}
            kinds |= {"picture at 200 %": f"{place}/image?width=1800", "small picture": f"{place}/thumbnail"}
            for when in ("first", "again"):
                for kind, address in kinds.items():
                    with times.take(f"{kind}, {when}"):
                        size = asked(address)
                    sizes.setdefault(f"{kind}, {when}", []).append(size)
    yield "| | p50 ms | p95 ms | worst ms | p50 kB |\n|---|---|---|---|---|"
    for name in sorted(times.by_name, key=lambda name: (name.endswith("again"), name)):
        found = times.by_name[name]
        middle = statistics.median(sizes[name]) / 1000
        yield (
            f"| {name} | {statistics.median(found):.0f} | {percentile(found, 0.95):.0f} | {max(found):.0f} "
            f"| {middle:.0f} |"
        )


def processor_times(books: Sequence[Book], paths: Sequence[Path], pages: int) -> Iterator[str]:
    """Rows of the table: processor time of the child that draws, which other programs don't lengthen."""
    tasks = {"places of the letters": ("places", {}), "picture": ("page", {"width": 900})}
    tasks["picture at 200 %"] = ("page", {"width": 1800})
    counts = {one.name: one.pages for one in books}
    with Extractor() as extractor:
        for name, (task, options) in tasks.items():
            found = [
                extractor.ask(task, path, {"page": page, **options}, Limits(), lambda told: None).cpu_seconds * 1000
                for path in paths
                for page in spread(counts.get(path.name, 0), pages)
            ]
            yield (
                f"| {name}, processor time of the child | {statistics.median(found):.0f} "
                f"| {percentile(found, 0.95):.0f} | {max(found):.0f} | |"
            )


def spread(pages: int, count: int) -> list[int]:
    """So many pages, evenly over the file."""
    return sorted({1 + pages * step // count for step in range(count)} & set(range(1, pages + 1)))


def turned(books: Sequence[Book], count: int, process: psutil.Process) -> str:
    """Memory before and after so many pages of the longest file were read one after the other."""
    longest = max(books, key=lambda one: one.pages)
    watch, noted = Peak(process), list[float]()
    for step in range(count):
        page = 1 + step % longest.pages
        asked(f"/entries/{longest.entry}/files/1/pages/{page}?q={WORD}")
        asked(f"/entries/{longest.entry}/files/1/pages/{page}/image?width=1350")
        if step % (count // 6 or 1) == 0:
            noted.append(watch.now() / 2**20)
    noted.append(watch.now() / 2**20)
    steps = ", ".join(f"{one:.0f}" for one in noted)
    return f"memory of web, worker and extractors over {count} pages of {longest.pages}, each drawn: {steps} MB"


if __name__ == "__main__":
    main()
