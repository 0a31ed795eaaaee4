"""What the page of a form shows: the fields required for publishing, then the others in their groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bank.errors import Fault
from bank.languages import UNKNOWN_LANGUAGE
from bank.vocabulary import FieldSpec, Vocabulary
from bank.web.entry_fields import value_lines
from bank.web.form.controls import controls_of
from bank.web.form.differences import marked_words
from bank.web.form.field import ConcurrentChange, FormField
from bank.web.form.groups import FormGroup, form_groups, groups_to_open, is_fault_of
from bank.web.form.values import value_fingerprint
from bank.web.words import Words
from bank.workflow.deposits.choices import FormChoices
from bank.workflow.deposits.draft import DraftView
from bank.workflow.deposits.saving import LaterVersion
from bank.workflow.deposits.values import field_specs, is_empty_value
from bank.workflow.entries.completeness import NEEDED_FIELDS


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

    @property
    def places(self) -> tuple[str, ...]:
        """What a person has to look at: the places of what was refused, and of what others changed."""
        return (*(fault.name for fault in self.faults), *self.others)

    def wrong(self, name: str) -> tuple[Fault, ...]:
        """The faults of one control."""
        return tuple(fault for fault in self.faults if fault.name == name)


@dataclass(frozen=True, slots=True)
class FormView:
    """What the page of a submission's form shows beside the DraftView.

    `groups` are in the order of the page, `opened` are the ids of those that are shown open; `alone`: one closes where
    another is opened.
    """

    language: str
    """The language that the form asks texts in first."""
    groups: tuple[FormGroup, ...]
    opened: tuple[str, ...]
    alone: bool
    attachments: tuple[FieldSpec, ...]
    city_names: Mapping[str, str]
    typed: UnsavedInput

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields of the form."""
        return tuple(one for group in self.groups for one in group.fields)

    @property
    def needed_filled(self) -> int:
        """How many of the fields that publishing asks for hold what will be taken."""
        wrong = {fault.name.partition(".")[0] for group in self.groups[:1] for fault in group.faults}
        return len(NEEDED_FIELDS) - len(wrong)

    @property
    def from_files(self) -> int:
        """As `waiting`, but only of the values that a file proposes."""
        return sum(one.waiting and one.note is not None and one.note["source"] != "city" for one in self.fields)

    @property
    def waiting(self) -> int:
        """The number of fields that hold a proposed value which nobody has confirmed."""
        return sum(group.waiting for group in self.groups)

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
    groups = tuple(form_groups(vocabulary, draft, fields, typed.faults, words))
    return FormView(
        language=language,
        groups=groups,
        opened=groups_to_open(groups, typed.places),
        alone=not typed.places,
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
    sure = spec.id in draft.confirmed and spec.id not in draft.proposed
    note = draft.confirmed[spec.id] if sure else draft.proposed.get(spec.id)
    offer = tuple(value_lines(spec, texts_as_list(spec, note["value"]), words)) if note and "value" in note else ()
    return FormField(
        spec=spec,
        controls=controls,
        value=typed.values.get(spec.id, base),
        base=value_fingerprint(base),
        note=note if note and "value" not in note and spec.id not in typed.values else None,
        sure=sure,
        offer=offer,
        faults=tuple(
            fault for fault in (*typed.faults, *refused_later(draft, spec, typed)) if is_fault_of(fault, spec.id)
        ),
        other=typed.others.get(spec.id),
    )


def refused_later(draft: DraftView, spec: FieldSpec, typed: UnsavedInput) -> tuple[Fault, ...]:
    """Faults of a part of a saved value, with which the entry can't be sent: they are told as soon as they stand."""
    if typed.faults or spec.id in typed.values:
        return ()
    return tuple(fault for fault in draft.faults if fault.name.startswith(f"{spec.id}."))


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
    mine: Mapping[str, object],
    names: Mapping[str, str],
    saves: Sequence[LaterVersion],
    words: Words,
    viewer_id: int | None,
) -> dict[str, ConcurrentChange]:  # fmt: skip
    """Field -> what was saved in it since, for the fields in `values`: the last value, by whom and when.

    `mine` are the values that were sent for the same fields.

    Fields that only the bank changed, from what it read in a file, are left out: the person's input replaces them.
    """
    specs = field_specs(vocabulary, kind)
    found = {}
    for id, value in values.items():
        last = next((one for one in reversed(saves) if id in one.fields), None)
        if id in specs and last is not None and last.user is not None:
            text, own = (spoken_lines(specs[id], one, names, words) for one in (value, mine.get(id)))
            found[id] = concurrent_change(last, words, viewer_id, text, own)
    return found


def spoken_lines(spec: FieldSpec, value: object, names: Mapping[str, str], words: Words) -> tuple[str, ...]:
    """A value as the lines that a person reads; none for an empty one."""
    spoken = texts_as_list(spec, cities_by_name(spec, value, names, True))
    return tuple(value_lines(spec, spoken, words)) if not is_empty_value(value) else ()


def concurrent_change(
    last: LaterVersion, words: Words, viewer_id: int | None, text: tuple[str, ...] = (), mine: tuple[str, ...] = ()
) -> ConcurrentChange:
    """What is told of a later version: by whom and when, and how its text differs from `mine`."""
    pieces = marked_words("\n".join(text), "\n".join(mine)) if mine else ()
    own = last.user == viewer_id
    return ConcurrentChange(text, last.who, words.time(last.moment), own, words.ago(last.moment), pieces)
