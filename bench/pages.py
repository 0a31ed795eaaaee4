"""The whole HTTP page as a reader waits for it: search, entry, home, API; one entry from `ingest` to found; memory.

    python bench/pages.py [1000 10000 50000]

Entries are written straight into the catalogue of a new bank and indexed by `bank reindex`; then `bank serve` answers.
"""

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psutil
from corpus import entries
from measuring import Peak, command, environment, machine, percentile
from questions import questions

from bank.assembly import open_bank
from bank.catalogue.tables import City, Entry, EntryCity, EntryText, File, Page, Tag
from bank.clock import new_uid, now
from bank.search.document import SearchDocument
from bank.settings import Settings

PORT = 8791
ROUNDS = 2
SIZES = (1_000, 10_000, 50_000)


def main(arguments: Sequence[str]) -> None:
    """Prints one table over the sizes."""
    print(f"{machine()}\n")
    print("| entries | page | p50 ms | p95 ms | worst ms |\n|---|---|---|---|---|")
    for size in [int(argument) for argument in arguments] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            for line in measured(Path(folder), size):
                print(f"| {size} | {line} |", flush=True)


def measured(folder: Path, size: int) -> Iterator[str]:
    """Rows of the table for a new bank of `size` entries."""
    home = folder / "bank"
    fill(home, size)
    began = time.perf_counter()
    subprocess.run(command("reindex"), env=environment(home), check=True, stdout=subprocess.DEVNULL)
    yield f"*index built by `bank reindex` in {time.perf_counter() - began:.0f} s* | | |"
    with serving(home) as process:
        for name, addresses in pages(size).items():
            took = [ask(address) for _ in range(ROUNDS) for address in addresses]
            yield f"{name} | {statistics.median(took):.1f} | {percentile(took, 0.95):.1f} | {max(took):.1f}"
        yield f"*web and worker hold {Peak(process).now() / 2**20:.0f} MB together* | | |"
        found = [until_found(home, folder, number) * 1000 for number in range(5)]
        yield f"one new entry, from its commit to found | {statistics.median(found):.0f} | | {max(found):.0f}"


def pages(size: int) -> dict[str, list[str]]:
    """Name of a page -> addresses to ask."""
    searches = ["?" + urlencode(parameters(question)) for question in questions(10)]
    numbers = range(1, size, max(1, size // 40))
    return {
        "search page, 20 hits, snippets, facets": [f"/search{search}" for search in searches],
        "search by API": [f"/api/v1/search{search}" for search in searches],
        "entry": [f"/entries/{number}" for number in numbers],
        "page text": [f"/entries/{number}/pages/1" for number in numbers],
        "home": ["/"] * 20,
        "principles": ["/principles"] * 10,
        "completion by API": [f"/api/v1/complete?q={start}" for start in ("ciu", "par", "edu", "tem", "los", "ma")] * 4,
    }


def parameters(question: object) -> list[tuple[str, str]]:
    """A question as search parameters."""
    text, filters, sort = question.text, question.filters, question.sort  # type: ignore[attr-defined]
    found = [("q", text), ("sort", sort)]
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
def serving(home: Path) -> Iterator[psutil.Process]:
    """`bank serve`, ready to answer."""
    process = subprocess.Popen(command("serve", "--port", str(PORT)), env=environment(home), stderr=subprocess.DEVNULL)
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


def fill(home: Path, size: int) -> None:
    """A new bank with `size` published entries, each with one file of text, straight into the catalogue."""
    home.mkdir(parents=True)
    bank = open_bank(Settings(home=home))
    cities: set[str] = set()
    batch: list[SearchDocument] = []
    for document in entries(size):
        batch.append(document)
        if len(batch) == 500 or document.id == size:
            with bank.database.writing() as session:
                for one in batch:
                    fresh = set(one.cities) - cities
                    session.add_all(City(id=id, name=id.replace("xx-", "").title(), verified=False) for id in fresh)
                    session.flush()
                    cities |= fresh
                    session.add_all(rows(one))
            batch = []
    bank.database.close()


def rows(document: SearchDocument) -> Iterator[object]:
    """The rows of one entry."""
    moment = now()
    id = document.id
    yield Entry(
        id=id,
        uid=new_uid(moment),
        kind=document.kind,
        status="published",
        language="es",
        year=document.year,
        created=moment,
        updated=moment,
        published=moment,
    )
    yield EntryText(entry_id=id, language="es", title=document.title, summary=document.summaries["es"])
    yield from (EntryCity(entry_id=id, city_id=city, position=place) for place, city in enumerate(document.cities))
    for name, terms in (("principle", document.principles), ("sdg", document.sdgs)):
        for place, term in enumerate(terms):
            charter = "2020" if name == "principle" else ""
            yield Tag(entry_id=id, vocabulary=name, charter=charter, term=term, primary=place == 0, position=place)
    for place, theme in enumerate(document.themes):
        yield Tag(entry_id=id, vocabulary="theme", term=theme, position=place)
    yield File(
        id=id,
        entry_id=id,
        number=1,
        name="a.md",
        media_type="text/markdown",
        size=1,
        digest=f"{id:064x}",
        status="read",
        total_pages=len(document.pages),
        added=moment,
    )
    for page in document.pages:
        yield Page(file_id=id, number=page.page, text=page.text, method="markdown")


if __name__ == "__main__":
    main(sys.argv[1:])
