"""The form's controls for the values of each field type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bank.messages import N_
from bank.vocabulary import FIELD_TYPES, FieldSpec, Vocabulary
from bank.vocabulary.field_types import TYPES_IN_PARTS, complete_table
from bank.web.form import values
from bank.web.form.licences import read_licence
from bank.web.form.values import FieldValue, PostedTexts

RANKED_VOCABULARIES = ("principle", "theme")
"""Vocabularies of whose chosen terms the first is the primary one."""


@dataclass(frozen=True, slots=True)
class Controls:
    """The controls of a field: the `macro` in ``templates/deposits/_controls.html`` draws them.

    `shown` converts a stored value into what the controls show; `read` gives what was sent, in the form of `shown`.
    """

    macro: str
    shown: Callable[[FieldSpec, FieldValue, Vocabulary], FieldValue] = values.show_text
    read: Callable[[FieldSpec, PostedTexts, Vocabulary], FieldValue] = values.read_text


@dataclass(frozen=True, slots=True)
class PartControl:
    """The control of one part of a value: its label (msgid), the type of its input element, an example."""

    label: str
    input: str = "text"
    example: str = ""


TEXTS_CONTROLS = Controls("texts", values.show_texts, values.read_texts)
"""Controls of a translated field of any type: a text for each language."""
RANKED_CONTROLS = Controls("ranked", values.show_ranked, values.read_ranked)
"""Controls of terms of which one is the primary one."""
LINE_CONTROLS = Controls("line")
NUMBER_CONTROLS = Controls("number", values.show_number, values.read_number)
PARTS_CONTROLS = Controls("parts", values.show_parts, values.read_parts)
MANY_CONTROLS = Controls("many", values.show_many, values.read_many)

CONTROLS_BY_TYPE: Mapping[str, Controls] = complete_table(
    {
        "text": LINE_CONTROLS,
        "longtext": Controls("paragraph"),
        "list": Controls("lines", values.show_lines, values.read_lines),
        "number": NUMBER_CONTROLS,
        "year": NUMBER_CONTROLS,
        "month": LINE_CONTROLS,
        "date": LINE_CONTROLS,
        "period": PARTS_CONTROLS,
        "money": PARTS_CONTROLS,
        "choice": Controls("choice"),
        "choices": MANY_CONTROLS,
        "cities": Controls("cities", values.show_lines, values.read_lines),
        "city": Controls("city"),
        "terms": MANY_CONTROLS,
        "events": Controls("events", values.show_events, values.read_events),
        "links": Controls("links", values.show_links, values.read_links),
        "bool": Controls("yes_or_no", values.show_bool, values.read_bool),
        "contact": PARTS_CONTROLS,
        "licence": Controls("licence", values.show_text, read_licence),
        "attachment": Controls("nothing"),
        "language": Controls("language_code"),
    },
    "the controls of each type in a form",
)
PART_CONTROLS: Mapping[str, Mapping[str, PartControl]] = complete_table(
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
    TYPES_IN_PARTS,
)
for name, parts in PART_CONTROLS.items():
    complete_table(parts, f"the controls of the parts of {name}", FIELD_TYPES[name].parts)
CONTROL_MACROS = frozenset(one.macro for one in (*CONTROLS_BY_TYPE.values(), TEXTS_CONTROLS, RANKED_CONTROLS))
"""Names of all macros that draw controls."""


def controls_of(spec: FieldSpec) -> Controls:
    """The controls of a field: by its type, unless it is translated or ranked."""
    if spec.translated:
        return TEXTS_CONTROLS
    ranked = spec.field_type.chosen_from == "vocabulary" and spec.vocabulary in RANKED_VOCABULARIES
    return RANKED_CONTROLS if ranked else CONTROLS_BY_TYPE[spec.type]


def show_control_value(spec: FieldSpec, value: FieldValue, vocabulary: Vocabulary) -> FieldValue:
    """What the controls of a field show of its value: a text, a list or a dictionary; None for nothing."""
    return controls_of(spec).shown(spec, value, vocabulary)


def read_control_value(spec: FieldSpec, posted: PostedTexts, vocabulary: Vocabulary) -> FieldValue:
    """The value that was sent in the controls of a field, in the form that `show_control_value` gives."""
    return controls_of(spec).read(spec, posted, vocabulary)
