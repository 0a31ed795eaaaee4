"""Failures as plain classes that know no HTTP.

Each carries an English sentence (a gettext msgid with ``{named}`` places) and its values, so that page, API and
command can each say it in the reader's language. ``bank/web/errors.py`` has the table of their HTTP statuses.
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
    """What was asked for does not exist, or the viewer may not see it: the two are answered alike."""

    code = "not_found"
    sentence = "There is nothing here."


class Invalid(BankError):
    """A value is not acceptable; the sentence says which value and why."""

    code = "invalid"


class Conflict(BankError):
    """The act conflicts with what is stored now: it exists already, or was changed or decided meanwhile."""

    code = "conflict"


class VersionConflict(Conflict):
    """A newer version was saved meanwhile, whoever did it; `version` is its number, `fields` what it changed."""

    code = "overtaken"
    sentence = (
        "This entry was saved meanwhile, by somebody else or in another window of yours. Nothing of yours was lost; "
        "look at what changed."
    )

    def __init__(self, version: int, fields: Mapping[str, object]) -> None:
        super().__init__()
        self.version = version
        self.fields = fields


class VersionNeeded(BankError):
    """A change must say which version of the entry it changes."""

    code = "version_needed"
    sentence = "Say which version you are changing (If-Match)."


class WrongState(BankError):
    """The act is not allowed in the present state of the entry (draft, submitted, ...) or of the person's account."""

    code = "wrong_state"
    sentence = "This can't be done in the state that the entry is in."


class InvalidFields(Invalid):
    """Some values are not acceptable: `faults` has a Fault with a sentence of its own for each, all told at once."""

    code = "faulty"
    sentence = "Some fields are missing or can't be taken."

    def __init__(self, faults: Sequence["Fault"]) -> None:
        super().__init__()
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field: `name` is its id (``title``, ``files.1.people``), `sentence` an English msgid."""

    name: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


class Gone(BankError):
    """What was here is available no more: a withdrawn entry, a used or expired link."""

    code = "gone"
    sentence = "This entry has been withdrawn."


class NotAllowed(BankError):
    """The viewer may see the entry or the person, but may not do this with it."""

    code = "not_allowed"
    sentence = "You may not do this."


class NoRoom(BankError):
    """No room for an upload: the quota of the bank or of the person is used up."""

    code = "full"


class DiskFull(BankError):
    """The disk is full, or so nearly that what came may not take the rest; nothing of it was stored."""

    code = "disk_full"
    sentence = "The disk is full, so nothing of this was stored. Try again later: whoever runs the bank must make room."


class ReadOnlyDisk(BankError):
    """The disk can only be read; nothing was changed."""

    code = "read_only"
    sentence = "The bank can only be read at the moment, so nothing was changed. Try again later."


class RefusedFile(BankError):
    """An upload that is not accepted (its type, size, contents or number of files); nothing of it was stored."""

    code = "refused"


class WrongType(RefusedFile):
    """A file, or a request body, of a type that is not accepted; nothing of it was stored."""

    code = "wrong_type"


class TooLarge(RefusedFile):
    """A file, a request body or a text over its limit; nothing of it was stored."""

    code = "too_large"


class Busy(BankError):
    """The bank can't do this now: too many requests wait, another process holds a lock, or the index is being built."""

    code = "busy"


class TooManyTries(BankError):
    """Too many tries or requests from one source; the value `seconds` says after how many seconds to try again."""

    code = "too_many"
    sentence = "Too many tries. Try again in {seconds} s."


class SignInNeeded(BankError):
    """Only people who are signed in may do this."""

    code = "sign_in_needed"
    sentence = "Sign in to go on."


class Damaged(BankError):
    """Stored data is damaged: the database, the index, a backup, or the package's own vocabulary or samples."""

    code = "damaged"


class SettingsError(BankError):
    """A setting is wrong, or the installation or the kind of database does not allow what was asked."""

    code = "settings"
