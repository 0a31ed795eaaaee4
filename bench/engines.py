"""A whole page of results (20 hits, snippets, all facet counts) by the bank's engine and by others, in the same run.

    python bench/engines.py [SIZE...] [--engines bank,fts5,tantivy,whoosh] [--json FILE]

Made entries, the same for all. Each engine is built and asked in a process of its own; the questions go to all of them
in turn, twice: the first round is cold (a fresh process, nothing decoded), the second warm. Naive Whoosh is asked the
first of each kind only. Prints Markdown; times in milliseconds of wall clock, build times in CPU seconds.
"""

import argparse
import json
import multiprocessing
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from corpus import entries, entry
from measuring import machine, percentile
from questions import Question, questions

MODULES = {
    "bank": "rivals.bank_engine",
    "fts5": "rivals.fts5",
    "tantivy": "rivals.tantivy_engine",
    "whoosh": "rivals.naive_whoosh",
}
NAMES = {"bank": "the bank's engine", "fts5": "SQLite FTS5", "tantivy": "Tantivy", "whoosh": "naive Whoosh"}
FEW = 2
ADDED = 20
SETTLING = 0.5
"""Seconds between two additions, so that none waits for the tidying after the last."""
PAGES = "CREATE TABLE page (entry INTEGER, file INTEGER, number INTEGER, text TEXT, PRIMARY KEY (entry, file, number))"


@dataclass(slots=True)
class Measured:
    """One engine at one size."""

    engine: str
    size: int
    build_cpu_s: float = 0.0
    build_peak_mb: float = 0.0
    disk_mb: float = 0.0
    serving_mb: float = 0.0
    cold_ms: list[float] = field(default_factory=list)
    warm_ms: list[float] = field(default_factory=list)
    warm_cpu_ms: list[float] = field(default_factory=list)
    warm_by_kind: dict[str, list[float]] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    add_ms: list[float] = field(default_factory=list)


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("sizes", nargs="*", type=int, default=[1000])
    reader.add_argument("--engines", default="bank,fts5,tantivy,whoosh")
    reader.add_argument("--json", type=Path)
    given = reader.parse_args()
    engines = given.engines.split(",")
    measured = [row for size in given.sizes for row in at_size(size, engines)]
    print(f"{machine()}\n")
    print(table(measured))
    print(kinds(measured))
    if given.json:
        given.json.write_text(json.dumps([asdict(row) for row in measured]))


def at_size(size: int, engines: Sequence[str]) -> list[Measured]:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        keep_pages(folder / "pages.db", size)
        rows = {engine: Measured(engine, size) for engine in engines}
        for engine, row in rows.items():
            build(folder, row)
            print(f"built {engine} of {size}", flush=True)
        ask_all(folder, rows)
        return list(rows.values())
    finally:
        shutil.rmtree(folder)


def keep_pages(path: Path, size: int) -> None:
    database = sqlite3.connect(path)
    database.execute(PAGES)
    for document in entries(size):
        rows = [(document.id, page.file, page.page, page.text) for page in document.pages]
        database.executemany("INSERT INTO page VALUES (?, ?, ?, ?)", rows)
    database.commit()
    database.close()


def build(folder: Path, row: Measured) -> None:
    """In a child, so that peak memory is the engine's own; making the entries is taken off its time."""
    own = folder / row.engine
    own.mkdir()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        row.build_cpu_s, row.build_peak_mb = pool.apply(built, (row.engine, own, row.size))
    row.disk_mb = sum(path.stat().st_size for path in own.rglob("*") if path.is_file()) / 1e6


