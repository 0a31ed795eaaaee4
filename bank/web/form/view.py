"""What the page of a form shows: the fields required for publishing, then the others in their groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bank.errors import Fault
from bank.languages import UNKNOWN_LANGUAGE
from bank.vocabulary import FieldGroup, FieldSpec, Vocabulary
from bank.web.entry_fields import value_lines
from bank.web.form.controls import PART_CONTROLS, Controls, PartControl, controls_of
from bank.web.form.values import value_fingerprint
from bank.web.words import Words
from bank.workflow.deposits.choices import FormChoices
from bank.workflow.deposits.draft import DraftView
from bank.workflow.deposits.saving import LaterVersion
from bank.workflow.deposits.values import field_specs, is_empty_value

ProposalNote = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ConcurrentChange:
    """What was saved in a field meanwhile.

    `text` are the lines of the value, `who` is a name (empty for the bank itself), `time` is as HH:mm; `own`: the same
    person saved it, in another window.
    """

    text: tuple[str, ...]
    who: str
    time: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field with what its controls show. `base` is the fingerprint of the saved value.

    `note` tells where a proposed value comes from, None once somebody has touched it; `offer` are the lines of a value
    that a file proposes beside the saved one; `languages` are those of a translated field's texts; `faults` are what is
    wrong with it; `other` is what somebody else saved meanwhile.
    """

    spec: FieldSpec
    controls: Controls
    value: object
    base: str
    languages: tuple[str, ...] = ()
    note: ProposalNote | None = None
    offer: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    other: ConcurrentChange | None = None

    @property
    def parts(self) -> Mapping[str, PartControl]:
        """The controls of the parts of its value, for a type whose values have parts."""
        return PART_CONTROLS[self.spec.type]

    @property
    def filled(self) -> bool:
        """True when it has a value."""
        return not is_empty_value(self.value)

    @property
    def proposed(self) -> bool:
        """True when a file proposes its value, or another one."""
        return bool(self.note or self.offer)


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields under a heading that opens and closes."""

    group: FieldGroup
    fields: tuple[FormField, ...]

    @property
    def open(self) -> bool:
        """True when it is shown open: somebody wrote in a field, or one has a fault or was changed by others."""
        return any(one.faults or one.other or (one.filled and not one.proposed) for one in self.fields)

    @property
    def filled(self) -> int:
        """The number of fields that have a value."""
        return sum(one.filled for one in self.fields)

    @property
    def proposed(self) -> int:
        """The number of fields for which a file proposes a value."""
        return sum(one.proposed for one in self.fields)


@dataclass(frozen=True, slots=True)
class UnsavedInput:
    """Input that was not saved: `values` by field, their `faults`, and what others saved meanwhile, by field.

    `doing` is what the person tried: "save", "add" (files) or "submit"; with "submit" come `accept`, the version of
    the agreement that was ticked, and `remarks`.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    others: Mapping[str, ConcurrentChange] = field(default_factory=dict)
    doing: str = "save"
    accept: str = ""
    remarks: str = ""

    def about(self, place: str, name: str, saved: object) -> object:
        """The detail `name` of the file or picture `place` (``files.1``): as typed, else as saved."""
        part = self.values.get(place)
        return part[name] if isinstance(part, Mapping) and name in part else saved

    def wrong(self, name: str) -> tuple[Fault, ...]:
        """The faults of one control."""
        return tuple(fault for fault in self.faults if fault.name == name)


