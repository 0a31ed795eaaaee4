"""JSON as programs send it, read strictly: what two readers could take for different things is refused."""

import json
import re
from math import isfinite

from bank.errors import Invalid
from bank.messages import N_

DEEPEST = 32
"""Objects and lists inside one another."""
LARGEST = 2**63 - 1
LONGEST_NUMBER = 40
"""Digits and signs."""

UNREADABLE = N_("What was sent is no JSON in UTF-8.")
TOO_DEEP = N_("The JSON is nested too deeply; at most {deepest} levels are read.")
TWICE = N_("The JSON says “{name}” twice.")
NO_NUMBER = N_("The JSON has a number that can't be used.")

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)', re.DOTALL)
"""Also the one that is not closed: so nothing is looked at twice."""
_BRACKETS = re.compile(r"[\[\]{}]")


def read_json(body: bytes) -> object:
    """The value that a body holds. Raises Invalid.

    Refused are repeated names, NaN and infinities, integers beyond 64 bits, halves of surrogate pairs (which no
    database keeps), and nesting over 32 levels (which could exhaust the stack). Source: RFC 8259, 4, 6, 8.1 and 9.
    """
    try:
        text = body.decode("utf-8")
        expect_shallow(text)
        value = json.loads(
            text, object_pairs_hook=distinct, parse_int=whole, parse_float=finite, parse_constant=no_number
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (UnicodeError, json.JSONDecodeError):
        raise Invalid(UNREADABLE) from None
    return value


def expect_shallow(text: str) -> None:
    """Raises Invalid for text that opens too many brackets inside one another; looks at each character once."""
    depth = 0
    for bracket in _BRACKETS.finditer(_STRINGS.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            raise Invalid(TOO_DEEP, deepest=DEEPEST)


def distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of names that stand there once each."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise Invalid(TWICE, name=name[:80].encode("utf-8", "replace").decode())
        found[name] = value
    return found


def whole(text: str) -> int:
    """An integer of 64 bits."""
    if len(text) > LONGEST_NUMBER or not -LARGEST <= int(text) <= LARGEST:
        raise Invalid(NO_NUMBER)
    return int(text)


def finite(text: str) -> float:
    """A number with a point or an exponent."""
    if len(text) > LONGEST_NUMBER or not isfinite(float(text)):
        raise Invalid(NO_NUMBER)
    return float(text)


def no_number(text: str) -> object:
    raise Invalid(NO_NUMBER)
