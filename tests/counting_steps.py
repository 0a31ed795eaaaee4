"""Counts what a regular expression has to do on a text: every character and place that a backtracking matcher looks at.

Python's own matcher works in the same way and tells no count, and a clock tells the machine's load as well. What is
counted here is checked each time: its matches are those of Python's matcher.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from re import _constants as op  # type: ignore[attr-defined]  # isort: skip
from re import _parser  # type: ignore[attr-defined]  # isort: skip

MOST = 500_000
"""Steps after which an expression counts as one that never ends."""
TWICE, SPARE = 3.0, 5_000
"""Twice the text may cost so many times the steps and some: 2 is what a sound one takes, 4 one that runs away."""
NO = -1
Then = Callable[[int], int]
"""Goes on from a place in the text; the place where the match ends, or NO."""
Node = Callable[[int, Then], int]
Test = Callable[[str], bool]
SINGLE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
CATEGORIES: dict[Any, Test] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda one: not one.isdecimal(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda one: not one.isspace(),
    op.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
    op.CATEGORY_NOT_WORD: lambda one: not (one.isalnum() or one == "_"),
}


class RunsAway(Exception):
    """More steps than any sound expression takes."""


@contextmanager
def deep() -> Iterator[None]:
    """Lets the matcher call itself for every turn of a repeated group."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def steps(pattern: re.Pattern[str], text: str) -> int:
    """What finding every match takes, and matching the whole. Raises RunsAway; AssertionError for another match."""
    with deep():
        counted = Counted(pattern, MOST)
        assert counted.spans(text) == [match.span() for match in pattern.finditer(text)], (pattern, text[:30])
        assert counted.fits(text) is (pattern.fullmatch(text) is not None), (pattern, text[:30])
        return counted.steps


def runs_away(pattern: re.Pattern[str], short: str, long: str) -> bool:
    """Whether the steps grow faster than the text; `long` is `short` once more."""
    try:
        return steps(pattern, long) > TWICE * steps(pattern, short) + SPARE
    except (RunsAway, RecursionError):
        return True