@dataclass(frozen=True, slots=True)
class FormView:
    """What the page of a submission's form shows beside the DraftView.

    `needed` are the fields required for publishing, `groups` the others.
    """

    language: str
    """The language that the form asks texts in first."""
    needed: tuple[FormField, ...]
    groups: tuple[FormGroup, ...]
    attachments: tuple[FieldSpec, ...]
    city_names: Mapping[str, str]
    typed: UnsavedInput

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields of the form."""
        return (*self.needed, *(one for group in self.groups for one in group.fields))

    @property
    def prose(self) -> tuple[FieldSpec, ...]:
        """The fields whose values are written freely."""
        return tuple(one.spec for one in self.fields if one.spec.takes_prose)


NO_UNSAVED_INPUT = UnsavedInput()


def form_view(
    vocabulary: Vocabulary,
    draft: DraftView,
    choices: FormChoices,
    city_names: Mapping[str, str],
    words: Words,
    typed: UnsavedInput = NO_UNSAVED_INPUT,
) -> FormView:
    """The form of a draft; unsaved input stands in place of saved values."""
    language = writing_language(draft, words.language)
    specs = list(field_specs(vocabulary, draft.card.kind).values())
    free = not choices.own
    fields = [
        form_field(
            vocabulary, draft, spec, cities_by_name(spec, draft.values.get(spec.id), city_names, free), words, typed
        )
        for spec in specs
        if not spec.field_type.is_file
    ]
    fields = [add_text_languages(one, language) for one in fields]
    rest = [one for one in fields if not one.spec.required]
    groups = [
        FormGroup(group, tuple(one for one in rest if one.spec.group == group.id)) for group in vocabulary.field_groups
    ]
    return FormView(
        language=language,
        needed=tuple(one for one in fields if one.spec.required),
        groups=tuple(group for group in groups if group.fields),
        attachments=tuple(spec for spec in specs if spec.field_type.is_file),
        city_names=city_names,
        typed=typed,
    )


def writing_language(draft: DraftView, reader: str) -> str:
    """The entry's language, else that of its title, else the reader's."""
    if draft.card.language != UNKNOWN_LANGUAGE:
        return draft.card.language
    return next((code for code in draft.card.titles if code != UNKNOWN_LANGUAGE), reader)


def cities_by_name(spec: FieldSpec, value: object, names: Mapping[str, str], free: bool) -> object:
    """The value with city ids replaced by names, as the form shows cities; other fields unchanged.

    `free` False: the leading city is chosen from a list, so its id stays.
    """
    if not spec.field_type.names_cities:
        return value
    if spec.field_type.is_list:
        return [names.get(id, id) for id in value] if isinstance(value, list) else value
    return names.get(value, value) if free and isinstance(value, str) else value


def cities_by_id(specs: Mapping[str, FieldSpec], id: str, value: object, names: Mapping[str, str]) -> object:
    """The value with city names replaced by their ids (the reverse of `cities_by_name`); `names` is id -> name."""
    spec, ids = specs.get(id), {name: id for id, name in names.items()}
    if spec is None or not spec.field_type.names_cities:
        return value
    if not spec.field_type.is_list:
        return ids.get(value, value) if isinstance(value, str) else value
    if not isinstance(value, list):
        return value
    return [ids.get(name, name) if isinstance(name, str) else name for name in value]


def form_field(
    vocabulary: Vocabulary, draft: DraftView, spec: FieldSpec, saved: object, words: Words, typed: UnsavedInput
) -> FormField:
    """A field with what its controls show: the unsaved input, else the saved value."""
    controls = controls_of(spec)
    base = controls.shown(spec, saved, vocabulary)
    note = draft.proposed.get(spec.id)
    offer = tuple(value_lines(spec, texts_as_list(spec, note["value"]), words)) if note and "value" in note else ()
    return FormField(
        spec=spec,
        controls=controls,
        value=typed.values.get(spec.id, base),
        base=value_fingerprint(base),
        note=note if note and "value" not in note and spec.id not in typed.values else None,
        offer=offer,
        faults=tuple(fault for fault in typed.faults if fault.name == spec.id),
        other=typed.others.get(spec.id),
    )


def texts_as_list(spec: FieldSpec, value: object) -> object:
    """The texts of a translated value as a list, without their languages; other values unchanged."""
    return list(value.values()) if spec.translated and isinstance(value, Mapping) else value


def add_text_languages(one: FormField, own: str) -> FormField:
    """A translated field with its languages: the entry's (`own`) first, then the others that have a text."""
    if not one.spec.translated:
        return one
    codes = tuple(one.value) if isinstance(one.value, dict) else ()
    return replace(one, languages=tuple(dict.fromkeys((own, *codes))))


def concurrent_changes(
    vocabulary: Vocabulary,
    kind: str,
    values: Mapping[str, object],
    names: Mapping[str, str],
    saves: Sequence[LaterVersion],
    words: Words,
    viewer_id: int | None,
) -> dict[str, ConcurrentChange]:  # fmt: skip
    """Field -> what was saved in it since, for the fields in `values`: the last value, by whom and when.

    Fields that only the bank changed, from what it read in a file, are left out: the person's input replaces them.
    """
    specs = field_specs(vocabulary, kind)
    found = {}
    for id, value in values.items():
        last = next((one for one in reversed(saves) if id in one.fields), None)
        if id in specs and last is not None and last.user is not None:
            spoken = texts_as_list(specs[id], cities_by_name(specs[id], value, names, True))
            text = tuple(value_lines(specs[id], spoken, words)) if not is_empty_value(value) else ()
            found[id] = ConcurrentChange(text, last.who, words.time(last.moment), last.user == viewer_id)
    return found
