"""Texts made to keep a processor busy: the work on each took minutes before its pattern was bounded."""

import re
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from bank.search.meaning.sentences import split_sentences
from bank.tagging.clearing import is_noise, strip_markdown
from bank.tagging.mentions import find_mentions
from bank.vocabulary import load_vocabulary
from tests.counting_steps import TWICE, runs_away

SIZE = 200
"""Repetitions; the same text with twice as many may cost about twice the work."""
VOCABULARY = load_vocabulary()

Act = Callable[[str], object]
Text = Callable[[int], str]
ACTS: dict[str, tuple[Act, Text]] = {
    "runs of marks between letters": (is_noise, lambda size: "!".join("abcd").replace("!", "!" * size) + "."),
    "marks behind a word of an address": (is_noise, lambda size: "tel" + "." * size),
    "words of opening without hours": (is_noise, lambda size: "open " * size),
    "a heading of signs": (strip_markdown, lambda size: "# " + "#" * size + "x"),
    "a heading of signs and blanks": (strip_markdown, lambda size: "# a" + " #" * size + "x"),
    "quotes behind a stop": (split_sentences, lambda size: "x!" + " '" * size + " a"),
    "quotes before a sentence": (split_sentences, lambda size: "x! " + "' " * size + "-"),
    "a number named over and over": (
        lambda text: find_mentions(VOCABULARY, [text], None),
        lambda size: "principio 1, " * size,
    ),
    "spans of numbers named over and over": (
        lambda text: find_mentions(VOCABULARY, [text], None),
        lambda size: "principio 1 a 20, " * size,
    ),
}


def work(act: Act, text: str) -> tuple[int, set[re.Pattern[str]]]:
    """How many functions the act calls, Python's own among them, and the expressions that it asks."""
    calls, asked = 0, set[re.Pattern[str]]()

    def called(frame: FrameType, what: str, function: object) -> None:
        nonlocal calls
        calls += what in ("call", "c_call")
        if what == "c_call" and isinstance(of := getattr(function, "__self__", None), re.Pattern):
            asked.add(of)

    sys.setprofile(called)
    try:
        act(text)
    finally:
        sys.setprofile(None)
    return calls, asked


@pytest.mark.parametrize("name", ACTS)
def test_the_work_on_a_hostile_text_grows_no_faster_than_the_text(name: str) -> None:
    act, text = ACTS[name]
    short, long = text(SIZE), text(2 * SIZE)
    act(short)  # what is worked out once is so by now
    (few, _), (more, asked) = work(act, short), work(act, long)
    assert more <= TWICE * few
    assert asked
    assert [pattern.pattern for pattern in asked if runs_away(pattern, short, long)] == []
