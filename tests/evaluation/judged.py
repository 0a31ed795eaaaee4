"""The judged sets: fictional documents with their true tags, and questions with the documents that answer them.

Two halves by two authors who did not see each other's: what is worked on is measured on `tuned`; `unseen` is kept for
the end.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETS = ("tuned", "unseen")


@dataclass(frozen=True, slots=True)
class Gold:
    """A document's true tags, the primary or main one first."""

    principles: tuple[int, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """`grades` by document: 3 exactly this, 2 clearly relevant, 1 related; the others are not relevant."""

    id: str
    type: str
    language: str
    q: str
    filters: Mapping[str, list[str] | int]
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """One half. Documents are named by their files' names without the ending."""

    name: str
    documents: Mapping[str, Path]
    gold: Mapping[str, Gold]
    questions: tuple[Question, ...]


def read(name: str) -> JudgedSet:
    """The set in the folder of that name."""
    folder = HERE / name
    gold = tomllib.loads((folder / "gold.toml").read_text("utf-8"))["documents"]
    questions = tomllib.loads((folder / "queries.toml").read_text("utf-8"))["queries"]
    return JudgedSet(
        name,
        {path.stem: path for path in sorted((folder / "documents").glob("*.md"))},
        {slug: Gold(tuple(tags["principles"]), tuple(tags["themes"])) for slug, tags in gold.items()},
        tuple(
            Question(one["id"], one["type"], one["language"], one["q"], one.get("filters", {}), one["grades"])
            for one in questions
        ),
    )
