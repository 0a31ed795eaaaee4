"""Whole banks of made entries: catalogue, index and vectors, made once and used again where a folder keeps them."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from corpus import entries
from measuring import command, environment
from questions import described, questions
from vectors import write_vectors, write_words

from bank.assembly import open_bank
from bank.catalogue.entries import published_versions
from bank.catalogue.tables import City, Entry, EntryCity, EntryText, File, Page, Tag
from bank.clock import new_uid, now
from bank.search.document import SearchDocument
from bank.settings import Settings

BATCH = 500
WITHOUT_MEANING = {"BANK_SEMANTIC": "off"}


def made(folder: Path, size: int) -> Path:
    """The home of a bank of `size` entries in `folder`; what is there already, and whole, is not made again."""
    home = folder / f"{size}"
    if home.exists() and not is_whole(home, size):
        shutil.rmtree(home)
    if not home.exists():
        fill(home, size)
    if needs_index(home):
        took = reindex(home)
        (home / "reindex.txt").write_text(f"{took:.0f}", encoding="ascii")
    give_vectors(home, size)
    return home


def is_whole(home: Path, size: int) -> bool:
    bank = open_bank(Settings(home=home))
    try:
        with bank.database.reading() as session:
            return len(published_versions(session)) == size
    finally:
        bank.database.close()


def needs_index(home: Path) -> bool:
    bank = open_bank(Settings(home=home))
    try:
        return bank.index.stale() is not None
    finally:
        bank.index.close()
        bank.database.close()


def reindex(home: Path) -> float:
    """Seconds of `bank reindex`."""
    began = time.perf_counter()
    told = {**environment(home), **WITHOUT_MEANING}
    subprocess.run(command("reindex"), env=told, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def reindexed_in(home: Path) -> str:
    """Seconds that `bank reindex` took when this home was made."""
    return (home / "reindex.txt").read_text("ascii")


def give_vectors(home: Path, size: int) -> None:
    """Made vectors for every entry and the commonest words, where they are missing or stand to other landmarks."""
    bank = open_bank(Settings(home=home))
    assert bank.meaning is not None
    store, landmarks = bank.meaning.store, bank.meaning.landmarks
    asked = [*questions(), *described()]
    if len(store.versions()) != size or store.misplaced(landmarks.name):
        landmarks.keep()
        write_vectors(bank.settings.vectors_file, bank.meaning, size, asked)
    if not store.words():
        write_words(bank, asked)
    store.close()
    bank.index.close()
    bank.database.close()


def fill(home: Path, size: int) -> None:
    """A new bank with `size` published entries, each with one file of text, straight into the catalogue."""
    home.mkdir(parents=True)
    bank = open_bank(Settings(home=home))
    cities: set[str] = set()
    batch: list[SearchDocument] = []
    for document in entries(size):
        batch.append(document)
        if len(batch) == BATCH or document.id == size:
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
