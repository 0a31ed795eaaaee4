"""What `bank ingest` makes of a folder of documents, against their gold: titles, years, languages.

The gold is a JSON object, file name -> {titles, years, language}: every title that a librarian would take, the years
that are printed as the document's own (none: any year is wrong), the language. No such documents are kept here.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from bank import ingest
from bank.assembly import open_bank
from bank.settings import Settings
from bank.workflow.imports.files import ImportOutcome, import_files
from bank.workflow.imports.values import ImportWishes

ALIKE = 0.9
"""Likeness from which on two titles are the same but for a slip."""


@dataclass(frozen=True, slots=True)
class ReadingGold:
    """What a librarian would say of a document."""

    titles: tuple[str, ...]
    years: tuple[int, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the bank said of a document, beside its gold."""

    name: str
    title: str
    year: int | None
    language: str
    gold: ReadingGold

    @property
    def title_right(self) -> bool:
        return any(same_title(self.title, one) for one in self.gold.titles)

    @property
    def year_wrong(self) -> bool:
        return self.year is not None and self.year not in self.gold.years


def read_gold(path: Path) -> dict[str, ReadingGold]:
    """The gold of a JSON file, by the documents' names."""
    told = json.loads(path.read_text("utf-8"))
    return {name: ReadingGold(tuple(one["titles"]), tuple(one["years"]), one["language"]) for name, one in told.items()}


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, accents, punctuation, blanks and a slip of the pen."""
    first, second = plain_letters(one), plain_letters(other)
    return bool(first) and SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def plain_letters(text: str) -> str:
    """Letters and digits in small, without accents."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"[\W_]+", "", "".join(one for one in plain if not unicodedata.combining(one)))


def read_folder(folder: Path, gold: Mapping[str, ReadingGold], home: Path) -> list[Reading]:
    """What a new bank at `home` makes of those files of the folder that have a gold."""
    bank = open_bank(Settings(home=home, ocr="off"))
    try:
        paths = [folder / name for name in sorted(gold) if (folder / name).exists()]
        return [measured(path, taken, gold[path.name]) for path, taken in import_files(bank, paths, ImportWishes())]
    finally:
        ingest.close_extractors()
        bank.database.close()


def measured(path: Path, taken: ImportOutcome, gold: ReadingGold) -> Reading:
    return Reading(path.name, taken.title or "", taken.year, taken.language or "und", gold)


def reading_lines(readings: Iterable[Reading]) -> Iterator[str]:
    """The shares, then every document of which something is not right."""
    every = list(readings)
    titled = [one for one in every if one.gold.titles]
    dated = [one for one in every if one.gold.years]
    right = sum(one.title_right for one in titled)
    given = sum(one.year in one.gold.years for one in dated)
    wrong = sum(one.year_wrong for one in every)
    spoken = sum(one.language == one.gold.language for one in every)
    yield f"\nreading: {len(every)} documents\n"
    yield f"titles right      {share(right, len(titled))}"
    yield f"printed years     {share(given, len(dated))} given"
    yield f"wrong years       {share(wrong, len(every))}"
    yield f"languages right   {share(spoken, len(every))}\n"
    for one in every:
        yield from faults_of(one)


def faults_of(one: Reading) -> Iterator[str]:
    """A line for each value that is not right."""
    if one.gold.titles and not one.title_right:
        yield f"title     {one.name}: “{one.title}”, not “{one.gold.titles[0]}”"
    if one.year_wrong or (one.gold.years and one.year is None):
        yield f"year      {one.name}: {one.year or 'none'}, not {', '.join(map(str, one.gold.years)) or 'any'}"
    if one.language != one.gold.language:
        yield f"language  {one.name}: {one.language}, not {one.gold.language}"


def share(count: int, of: int) -> str:
    return f"{count:4} of {of:4}  {count / max(of, 1):6.1%}"
