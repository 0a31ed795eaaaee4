"""Which controls a form has for the values of each type of field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bank.messages import N_
from bank.vocabulary import FIELD_TYPES, FieldSpec, Vocabulary
from bank.vocabulary.field_types import IN_PARTS, complete
from bank.web.form import values
from bank.web.form.values import Posted, Value

RANKED = ("principle", "theme")
"""Vocabularies whose first term counts more than the others."""


@dataclass(frozen=True, slots=True)
class Controls:
    """The controls of a field: `macro` of ``templates/deposits/_controls.html`` draws them.

    `shown` gives what they show of a value, `read` the value that was sent with them, as `shown` gives it.
    """

    macro: str
    shown: Callable[[FieldSpec, Value, Vocabulary], Value] = values.shown_text
    read: Callable[[FieldSpec, Posted, Vocabulary], Value] = values.read_text


@dataclass(frozen=True, slots=True)
class PartControl:
    """The control of one part: what stands above it, the type of its input, an example of what goes in."""

    label: str
    input: str = "text"
    example: str = ""


TEXTS = Controls("texts", values.shown_texts, values.read_texts)
"""Of a translated field of any type: a text for each language."""
RANKED_TERMS = Controls("ranked", values.shown_ranked, values.read_ranked)
"""Of terms of which one counts most."""
LINE = Controls("line")
NUMBER = Controls("number", values.shown_number, values.read_number)
PARTS = Controls("parts", values.shown_parts, values.read_parts)
MANY = Controls("many", values.shown_many, values.read_many)

CONTROLS: Mapping[str, Controls] = complete(
    {
        "text": LINE,
        "longtext": Controls("paragraph"),
        "list": Controls("lines", values.shown_lines, values.read_lines),
        "number": NUMBER,
        "year": NUMBER,
        "month": LINE,
        "date": LINE,
        "period": PARTS,
        "money": PARTS,
        "choice": Controls("choice"),
        "choices": MANY,
        "cities": Controls("cities", values.shown_lines, values.read_lines),
        "city": Controls("city"),
        "terms": MANY,
        "events": Controls("events", values.shown_events, values.read_events),
        "links": Controls("links", values.shown_links, values.read_links),
        "bool": Controls("yes_or_no", values.shown_bool, values.read_bool),
        "contact": PARTS,
        "licence": Controls("licence"),
        "attachment": Controls("nothing"),
        "language": Controls("language_code"),
    },
    "the controls of each type in a form",
)
PART_CONTROLS: Mapping[str, Mapping[str, PartControl]] = complete(
    {
        "period": {
            "from": PartControl(N_("From (year, or year-month)"), example="2024-03"),
            "to": PartControl(N_("To (empty while it goes on)"), example="2024-03"),
        },
        "money": {
            "amount": PartControl(N_("Amount")),
            "currency": PartControl(N_("Currency, such as MXN")),
            "year": PartControl(N_("Year")),
        },
        "contact": {
            "post": PartControl(N_("Post or office")),
            "mailbox": PartControl(N_("Mailbox of the office"), input="email"),
        },
    },
    "the controls of the parts of each type",
    IN_PARTS,
)
for name, parts in PART_CONTROLS.items():
    complete(parts, f"the controls of the parts of {name}", FIELD_TYPES[name].parts)
MACROS = frozenset(one.macro for one in (*CONTROLS.values(), TEXTS, RANKED_TERMS))
"""Every macro that draws controls."""


def controls_of(spec: FieldSpec) -> Controls:
    """The controls of a field."""
    if spec.translated:
        return TEXTS
    ranked = spec.field_type.chosen_from == "vocabulary" and spec.vocabulary in RANKED
    return RANKED_TERMS if ranked else CONTROLS[spec.type]


def shown(spec: FieldSpec, value: Value, vocabulary: Vocabulary) -> Value:
    """What the controls of a field show of its value: a text, a list, a dictionary; None for nothing."""
    return controls_of(spec).shown(spec, value, vocabulary)


def read(spec: FieldSpec, posted: Posted, vocabulary: Vocabulary) -> Value:
    """The value that the controls of a field were sent with, as `shown` gives it."""
    return controls_of(spec).read(spec, posted, vocabulary)
