"""No regular expression of the bank runs away on a hostile text (S46)."""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import bank

LENGTH = 100_000
PIECES = ("a", "a ", " ", "-", "1", "1-", "(", '"a', "a.", "\n", "A\u0301", "http://", "principio 1, ", "[](", "a@")
HOSTILE = tuple((piece * LENGTH)[:LENGTH] + end for piece in PIECES for end in ("", "!"))
PATIENCE = 20
"""Seconds after which a pattern counts as one that never ends: a sound one takes some thousandths of a second here."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that a module of the bank keeps."""
    for module in pkgutil.walk_packages(bank.__path__, "bank."):
        if "migrations" in module.name or module.name.endswith("__main__"):
            continue
        held = vars(importlib.import_module(module.name))
        for name, value in held.items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name}.{name}", value


@contextmanager
def ended_after(seconds: int, what: str) -> Iterator[None]:
    """Fails what is still running after so long."""

    def fail(*_: object) -> None:
        pytest.fail(f"{what} does not end")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def test_every_pattern_ends_on_every_hostile_text() -> None:
    found = dict(patterns())
    assert len(found) > 15
    for name, pattern in found.items():
        for text in HOSTILE:
            with ended_after(PATIENCE, f"{name} on {text[:9]!r}"):
                pattern.search(text)
                pattern.match(text)
