"""A gap or contradiction in the data files."""

from collections.abc import Callable
from dataclasses import dataclass

from bank.errors import Damaged
from bank.messages import N_

MISSING = N_("{file}: {id} has no {field}.")
WRONG = N_("{file}: {id}, {field}: {value} can't be used here.")
UNKNOWN = N_("{file}: {id}, {field}: {value} is not known.")
TWICE = N_("{file}: {id}, {field}: {value} appears twice.")
SURPLUS = N_("{file}: {id}: the bank knows no field {field}.")
UNREADABLE = N_("{file} can't be read: {value}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a gap is, and an English sentence (a gettext msgid) that says it."""

    file: str
    id: str
    field: str
    sentence: str
    value: str = ""

    def told(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence in the language of `gettext`, filled in."""
        return gettext(self.sentence).format(file=self.file, id=self.id, field=self.field, value=self.value)

    def __str__(self) -> str:
        return self.told()

    def error(self) -> Damaged:
        """The same as a failure to raise."""
        return Damaged(self.sentence, file=self.file, id=self.id, field=self.field, value=self.value)
