"""The questions put to a real bank of the judged documents: by words alone, by meaning alone, by both."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from sqlalchemy import select

from bank import ingest
from bank.assembly import open_bank
from bank.catalogue.tables import File
from bank.search.request import Filters
from bank.settings import Settings
from bank.workflow.bank import Bank
from bank.workflow.imports.files import import_files
from bank.workflow.imports.values import ImportWishes
from bank.workflow.index import documents, vectors
from bank.workflow.search.searching import matching_ids
from tests.evaluation.judged import JudgedSet, Question

WAYS = ("words", "meaning", "both")


@contextmanager
def bank_of(judged: Sequence[JudgedSet], home: Path, others: Sequence[Path] = ()) -> Iterator[Bank]:
    """A bank with the documents of sets, indexed and embedded; of `others` those that can be read."""
    bank = open_bank(Settings(home=home))
    try:
        paths = [path for one in judged for path in one.documents.values()]
        for path, taken in import_files(bank, [*paths, *others], ImportWishes(publish=True)):
            assert path in others or taken.status == "read", f"{path.name}: {taken}"
        documents.rebuild_index(bank)
        vectors.queue_outdated_vectors(bank)
        vectors.embed_all(bank)
        yield bank
    finally:
        ingest.close_extractors()
        bank.database.close()


def slugs(bank: Bank) -> Mapping[int, str]:
    """Entry number -> the document it was made of."""
    with bank.database.reading() as session:
        return {file.entry_id: Path(file.name).stem for file in session.scalars(select(File))}


def filters_of(question: Question) -> Filters:
    chosen = {name: tuple(value) if isinstance(value, list) else value for name, value in question.filters.items()}
    return Filters(**chosen)  # type: ignore[arg-type]


def answers(bank: Bank, questions: Sequence[Question], way: str) -> list[list[str]]:
    """What each question finds, best first. `bank` has its meaning off for `words`."""
    named = slugs(bank)
    found = (
        by_meaning(bank, one) if way == "meaning" else matching_ids(bank, one.q, filters_of(one)) for one in questions
    )
    return [[named[id] for id in ids] for ids in found]


def by_meaning(bank: Bank, question: Question) -> list[int]:
    """Every entry that the filters leave, the nearest to the question first."""
    assert bank.meaning is not None
    near = bank.meaning.nearness(bank.meaning.of(question.q.replace('"', "")))
    left = set(matching_ids(bank, "", filters_of(question)))
    return [id for id in near.ids[np.argsort(-near.values, kind="stable")].tolist() if id in left]