def built(engine: str, folder: Path, size: int) -> tuple[float, float]:
    began = time.process_time()
    for _ in entries(size):
        pass
    making = time.process_time() - began
    began = time.process_time()
    import_module(MODULES[engine]).build(folder, entries(size))
    taken = time.process_time() - began - making
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def serve(engine: str, folder: Path, pages: Path, ends: Connection) -> None:
    """Answers questions until None comes: (milliseconds, CPU milliseconds, total). An entry is added instead."""
    reader = import_module(MODULES[engine]).Reader(folder, pages)
    while (asked := ends.recv()) is not None:
        began, worked = time.perf_counter(), time.process_time()
        total = reader.page(asked) if isinstance(asked, Question) else reader.add(asked)
        ends.send(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000, total))
    ends.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def ask_all(folder: Path, rows: Mapping[str, Measured]) -> None:
    context = multiprocessing.get_context("spawn")
    pipes: dict[str, Connection] = {}
    for engine in rows:
        pipes[engine], other = context.Pipe()
        context.Process(target=serve, args=(engine, folder / engine, folder / "pages.db", other), daemon=True).start()
    for warm in (False, True):
        ask_round(pipes, rows, warm)
    for turn in range(ADDED):
        document = entry(10_000_000 + turn)
        for engine, row in rows.items():
            time.sleep(SETTLING)
            pipes[engine].send(document)
            row.add_ms.append(pipes[engine].recv()[0])
    for engine, row in rows.items():
        pipes[engine].send(None)
        row.serving_mb = pipes[engine].recv()


def ask_round(pipes: Mapping[str, Connection], rows: Mapping[str, Measured], warm: bool) -> None:
    seen: dict[str, int] = {}
    for question in questions():
        seen[question.kind] = seen.get(question.kind, 0) + 1
        for engine, row in rows.items():
            if engine == "whoosh" and seen[question.kind] > FEW:
                continue
            pipes[engine].send(question)
            taken, worked, total = pipes[engine].recv()
            (row.warm_ms if warm else row.cold_ms).append(taken)
            if warm:
                row.warm_cpu_ms.append(worked)
                row.warm_by_kind.setdefault(question.kind, []).append(taken)
                row.totals.append(total)


def ratio(row: Measured, rows: Iterable[Measured]) -> str:
    """How many times the bank's warm median an engine takes, on the questions that both were asked."""
    bank = next((other for other in rows if other.engine == "bank" and other.size == row.size), None)
    if bank is None:
        return "-"
    shares = [
        percentile(taken, 0.5) / percentile(bank.warm_by_kind[kind][: len(taken)], 0.5)
        for kind, taken in row.warm_by_kind.items()
    ]
    return f"{percentile(shares, 0.5):.1f}"


def table(measured: Sequence[Measured]) -> str:
    lines = [
        "| entries | engine | warm p50 | p95 | max | CPU p50 | p95 | cold p50 | p95 | ratio to the bank's |"
        " build CPU s | peak MB | disk MB | serving MB | add one p50 | max |",
        "|" + "---|" * 16,
    ]
    for row in measured:
        figures = [
            percentile(row.warm_ms, 0.5), percentile(row.warm_ms, 0.95), max(row.warm_ms),
            percentile(row.warm_cpu_ms, 0.5), percentile(row.warm_cpu_ms, 0.95),
            percentile(row.cold_ms, 0.5), percentile(row.cold_ms, 0.95),
        ]  # fmt: skip
        told = " | ".join(f"{figure:.1f}" for figure in figures)
        sizes = f"{row.build_cpu_s:.0f} | {row.build_peak_mb:.0f} | {row.disk_mb:.0f} | {row.serving_mb:.0f}"
        adds = f"{percentile(row.add_ms, 0.5):.0f} | {max(row.add_ms):.0f}"
        lines.append(f"| {row.size} | {NAMES[row.engine]} | {told} | {ratio(row, measured)} | {sizes} | {adds} |")
    return "\n".join(lines) + "\n"


def kinds(measured: Sequence[Measured]) -> str:
    """Warm medians by kind of question."""
    names = sorted({kind for row in measured for kind in row.warm_by_kind})
    lines = ["| entries | engine | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 2)]
    for row in measured:
        figures = " | ".join(f"{percentile(row.warm_by_kind[kind], 0.5):.1f}" for kind in names)
        lines.append(f"| {row.size} | {NAMES[row.engine]} | {figures} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
