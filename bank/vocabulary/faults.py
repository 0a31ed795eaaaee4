"""Faults: missing, wrong or contradictory values in the data files."""

from collections.abc import Callable
from dataclasses import dataclass

from bank.errors import Damaged
from bank.messages import N_

FAULT_MISSING_FIELD = N_("{file}: {id} has no {field}.")
FAULT_WRONG_VALUE = N_("{file}: {id}, {field}: {value} can't be used here.")
FAULT_UNKNOWN_VALUE = N_("{file}: {id}, {field}: {value} is not known.")
FAULT_REPEATED_VALUE = N_("{file}: {id}, {field}: {value} appears twice.")
FAULT_UNKNOWN_FIELD = N_("{file}: {id}: the bank knows no field {field}.")
FAULT_UNREADABLE_FILE = N_("{file} can't be read: {value}")


@dataclass(frozen=True, slots=True)
class VocabularyFault:
    """A fault: file, id and field where it is, and an English sentence (a gettext msgid) about it."""

    file: str
    id: str
    field: str
    sentence: str
    value: str = ""

    def told(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence in the language of `gettext`, its placeholders filled."""
        return gettext(self.sentence).format(file=self.file, id=self.id, field=self.field, value=self.value)

    def __str__(self) -> str:
        return self.told()

    def error(self) -> Damaged:
        """The fault as an error to raise."""
        return Damaged(self.sentence, file=self.file, id=self.id, field=self.field, value=self.value)
