"""Failures as plain classes that know no HTTP.

Each carries an English sentence (a gettext msgid with ``{named}`` places) and its values, so that page, API and
command can each say it in the reader's language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


class BankError(Exception):
    """Base of every failure that a person is told about."""

    code = "error"
    sentence = "Something went wrong."

    def __init__(self, sentence: str | None = None, **values: object) -> None:
        self.sentence = sentence or type(self).sentence
        self.values: Mapping[str, object] = values
        super().__init__(self.sentence.format(**values) if values else self.sentence)

    def told(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence in the language of `gettext` with its values filled in."""
        sentence = gettext(self.sentence)
        return sentence.format(**self.values) if self.values else sentence


class NotFound(BankError):
    """There is no such thing, or this reader may not see it."""

    code = "not_found"
    sentence = "There is nothing here."


class Invalid(BankError):
    """A value can't be taken; the sentence says which and why."""

    code = "invalid"


class Conflict(BankError):
    """The thing was changed by somebody else meanwhile."""

    code = "conflict"


class VersionConflict(Conflict):
    """Somebody else has saved a newer version meanwhile; `version` is its number, `fields` what it changed."""

    code = "overtaken"
    sentence = "Somebody else saved this entry meanwhile. Nothing of yours was lost; look at what changed."

    def __init__(self, version: int, fields: Mapping[str, object]) -> None:
        super().__init__()
        self.version = version
        self.fields = fields


class VersionNeeded(BankError):
    """A change must say which version of the entry it changes."""

    code = "version_needed"
    sentence = "Say which version you are changing (If-Match)."


class WrongState(BankError):
    """The entry is in a state in which this can't be done."""

    code = "wrong_state"
    sentence = "This can't be done in the state that the entry is in."


class InvalidFields(Invalid):
    """Several fields at once can't be taken, each with a sentence of its own."""

    code = "faulty"
    sentence = "Some fields are missing or can't be taken."

    def __init__(self, faults: Sequence["Fault"]) -> None:
        super().__init__()
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field: its id (``title``, ``files.1.people``), an English sentence and its values."""

    name: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


class Gone(BankError):
    """There was something here that has been withdrawn for good."""

    code = "gone"
    sentence = "This entry has been withdrawn."


class NotAllowed(BankError):
    """The reader sees the thing but may not do this with it."""

    code = "not_allowed"
    sentence = "You may not do this."


class NoRoom(BankError):
    """There is no room for it: a quota is used up, or the disk."""

    code = "full"


class RefusedFile(BankError):
    """A file that can't be taken in; nothing of it was stored."""

    code = "refused"


class WrongType(RefusedFile):
    """A file of a type that the bank does not take; nothing of it was stored."""

    code = "wrong_type"


class TooLarge(RefusedFile):
    """A file over the limit; nothing of it was stored."""

    code = "too_large"


class Busy(BankError):
    """Another process holds what is needed."""

    code = "busy"


class TooManyTries(BankError):
    """Tried too often; the value `seconds` says when it may be tried again."""

    code = "too_many"
    sentence = "Too many tries. Try again in {seconds} s."


class SignInNeeded(BankError):
    """Only people who are signed in may do this."""

    code = "sign_in_needed"
    sentence = "Sign in to go on."


class Damaged(BankError):
    """Something that the bank keeps is not as it should be."""

    code = "damaged"


class SettingsError(BankError):
    """A setting or an address in the settings can't be used."""

    code = "settings"
