"""The whole HTTP page as a reader waits for it: search, entry, home, API; one entry from `ingest` to found; memory.

    python bench/pages.py [1000 10000 50000] [--keep FOLDER]

Entries are written straight into the catalogue of a new bank and indexed by `bank reindex`, their vectors made up; then
`bank serve` answers, as it is shipped, and once more without meaning. Banks are kept in FOLDER and used again; what is
measured is a copy.
"""

import argparse
import http.client
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psutil
from banks import WITHOUT_MEANING, made, reindexed_in
from measuring import Peak, command, environment, machine, percentile
from questions import Question, described, questions

PORT = 8791
ROUNDS = 2
SIZES = (1_000, 10_000, 50_000)


def main() -> None:
    """Prints one table over the sizes."""
    reader = argparse.ArgumentParser()
    reader.add_argument("sizes", nargs="*", type=int, default=SIZES)
    reader.add_argument("--keep", type=Path)
    given = reader.parse_args()
    print(f"{machine()}\n")
    print("| entries | page | p50 ms | p95 ms | worst ms |\n|---|---|---|---|---|")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = made(given.keep or Path(folder), size)
            copied = Path(folder) / "copy"
            shutil.copytree(home, copied)
            for line in (f"*index built by `bank reindex` in {reindexed_in(home)} s* | | |", *measured(copied, size)):
                print(f"| {size} | {line} |", flush=True)


def measured(home: Path, size: int) -> Iterator[str]:
    """Rows of the table for a bank of `size` entries."""
    for name, setting in (("words alone", WITHOUT_MEANING), ("words and meaning", {})):
        with serving(home, setting) as process:
            yield from asked(searches(), name)
            if not setting:
                yield from asked(other_pages(size), "")
            yield f"*web and worker hold {Peak(process).now() / 2**20:.0f} MB together, {name}* | | |"
            if not setting:
                found = [until_found(home, home.parent, number) * 1000 for number in range(5)]
                yield f"one new entry, from its commit to found | {statistics.median(found):.0f} | | {max(found):.0f}"


def asked(pages: Mapping[str, list[str]], way: str) -> Iterator[str]:
    for name, addresses in pages.items():
        took = [ask(address) for _ in range(ROUNDS) for address in addresses]
        told = f"{name}, {way}" if way else name
        yield f"{told} | {statistics.median(took):.1f} | {percentile(took, 0.95):.1f} | {max(took):.1f}"


def searches() -> dict[str, list[str]]:
    """Name of a page -> addresses to ask."""
    short = ["?" + urlencode(parameters(question)) for question in questions(10)]
    long = ["?" + urlencode(parameters(question)) for question in described(10)]
    return {
        "search page, 20 hits, snippets, facets": [f"/search{search}" for search in short],
        "search by API": [f"/api/v1/search{search}" for search in short],
        "search page, a long text": [f"/search{search}" for search in long],
    }


def other_pages(size: int) -> dict[str, list[str]]:
    """Name of a page -> addresses to ask."""
    numbers = range(1, size, max(1, size // 40))
    return {
        "entry": [f"/entries/{number}" for number in numbers],
        "similar entries by API": [f"/api/v1/entries/{number}/similar" for number in numbers],
        "page text": [f"/entries/{number}/pages/1" for number in numbers],
        "home": ["/"] * 20,
        "principles": ["/principles"] * 10,
        "completion by API": [f"/api/v1/complete?q={start}" for start in ("ciu", "par", "edu", "tem", "los", "ma")] * 4,
    }


def parameters(question: Question) -> list[tuple[str, str]]:
    """A question as search parameters."""
    filters = question.filters
    found = [("q", question.text), ("sort", question.sort)]
    for name in ("kind", "principle", "theme"):
        found += [(name, value) for value in getattr(filters, name)]
    found += [(name, str(value)) for name in ("year_from", "year_to") if (value := getattr(filters, name))]
    return found


def ask(address: str) -> float:
    """Milliseconds from asking to the last byte, on a connection of its own."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")
    return (time.perf_counter() - began) * 1000


@contextmanager
def serving(home: Path, settings: Mapping[str, str]) -> Iterator[psutil.Process]:
    """`bank serve` with these settings, ready to answer."""
    told = {**environment(home), **settings}
    process = subprocess.Popen(command("serve", "--port", str(PORT)), env=told, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                ask("/readyz")
                break
            except OSError:
                time.sleep(0.2)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def until_found(home: Path, folder: Path, number: int) -> float:
    """Seconds from the commit of one new entry, beside the running bank, until a search finds it."""
    word = f"hallazgo{number}"
    path = folder / f"{word}.md"
    path.write_text(f"---\ntitle: Prueba\nlanguage: es\n---\n\n## Uno\n\nUn {word} nuevo.\n", encoding="utf-8")
    process = subprocess.Popen(
        command("ingest", str(path), "--publish", "--json"), env=environment(home), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    began = time.perf_counter()
    while not total(word):
        time.sleep(0.02)
    took = time.perf_counter() - began
    process.wait()
    return took


def total(word: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", f"/api/v1/search?q={word}")
    return int(json.loads(connection.getresponse().read())["total"])


if __name__ == "__main__":
    main()