class Counted:
    """One expression; `steps` are those of all the texts that it was tried on."""

    def __init__(self, pattern: re.Pattern[str], most: int) -> None:
        self.most, self.steps, self.text = most, 0, ""
        self.groups: dict[int, tuple[int, int]] = {}
        self.run = self.sequence(_parser.parse(pattern.pattern, pattern.flags), pattern.flags)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the matches are, as `finditer` tells them. Raises RunsAway."""
        self.text, found, start, barred = text, [], 0, NO
        while start <= len(text):
            self.groups.clear()
            end = self.run(start, lambda at, start=start, barred=barred: NO if at == start == barred else at)  # type: ignore[misc]
            if end == NO:
                start += 1
                self.count()
                continue
            found.append((start, end))
            start, barred = end, end if start == end else NO
        return found

    def fits(self, text: str) -> bool:
        """Whether the whole text matches, as `fullmatch` tells. Raises RunsAway."""
        self.text = text
        self.groups.clear()
        return self.run(0, lambda at: at if at == len(text) else NO) != NO

    def count(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > self.most:
            raise RunsAway

    def sequence(self, parts: Any, flags: int) -> Node:
        nodes = [self.node(kind, value, flags) for kind, value in parts]

        def run(at: int, then: Then, turn: int = 0) -> int:
            if turn == len(nodes):
                return then(at)
            if turn == len(nodes) - 1:
                return nodes[turn](at, then)
            return nodes[turn](at, lambda after: run(after, then, turn + 1))

        return run

    def node(self, kind: Any, value: Any, flags: int) -> Node:
        if kind in SINGLE:
            return self.single(test_of(kind, value, flags))
        if kind is op.SUBPATTERN:
            group, more, less, parts = value
            return self.group(group, self.sequence(parts, (flags | more) & ~less))
        if kind is op.BRANCH:
            return self.branch([self.sequence(one, flags) for one in value[1]])
        if kind is op.POSSESSIVE_REPEAT:
            return self.whole(self.node(op.MAX_REPEAT, value, flags))
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, parts = value
            if kind is op.MAX_REPEAT and len(parts) == 1 and parts[0][0] in SINGLE:
                one, meaning = parts[0]
                return self.run_of(test_of(one, meaning, flags), least, most)
            return self.repeat(self.sequence(parts, flags), least, most, kind is op.MAX_REPEAT)
        if kind is op.AT:
            return self.place(value, flags)
        if kind in (op.ASSERT, op.ASSERT_NOT):
            direction, parts = value
            back = parts.getwidth()[0] if direction < 0 else 0
            return self.look(self.sequence(parts, flags), back, kind is op.ASSERT)
        if kind is op.GROUPREF:
            return self.again(value)
        raise NotImplementedError(f"{kind} is not counted yet")

    def whole(self, inner: Node) -> Node:
        """What is not tried again once it has matched."""

        def run(at: int, then: Then) -> int:
            end = inner(at, lambda after: after)
            return NO if end == NO else then(end)

        return run

    def single(self, test: Test) -> Node:
        def run(at: int, then: Then) -> int:
            self.count()
            return then(at + 1) if at < len(self.text) and test(self.text[at]) else NO

        return run

    def run_of(self, test: Test, least: int, most: int) -> Node:
        """A greedy run of single characters."""

        def run(at: int, then: Then) -> int:
            end, last = at, min(len(self.text), at + most)
            while end < last and test(self.text[end]):
                end += 1
            self.count(end - at + 1)
            while end - at >= least:
                if (found := then(end)) != NO:
                    return found
                end -= 1
                self.count()
            return NO

        return run

    def repeat(self, inner: Node, least: int, most: int, greedy: bool) -> Node:
        def more(at: int, then: Then, done: int, before: int) -> int:
            if done >= most or (done >= least and at == before):
                return NO
            return inner(at, lambda after: turn(after, then, done + 1, at))

        def turn(at: int, then: Then, done: int, before: int) -> int:
            self.count()
            if done < least:
                return more(at, then, done, before)
            if greedy:
                found = more(at, then, done, before)
                return found if found != NO else then(at)
            found = then(at)
            return found if found != NO else more(at, then, done, before)

        return lambda at, then: turn(at, then, 0, NO)

    def group(self, number: int | None, inner: Node) -> Node:
        def run(at: int, then: Then) -> int:
            if number is None:
                return inner(at, then)
            before = self.groups.get(number)

            def close(end: int) -> int:
                self.groups[number] = (at, end)
                return then(end)

            found = inner(at, close)
            if found == NO and before is not None:
                self.groups[number] = before
            return found

        return run

    def branch(self, ways: Sequence[Node]) -> Node:
        def run(at: int, then: Then) -> int:
            for way in ways:
                self.count()
                if (found := way(at, then)) != NO:
                    return found
            return NO

        return run

    def look(self, inner: Node, back: int, wanted: bool) -> Node:
        def run(at: int, then: Then) -> int:
            self.count()
            there = at >= back and inner(at - back, lambda end: end) != NO
            return then(at) if there is wanted else NO

        return run

    def again(self, number: int) -> Node:
        def run(at: int, then: Then) -> int:
            if number not in self.groups:
                return NO
            start, end = self.groups[number]
            self.count(end - start + 1)
            return then(at + end - start) if self.text.startswith(self.text[start:end], at) else NO

        return run

    def place(self, which: Any, flags: int) -> Node:
        def here(at: int) -> bool:
            text, size = self.text, len(self.text)
            if which in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
                lines = flags & re.MULTILINE and which is op.AT_BEGINNING
                return at == 0 or bool(lines and text[at - 1] == "\n")
            if which is op.AT_END_STRING:
                return at == size
            if which is op.AT_END:
                last = at == size or (at == size - 1 and text[at] == "\n")
                return last or bool(flags & re.MULTILINE and text[at] == "\n")
            word = CATEGORIES[op.CATEGORY_WORD]
            edge = (at > 0 and word(text[at - 1])) is not (at < size and word(text[at]))
            return edge is (which is op.AT_BOUNDARY)

        def run(at: int, then: Then) -> int:
            self.count()
            return then(at) if here(at) else NO

        return run


def test_of(kind: Any, value: Any, flags: int) -> Test:
    """Whether a character is one of those meant; each is worked out once."""
    known: dict[str, bool] = {}

    def test(one: str) -> bool:
        if one not in known:
            forms = {one, one.lower(), one.upper()} if flags & re.IGNORECASE else {one}
            known[one] = meant(kind, value, forms, flags)
        return known[one]

    return test


def meant(kind: Any, value: Any, forms: set[str], flags: int) -> bool:
    if kind is op.ANY:
        return bool(flags & re.DOTALL) or "\n" not in forms
    if kind in (op.LITERAL, op.NOT_LITERAL):
        return (chr(value) in forms) is (kind is op.LITERAL)
    negated = value[0][0] is op.NEGATE
    return any(in_set(one, what, forms) for one, what in value[negated:]) is not negated


def in_set(kind: Any, value: Any, forms: set[str]) -> bool:
    if kind is op.LITERAL:
        return chr(value) in forms
    if kind is op.RANGE:
        return any(value[0] <= ord(one) <= value[1] for one in forms if len(one) == 1)
    return any(CATEGORIES[value](one) for one in forms)
