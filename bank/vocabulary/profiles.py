"""Profiles: what suggestions compare a text with. Short example passages of each term, and short whole documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bank.languages import ANALYSED
from bank.vocabulary.data_file import open_file
from bank.vocabulary.faults import MISSING, UNKNOWN, Fault
from bank.vocabulary.row import Row
from bank.vocabulary.terms import Term

FILES = {"principle": "profiles/principles.toml", "theme": "profiles/themes.toml"}
"""Vocabulary -> the file of its terms' passages."""
DOCUMENTS = "profiles/documents.toml"


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words as a municipality might write them whose practice speaks to the term."""

    term: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A short document as a municipality might write it, with its principles and themes."""

    language: str
    text: str
    principles: tuple[str, ...]
    themes: tuple[str, ...]

    @property
    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """Vocabulary -> terms."""
        return {"principle": self.principles, "theme": self.themes}


@dataclass(frozen=True, slots=True)
class Profiles:
    """`passages`: vocabulary -> the passages of its terms."""

    passages: Mapping[str, tuple[Passage, ...]]
    documents: tuple[SampleDocument, ...]


@cache
def load_profiles() -> Profiles:
    """The bank's own profiles, read when first asked for. Raises Damaged for the first gap."""
    faults: list[Fault] = []
    found = _read(files("bank.vocabulary").joinpath("data"), faults)
    if faults:
        raise faults[0].error()
    return found


def gaps(folder: Traversable, terms: Mapping[str, tuple[Term[object], ...]]) -> Iterator[Fault]:
    """A fault for every profile that can't be read, every unknown term, every term without a passage."""
    faults: list[Fault] = []
    profiles = _read(folder, faults)
    yield from faults
    for name, file in FILES.items():
        known = {term.id for term in terms[name]}
        described = {passage.term for passage in profiles.passages[name]}
        tagged = {term for document in profiles.documents for term in document.tags[name]}
        yield from (Fault(file, term, "term", UNKNOWN, term) for term in sorted(described - known))
        yield from (Fault(DOCUMENTS, term, f"{name}s", UNKNOWN, term) for term in sorted(tagged - known))
        yield from (Fault(file, term, "profiles", MISSING) for term in sorted(known - described))


def _read(folder: Traversable, faults: list[Fault]) -> Profiles:
    passages = {}
    for name, path in FILES.items():
        file = open_file(folder, path, faults)
        passages[name] = file.read("profiles", passage, "term", "language", "text")
        file.rest()
    file = open_file(folder, DOCUMENTS, faults)
    documents = file.read("documents", document, "language", "text")
    file.rest()
    return Profiles(passages, documents)


def passage(row: Row) -> Passage:
    """A passage as it stands in its term's file."""
    return Passage(row.text("term"), row.choice("language", ANALYSED), row.text("text"))


def document(row: Row) -> SampleDocument:
    """A document as it stands in ``documents.toml``."""
    language, text = row.choice("language", ANALYSED), row.text("text")
    return SampleDocument(language, text, row.texts("principles", True), row.texts("themes", True))
