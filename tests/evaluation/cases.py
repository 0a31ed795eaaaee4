"""Inputs of which the right values are known, read and deposited by a bank of their own: what is right, what came.

The folder has `reading` (files that are imported and published) and `deposit` (files that somebody deposits). No such
files are kept here; `case_values` names them with what must come.
"""

import io
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue.tables import Entry, File, Page
from bank.errors import BankError
from bank.jobs.deposits import do_read_job
from bank.jobs.worker import do_ocr_job
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.deposits.draft import DraftView, open_draft
from bank.workflow.deposits.incoming import IncomingFile
from bank.workflow.deposits.starting import DepositRequest, start_new_deposit
from bank.workflow.entries.views import SearchView
from bank.workflow.imports.files import ImportOutcome, import_files
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index import documents, vectors
from bank.workflow.people import accounts
from bank.workflow.rights import Viewer
from bank.workflow.search.searching import search
from tests.people import COORDINATOR, OPERATOR, PASSWORD

COORDINATION = Viewer(1, "Coordinación", "coordinator")


class MissingCase(Exception):
    """A file that the cases name is not in the folder."""


@dataclass(frozen=True, slots=True)
class CaseRun:
    """A bank with the files of the folder: those of `reading`, and notes of its own, are published."""

    bank: Bank
    folder: Path
    outcomes: Mapping[str, ImportOutcome]
    drafts: dict[str, int] = field(default_factory=dict)
    """File -> the entry that somebody began with it."""

    def entry(self, name: str) -> int:
        """The entry that was made of a file: of one that is not imported, by depositing it."""
        if name not in self.outcomes:
            return self.draft(name)
        number = self.outcomes[name].entry
        if number is None:
            raise MissingCase(f"{name} was not taken: {self.outcomes[name].sentence}")
        return number

    def draft(self, name: str) -> int:
        """The entry that somebody begins with a file."""
        if name not in self.drafts:
            self.drafts[name] = self.deposited(self.folder / name)
        return self.drafts[name]

    def deposited(self, path: Path) -> int:
        """The entry that a coordinator begins with a file, once it is read, by OCR too."""
        incoming = [IncomingFile(path.name, io.BytesIO(path.read_bytes()))]
        number = start_new_deposit(self.bank, COORDINATION, DepositRequest(incoming=incoming)).entry
        while do_read_job(self.bank) or do_ocr_job(self.bank, threading.Event()):
            pass
        return number

    def view(self, name: str) -> DraftView:
        """The entry as whoever works on it sees it."""
        return open_draft(self.bank, COORDINATION, self.entry(name))

    def form(self, name: str) -> DraftView:
        """What the form of a new entry shows, once it has read the file."""
        return open_draft(self.bank, COORDINATION, self.draft(name))

    def title(self, name: str) -> str:
        """The title of the entry, in its own language where it has several."""
        card = self.view(name).card
        return card.titles.get(card.language) or next(iter(card.titles.values()), "")

    def date(self, name: str) -> str | None:
        """The date of the entry, as exact as it is known."""
        with self.bank.database.reading() as session:
            return session.scalar(select(Entry.date).where(Entry.id == self.entry(name)))

    def text(self, name: str, page: int | None = None) -> str:
        """The text of a page of the file, or of all."""
        query = select(Page.text).join(File, File.id == Page.file_id).where(File.entry_id == self.entry(name))
        with self.bank.database.reading() as session:
            return "\n".join(session.scalars(query if page is None else query.where(Page.number == page)))

    def asked(self, q: str) -> SearchView:
        """The answer to a question."""
        return search(self.bank, q, Filters(), size=100)

    def names(self, q: str, sort: str = "relevance", verbatim: bool = False) -> list[str]:
        """The files whose entries a question finds by all its words, best first."""
        names = {outcome.entry: name for name, outcome in self.outcomes.items()}
        view = search(self.bank, q, Filters(), sort, size=100, verbatim=verbatim)
        return [names[hit.card.id] for hit in view.hits if hit.reason == "all"]

    def found(self, q: str) -> list[str]:
        """The same, without putting the question otherwise."""
        return self.names(q, verbatim=True)


Came = Callable[[CaseRun], str]
"""What is wrong with a value, as what came instead; empty where it is right."""


@dataclass(frozen=True, slots=True)
class Case:
    """A right value of an input: what must come, and what came instead."""

    input: str
    right: str
    wrong: Came


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a case; `wrong` is empty where it is right."""

    case: Case
    wrong: str


def judged_cases(cases: Sequence[Case], folder: Path, home: Path, notes: Mapping[str, str]) -> list[Judgement]:
    """Every case with what came of it in a new bank at `home`; `notes` are Markdown files that it is given besides.

    Raises MissingCase where a file that a case names is not in the folder.
    """
    names = [one.input for one in cases if one.input.partition("/")[0] in ("reading", "deposit")]
    for name in names:
        if not (folder / name).is_file():
            raise MissingCase(f"{name} is not in {folder}: is it the folder with the cases?")
    with case_run(folder, dict.fromkeys(one for one in names if one.startswith("reading/")), home, notes) as run:
        return [Judgement(one, wrong_value(one, run)) for one in cases]


def wrong_value(case: Case, run: CaseRun) -> str:
    """What came instead of the right value; empty where that came."""
    try:
        return case.wrong(run)
    except (BankError, MissingCase) as error:
        return f"{type(error).__name__}: {error}"


@contextmanager
def case_run(folder: Path, names: Iterable[str], home: Path, notes: Mapping[str, str]) -> Iterator[CaseRun]:
    """A new bank with the files and notes, published, indexed and embedded."""
    bank = open_bank(Settings(home=home / "bank"))
    try:
        accounts.add_user(bank, COORDINATOR, "coordinator", PASSWORD, name=COORDINATION.name, actor=OPERATOR)
        paths = {folder / name: name for name in names}
        for name, text in notes.items():
            path = home / name
            path.write_text(text, "utf-8")
            paths[path] = name
        taken = import_files(bank, paths, ImportWishes(publish=True))
        outcomes = {paths[path]: outcome for path, outcome in taken}
        documents.rebuild_index(bank)
        vectors.queue_outdated_vectors(bank)
        vectors.embed_all(bank)
        yield CaseRun(bank, folder, outcomes)
    finally:
        ingest.close_extractors()
        bank.database.close()


def case_lines(judgements: Sequence[Judgement]) -> Iterator[str]:
    """A line for each value with ok or NOT, then how many are right."""
    wide = max(len(one.case.input) for one in judgements)
    for one in judgements:
        came = f"; came: {one.wrong}" if one.wrong else ""
        yield f"{'NOT' if one.wrong else 'ok ':4}{one.case.input:{wide}}  {one.case.right}{came}"
    right = sum(not one.wrong for one in judgements)
    yield f"\n{right} of {len(judgements)} values are right"
