"""A strict JSON reader: refuses what two parsers could read differently."""

import json
import re
from math import isfinite

from bank.errors import Invalid
from bank.messages import N_

MOST_JSON_LEVELS = 32
"""Levels of objects and lists inside one another."""
LARGEST_JSON_INTEGER = 2**63 - 1
LONGEST_JSON_NUMBER = 40
"""Characters of a number."""

JSON_BODY_UNREADABLE = N_("What was sent is no JSON in UTF-8.")
JSON_BODY_TOO_DEEP = N_("The JSON is nested too deeply; at most {deepest} levels are read.")
JSON_NAME_REPEATED = N_("The JSON says “{name}” twice.")
JSON_NUMBER_UNUSABLE = N_("The JSON has a number that can't be used.")

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)', re.DOTALL)
"""A JSON string, also one that is not closed: so that a search of the text looks at each character once."""
_BRACKETS = re.compile(r"[\[\]{}]")


def read_json(body: bytes) -> object:
    """The value of a JSON text in UTF-8. Raises Invalid.

    Refused are repeated names, NaN and infinities, integers beyond 64 bits, halves of surrogate pairs (which no
    database keeps), and nesting over 32 levels (which could exhaust the stack). Source: RFC 8259, 4, 6, 8.1 and 9.
    """
    try:
        text = body.decode("utf-8")
        expect_shallow(text)
        value = json.loads(
            text,
            object_pairs_hook=object_of_distinct_names,
            parse_int=parse_json_integer,
            parse_float=parse_json_float,
            parse_constant=refuse_json_constant,
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (UnicodeError, json.JSONDecodeError):
        raise Invalid(JSON_BODY_UNREADABLE) from None
    return value


def expect_shallow(text: str) -> None:
    """Raises Invalid for text with more than MOST_JSON_LEVELS open brackets; looks at each character once."""
    depth = 0
    for bracket in _BRACKETS.finditer(_STRINGS.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MOST_JSON_LEVELS:
            raise Invalid(JSON_BODY_TOO_DEEP, deepest=MOST_JSON_LEVELS)


def object_of_distinct_names(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A dict of the (name, value) pairs. Raises Invalid for a repeated name."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise Invalid(JSON_NAME_REPEATED, name=name[:80].encode("utf-8", "replace").decode())
        found[name] = value
    return found


def parse_json_integer(text: str) -> int:
    """An integer of 64 bits. Raises Invalid for a larger one."""
    if len(text) > LONGEST_JSON_NUMBER or not -LARGEST_JSON_INTEGER <= int(text) <= LARGEST_JSON_INTEGER:
        raise Invalid(JSON_NUMBER_UNUSABLE)
    return int(text)


def parse_json_float(text: str) -> float:
    """A number with a point or an exponent. Raises Invalid for a long or an infinite one."""
    if len(text) > LONGEST_JSON_NUMBER or not isfinite(float(text)):
        raise Invalid(JSON_NUMBER_UNUSABLE)
    return float(text)


def refuse_json_constant(text: str) -> object:
    """Raises Invalid for NaN, Infinity and -Infinity."""
    raise Invalid(JSON_NUMBER_UNUSABLE)
