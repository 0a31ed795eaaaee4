"""The groups of a form, which open one at a time unless several need a look, and how each stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bank.errors import Fault
from bank.messages import N_
from bank.vocabulary import Vocabulary
from bank.web.form.field import FormField
from bank.web.words import Words
from bank.workflow.deposits.draft import DraftView

GroupState = Literal["complete", "missing", "wrong", "unstarted", "started", "optional"]
NEEDED_GROUP, FILES_GROUP = "needed", "files"
"""Ids of the groups that no vocabulary has: what publishing asks for, and the files with the pictures."""
FILE_PLACES = ("files", "images", "more", "purpose")
"""First names of the places of faults that stand in the group of the files."""
NEEDED_LABEL, FILES_LABEL = N_("To publish"), N_("Files and pictures")


@dataclass(frozen=True, slots=True)
class FormGroup:
    """A group with its heading. `needed`: nothing is published without it.

    `total` and `filled` count its fields, or its files and pictures; `faults` are what it lacks, or what is refused in
    it; `open`: a person has to decide or to correct something here at once.
    """

    id: str
    label: str
    fields: tuple[FormField, ...]
    total: int
    filled: int
    faults: tuple[Fault, ...] = ()
    needed: bool = False
    open: bool = False

    @property
    def proposed(self) -> int:
        """The number of fields for which a file proposes a value."""
        return sum(one.proposed for one in self.fields)

    @property
    def waiting(self) -> int:
        """The number of fields that hold a proposed value which nobody has confirmed."""
        return sum(one.waiting for one in self.fields)

    @property
    def state(self) -> GroupState:
        """How it stands in the list of what is to be done. What is refused never counts as filled."""
        if self.faults:
            if not self.needed:
                return "wrong"
            return "missing" if self.filled else "unstarted"
        if self.total and (self.needed or self.filled == self.total):
            return "complete"
        return "started" if self.filled else "optional"


def form_groups(
    vocabulary: Vocabulary, draft: DraftView, fields: Sequence[FormField], faults: Sequence[Fault], words: Words
) -> Iterator[FormGroup]:
    """The groups in the order of the page: what publishing asks for, then by the vocabulary, then the files.

    `faults` are those of the input that was not saved.
    """
    faults = [*faults, *(fault for fault in draft.faults if fault.name not in {one.name for one in faults})]
    needed = tuple(one for one in fields if one.spec.required)
    yield group_of_fields(NEEDED_GROUP, words.told(NEEDED_LABEL, {}), needed, faults, needed=True)
    for group in vocabulary.field_groups:
        rest = tuple(one for one in fields if one.spec.group == group.id and not one.spec.required)
        if rest:
            yield group_of_fields(group.id, group.label(words.language), rest, faults)
    yield group_of_files(draft, faults, words)


def group_of_fields(
    id: str, label: str, fields: tuple[FormField, ...], faults: Sequence[Fault], *, needed: bool = False
) -> FormGroup:
    """A group of fields, with those of the faults that are its own."""
    own = tuple(fault for fault in faults if any(is_fault_of(fault, one.spec.id) for one in fields))
    wrong = {one.spec.id for one in fields if any(is_fault_of(fault, one.spec.id) for fault in own)}
    filled = sum(one.filled and one.spec.id not in wrong for one in fields)
    opened = any(one.faults or one.other for one in fields)
    return FormGroup(id, label, fields, len(fields), filled, own, needed, opened)


def group_of_files(draft: DraftView, faults: Sequence[Fault], words: Words) -> FormGroup:
    """The files and pictures as a group; it is needed as soon as there are any."""
    own = tuple(fault for fault in faults if is_place_of_files(fault.name))
    count = len(draft.files) + len(draft.images)
    return FormGroup(FILES_GROUP, words.told(FILES_LABEL, {}), (), count, count, own, needed=count > 0)


def is_fault_of(fault: Fault, field: str) -> bool:
    """Whether a fault is a field's: of the whole, or of one of its languages or parts."""
    return f"{fault.name}.".startswith(f"{field}.")


def is_place_of_files(place: str) -> bool:
    """Whether what was refused, or changed by others, is a file's or a picture's, or of adding one."""
    return place.partition(".")[0] in FILE_PLACES


def groups_to_open(groups: Sequence[FormGroup], places: Sequence[str]) -> tuple[str, ...]:
    """Ids of the groups that the page shows open.

    `places` are those of what was refused, and of what others changed meanwhile: each of their groups is open, since
    what stands in a closed one is sent unseen. Else the first that asks for something, or lacks what publishing needs.
    """
    asked = tuple(
        one.id for one in groups if one.open or (one.id == FILES_GROUP and any(map(is_place_of_files, places)))
    )
    if places and asked:
        return asked
    return (*asked, *(one.id for one in groups if one.needed and one.faults))[:1]
