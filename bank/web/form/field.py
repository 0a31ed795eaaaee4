"""One field of a form: what its controls show, where its value comes from, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bank.errors import Fault
from bank.vocabulary import FieldSpec
from bank.web.form.controls import PART_CONTROLS, Controls, PartControl
from bank.workflow.deposits.values import is_empty_value
from bank.workflow.entries.fields import most_letters_of_field

ProposalNote = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ConcurrentChange:
    """What was saved in a field meanwhile.

    `text` are the lines of the value, `who` is a name (empty for the bank itself), `time` is as HH:mm, `ago` as "2
    minutes ago"; `own`: the same person saved it, in another tab or on another device. `pieces` are the text again,
    each with whether it stands otherwise in what was typed here.
    """

    text: tuple[str, ...]
    who: str
    time: str
    own: bool = False
    ago: str = ""
    pieces: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """A field with what its controls show. `base` is the fingerprint of the saved value.

    `note` tells where a proposed value comes from, None once somebody has changed it, and `sure` that it was confirmed;
    `offer` are the lines of a value
    that a file proposes beside the saved one; `languages` are those of a translated field's texts; `faults` are what is
    wrong with it; `other` is what somebody else saved meanwhile.
    """

    spec: FieldSpec
    controls: Controls
    value: object
    base: str
    languages: tuple[str, ...] = ()
    note: ProposalNote | None = None
    sure: bool = False
    offer: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    other: ConcurrentChange | None = None

    @property
    def most_letters(self) -> int:
        """Characters at most of one of its texts; more is refused."""
        return most_letters_of_field(self.spec)

    def wrong(self, control: str) -> tuple[Fault, ...]:
        """The faults of one of its controls (``title.es``), or, by the field's own id, of the field as a whole."""
        return tuple(fault for fault in self.faults if fault.name == control)

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
        """True when its value, or another one, is proposed and nobody has confirmed or refused it."""
        return self.waiting or bool(self.offer)

    @property
    def waiting(self) -> bool:
        """True when it holds a proposed value that nobody has confirmed."""
        return bool(self.note) and not self.sure
