"""Profiles, from which suggestions are learned: short example passages of each term, and short whole documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bank.languages import ANALYSED_LANGUAGES
from bank.vocabulary.data_file import open_file
from bank.vocabulary.faults import FAULT_MISSING_FIELD, FAULT_UNKNOWN_VALUE, VocabularyFault
from bank.vocabulary.row import Row
from bank.vocabulary.terms import Term

PROFILE_FILES = {"principle": "profiles/principles.toml", "theme": "profiles/themes.toml"}
"""Vocabulary -> the file of its terms' passages."""
SAMPLE_DOCUMENTS_FILE = "profiles/documents.toml"
ELSEWHERE_FILE = "profiles/elsewhere.toml"
HEADING_LANGUAGES = ("es", "pt", "fr", "en")
"""The languages of the headings in that file."""


@dataclass(frozen=True, slots=True)
class ProfilePassage:
    """An example passage for a term, written as a municipality describes its practice."""

    term: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A short example document, written as a municipality would, with its principles and themes."""

    language: str
    text: str
    principles: tuple[str, ...]
    themes: tuple[str, ...]

    @property
    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """Vocabulary -> ids of the document's terms."""
        return {"principle": self.principles, "theme": self.themes}


@dataclass(frozen=True, slots=True)
class Profiles:
    """`passages`: vocabulary -> the passages of its terms. `documents`: the example documents.

    `elsewhere`: sentences and headings about what the bank is not about.
    """

    passages: Mapping[str, tuple[ProfilePassage, ...]]
    documents: tuple[SampleDocument, ...]
    elsewhere: tuple[str, ...]


@cache
def load_profiles() -> Profiles:
    """The bank's own profiles, read at the first call. Raises Damaged for the first fault."""
    faults: list[VocabularyFault] = []
    found = _read(files("bank.vocabulary").joinpath("data"), faults)
    if faults:
        raise faults[0].error()
    return found


def profile_faults(folder: Traversable, terms: Mapping[str, tuple[Term[object], ...]]) -> Iterator[VocabularyFault]:
    """Faults: a profile that can't be read, an unknown term, a term without a passage."""
    faults: list[VocabularyFault] = []
    profiles = _read(folder, faults)
    yield from faults
    for name, file in PROFILE_FILES.items():
        known = {term.id for term in terms[name]}
        described = {passage.term for passage in profiles.passages[name]}
        tagged = {term for document in profiles.documents for term in document.tags[name]}
        yield from (
            VocabularyFault(file, term, "term", FAULT_UNKNOWN_VALUE, term) for term in sorted(described - known)
        )
        yield from (
            VocabularyFault(SAMPLE_DOCUMENTS_FILE, term, f"{name}s", FAULT_UNKNOWN_VALUE, term)
            for term in sorted(tagged - known)
        )
        yield from (VocabularyFault(file, term, "profiles", FAULT_MISSING_FIELD) for term in sorted(known - described))


def _read(folder: Traversable, faults: list[VocabularyFault]) -> Profiles:
    """The profiles in a folder; faults are added to `faults`."""
    passages = {}
    for name, path in PROFILE_FILES.items():
        file = open_file(folder, path, faults)
        passages[name] = file.read("profiles", profile_passage_from_row, "term", "language", "text")
        file.rest()
    file = open_file(folder, SAMPLE_DOCUMENTS_FILE, faults)
    documents = file.read("documents", sample_document_from_row, "language", "text")
    file.rest()
    file = open_file(folder, ELSEWHERE_FILE, faults)
    elsewhere = file.read("elsewhere", elsewhere_from_row, "language", "text")
    headings = file.read("headings", heading_from_row, *HEADING_LANGUAGES)
    file.rest()
    return Profiles(passages, documents, (*elsewhere, *(text for texts in headings for text in texts)))


def profile_passage_from_row(row: Row) -> ProfilePassage:
    """A passage from its table in the file of its vocabulary."""
    return ProfilePassage(row.text("term"), row.choice("language", ANALYSED_LANGUAGES), row.text("text"))


def sample_document_from_row(row: Row) -> SampleDocument:
    """A document from its table in ``documents.toml``."""
    language, text = row.choice("language", ANALYSED_LANGUAGES), row.text("text")
    return SampleDocument(language, text, row.texts("principles", True), row.texts("themes", True))


def elsewhere_from_row(row: Row) -> str:
    """A sentence from its table in ``elsewhere.toml``."""
    row.choice("language", ANALYSED_LANGUAGES)
    return row.text("text")


def heading_from_row(row: Row) -> tuple[str, ...]:
    """A heading in its languages from its table in ``elsewhere.toml``."""
    return tuple(row.text(language) for language in HEADING_LANGUAGES)
