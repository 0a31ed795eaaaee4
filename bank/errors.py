"""Failures as plain classes that know no HTTP.

Each carries an English sentence (a gettext msgid with ``{named}`` places) and its values, so that page, API and
command can each say it in the reader's language.
"""

from collections.abc import Callable, Mapping


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


class Refused(BankError):
    """A file that can't be taken in; nothing of it was stored."""

    code = "refused"


class TooLarge(Refused):
    """A file over the limit; nothing of it was stored."""

    code = "too_large"


class Busy(BankError):
    """Another process holds what is needed."""

    code = "busy"


class TooMany(BankError):
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
