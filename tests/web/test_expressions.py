"""No regular expression of the bank runs away on a hostile text (S46)."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import bank
from bank.ingest.labelled.ends import LONGEST_HEADING_LINE
from tests.counting_steps import runs_away, steps

LENGTH = 240
"""Characters: enough for what runs away to be told from what does not."""
PIECES = (
    *("a", "a ", " ", "-", "1", "1-", "(", '"a', "a.", "\n", "A\u0301", "http://", "principio 1, ", "[](", "a@"),
    *("!", ".", "#", " #", "open ", " '", "' ", "principio 1 a 20, "),
)
BEGINNINGS, SIGNS = ("x!", "tel", "# a"), ("!", ".", " #", " '", "' ")
SHORT_TEXTS = {"bank.ingest.labelled.ends.DOT_LEADER": LONGEST_HEADING_LINE}
"""Patterns that are asked of so many characters at most: there they may go over all of them again from each."""


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that a module of the bank keeps, under the first of its names."""
    found: dict[re.Pattern[str], str] = {}
    for module in pkgutil.walk_packages(bank.__path__, "bank."):
        if "migrations" in module.name or module.name.endswith("__main__"):
            continue
        held = vars(importlib.import_module(module.name))
        for name, value in held.items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found.setdefault(value, f"{module.name}.{name}")
    return {name: pattern for pattern, name in found.items()}


def hostile(length: int) -> Iterator[str]:
    """Texts of about that length; those of twice the length end just so."""
    for piece in PIECES:
        yield piece * (length // len(piece)) + "!"
    for beginning in BEGINNINGS:
        for sign in SIGNS:
            yield beginning + sign * (length // len(sign)) + "-"


def pairs() -> list[tuple[str, str]]:
    return list(zip(hostile(LENGTH), hostile(2 * LENGTH), strict=True))


def test_no_pattern_takes_more_than_its_share_of_steps_on_a_hostile_text() -> None:
    found = patterns()
    assert len(found) > 100
    assert [
        (name, short[:20])
        for name, pattern in found.items()
        for short, long in pairs()
        if name not in SHORT_TEXTS and runs_away(pattern, short, long)
    ] == []


def test_a_pattern_for_short_texts_ends_soon_on_them() -> None:
    found = patterns()
    assert SHORT_TEXTS
    for name, length in SHORT_TEXTS.items():
        for text in hostile(length):
            assert steps(found[name], text[:length]) < 50_000, (name, text[:20])


@pytest.mark.parametrize("wild", [r"(a+)+b", r"(?:a|a)*b", r"a*b", r"\s+$", r"[^x]*x", r"(?:\w+ ?)*x", r'"[^;]*;'])
def test_a_pattern_that_runs_away_is_noticed(wild: str) -> None:
    assert any(runs_away(re.compile(wild), short, long) for short, long in pairs())
