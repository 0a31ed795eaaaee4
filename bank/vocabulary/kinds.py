"""The kinds of entries, and the fields that each kind has."""

from dataclasses import dataclass

from bank.vocabulary.field_types import FIELD_TYPES, FieldType
from bank.vocabulary.labels import Labels, label_in_language
from bank.vocabulary.row import Row
from bank.vocabulary.terms import Term, term_from_row

FIELD_AUDIENCES = ("public", "network")
"""Who may see a field's values."""
PROSE_TYPES = ("text", "longtext", "list")
"""Types of fields whose values are written freely."""
COAR_PREFIX = "http://purl.org/coar/resource_type/"


Choice = Term[None]
"""One of the values that a field of type choice or choices may have."""
FieldGroup = Term[None]
"""A heading above fields, in forms and on pages."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of an entry.

    `kinds`: ids of the kinds that have it, empty for all. `core`: stored in the catalogue's own columns and tags, not
    among the kind's fields. `required`: one of the eight without which nothing is published. `translated`: stored as
    {language: text}, a list with one item a line. `visible`: public or network. `limit_words` and `limit_items` only
    warn. `vocabulary`: whose terms a field of type terms holds. `aliases`: other names of it in forms and reports, in
    any language; they only help to recognise it. `near`: labels of what no field takes, for which this one is the
    likeliest place.

    `type` is a name in `FIELD_TYPES`, which tells the form of its values. Both parts of a period, a month and a date
    are YYYY, YYYY-MM or YYYY-MM-DD; a choice is the choice's id.
    """

    id: str
    kinds: tuple[str, ...]
    labels: Labels
    help: Labels
    type: str
    group: str
    core: bool
    required: bool
    translated: bool
    visible: str
    limit_words: int | None
    limit_items: int | None
    vocabulary: str | None
    choices: tuple[Choice, ...]
    aliases: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    label = label_in_language

    @property
    def field_type(self) -> FieldType:
        """The type of its values."""
        return FIELD_TYPES[self.type]

    @property
    def takes_prose(self) -> bool:
        """Whether its value is text that a person writes."""
        return self.type in PROSE_TYPES

    def advice(self, language: str) -> str:
        """The help text, in the language chosen as for labels."""
        return self.help.said(language)


@dataclass(frozen=True, slots=True)
class KindFacts:
    """The facts of a kind. `coar` is a code in COAR's vocabulary of resource types, `coar_label` its English label."""

    coar: str
    coar_label: str
    fields: tuple[FieldSpec, ...] = ()

    @property
    def coar_iri(self) -> str:
        return COAR_PREFIX + self.coar

    def field(self, field_id: str) -> FieldSpec | None:
        """The field of this kind with that id, or None."""
        return next((one for one in self.fields if one.id == field_id), None)


Kind = Term[KindFacts]


def kind_from_row(row: Row) -> Kind:
    """A kind, still without its fields, from its table in ``kinds.toml``."""
    return term_from_row(row, row.text("id"), KindFacts(row.text("coar"), row.text("coar_label")))


def field_group_from_row(row: Row) -> FieldGroup:
    """A heading above fields from its table in ``fields.toml``."""
    return Term(row.text("id"), row.labels("labels"), None)


def field_spec_from_row(row: Row) -> FieldSpec:
    """A field from its table in ``fields.toml``."""
    return FieldSpec(
        id=row.text("id"),
        kinds=row.texts("kinds"),
        labels=row.labels("labels"),
        help=row.labels("help"),
        type=row.choice("type", tuple(FIELD_TYPES)),
        group=row.text("group"),
        core=row.flag("core"),
        required=row.flag("required"),
        translated=row.flag("translated"),
        visible=row.choice("visible", FIELD_AUDIENCES),
        limit_words=row.limit("limit_words"),
        limit_items=row.limit("limit_items"),
        vocabulary=row.optional("vocabulary"),
        choices=tuple(
            Term(one.text("id"), one.labels("labels"), None, aliases=one.texts("aliases"))
            for one in row.tables("choices")
        ),
        aliases=row.texts("aliases"),
        near=row.texts("near"),
    )
