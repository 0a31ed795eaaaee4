"""Questions that nothing in a bank answers: how many of them find anything nevertheless."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bank.search.request import LARGEST_PAGE, Filters
from bank.workflow.bank import Bank
from bank.workflow.search.searching import search
from tests.evaluation.judged import HERE, Question
from tests.evaluation.measures import recall
from tests.evaluation.searching import answers

NOISE_FILES = ("noise.toml", "noise-unseen.toml")
"""The questions that the floor was set by, and those of another author that were not looked at."""


def noise_questions(file: str = NOISE_FILES[0]) -> Mapping[str, Sequence[str]]:
    """Kind of noise -> questions."""
    found: Mapping[str, Sequence[str]] = tomllib.loads((HERE / file).read_text("utf-8"))
    return found


def found_by_noise(bank: Bank, q: str) -> int:
    """How many entries a question finds by meaning or by all its words; what is left when words are dropped is told."""
    view = search(bank, q, Filters(), size=LARGEST_PAGE)
    return sum(hit.reason == "meaning" or (hit.reason == "all" and not view.dropped) for hit in view.hits)


def noise_lines(bank: Bank, told: Sequence[Question]) -> Iterator[str]:
    """How many questions of each kind find something and what they find, and the recall of the judged questions."""
    for file in NOISE_FILES:
        loud = {kind: [(q, found_by_noise(bank, q)) for q in some] for kind, some in noise_questions(file).items()}
        number, every = sum(count > 0 for some in loud.values() for _, count in some), sum(map(len, loud.values()))
        yield f"{file}: {number} of {every} questions that nothing answers find something"
        for kind, some in loud.items():
            yield f"  {kind + ' (' + str(len(some)) + ')':20}" + "; ".join(
                f"{q}: {count}" for q, count in some if count
            )
    there = [recall(ids, one.grades) for ids, one in zip(answers(bank, told, "both"), told, strict=True)]
    yield f"recall@10 of the {len(told)} judged questions beside them: {sum(there) / len(there):.2f}"


def files_of(folder: Path) -> list[Path]:
    """The files in a folder, in the order of their names."""
    return sorted(path for path in folder.iterdir() if path.is_file())
