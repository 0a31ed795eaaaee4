"""What an entry can be, and which fields each kind has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bank.vocabulary.row import Row

TYPES = (
    "text", "longtext", "list", "number", "year", "month", "date", "period", "money", "choice", "choices",
    "cities", "city", "terms", "events", "links", "bool", "contact", "licence", "attachment", "language",
)  # fmt: skip
VISIBLE = ("public", "network")
COAR = "http://purl.org/coar/resource_type/"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field of type choice or choices may have."""

    id: str
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A heading under which fields are asked and shown."""

    id: str
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of an entry.

    `kinds`: which kinds have it, empty for all. `core`: kept in the catalogue's own columns and tags, not among the
    kind's fields. `required`: one of the eight without which nothing is published. `translated`: stored as
    {language: text}, a list with one item a line. `visible`: public or network. `limit_words` and `limit_items` only
    warn. `vocabulary`: whose terms a field of type terms holds. `aliases`: what else forms and write-ups call it, in
    any language; they only help to recognise it.

    Values by type: period {from, to}, each YYYY, YYYY-MM or YYYY-MM-DD; money {amount, currency, year}; contact
    {post, mailbox}; links [{title, url}]; choice the choice's id; choices and an untranslated list [text].
    """

    id: str
    kinds: tuple[str, ...]
    labels: Mapping[str, str]
    help: Mapping[str, str]
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

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])

    def advice(self, language: str) -> str:
        """The help text in this language, else in Spanish."""
        return self.help.get(language, self.help["es"])


@dataclass(frozen=True, slots=True)
class Kind:
    """What an entry is. `coar` is a code in COAR's vocabulary of resource types, `coar_label` its English label."""

    id: str
    labels: Mapping[str, str]
    coar: str
    coar_label: str
    fields: tuple[FieldSpec, ...] = ()
    aliases: tuple[str, ...] = ()
    other_labels: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def coar_iri(self) -> str:
        return COAR + self.coar

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["es"])

    def field(self, field_id: str) -> FieldSpec | None:
        """The field of this kind with that id."""
        return next((one for one in self.fields if one.id == field_id), None)


def kind(row: Row) -> Kind:
    """A kind, still without its fields, as it stands in ``kinds.toml``."""
    return Kind(
        id=row.text("id"),
        labels=row.labels("labels"),
        coar=row.text("coar"),
        coar_label=row.text("coar_label"),
        aliases=row.texts("aliases"),
        other_labels=row.other_labels("other_labels"),
    )


def field_group(row: Row) -> FieldGroup:
    """A heading as it stands in ``fields.toml``."""
    return FieldGroup(row.text("id"), row.labels("labels"))


def field_spec(row: Row) -> FieldSpec:
    """A field as it stands in ``fields.toml``."""
    return FieldSpec(
        id=row.text("id"),
        kinds=row.texts("kinds"),
        labels=row.labels("labels"),
        help=row.labels("help"),
        type=row.choice("type", TYPES),
        group=row.text("group"),
        core=row.flag("core"),
        required=row.flag("required"),
        translated=row.flag("translated"),
        visible=row.choice("visible", VISIBLE),
        limit_words=row.limit("limit_words"),
        limit_items=row.limit("limit_items"),
        vocabulary=row.optional("vocabulary"),
        choices=tuple(Choice(one.text("id"), one.labels("labels")) for one in row.tables("choices")),
        aliases=row.texts("aliases"),
    )
