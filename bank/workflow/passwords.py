"""Passwords: which are taken, and how they are kept (Argon2id). Nothing here ever shows or stores one in clear."""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bank.errors import Busy, Invalid
from bank.messages import N_

SHORTEST, LONGEST = 12, 128
"""Characters."""
FEWEST_LETTERS = 4
"""Different characters that a password has at least."""
SHORTEST_UNIT = 8
"""Characters of what a password may repeat."""
AT_ONCE, PATIENCE = 2, 10.0
"""How many are worked on at the same time (64 MiB each), and how many seconds one waits for its turn."""

TOO_SHORT = N_("A password has at least {shortest} characters; a sentence is easy to remember.")
TOO_LONG = N_("A password has at most {longest} characters.")
TOO_COMMON = N_("Many people use this password, or it can be guessed. Choose another; a sentence is easy to remember.")

_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SEQUENCES = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")
_hasher = PasswordHasher()
_turns = threading.BoundedSemaphore(AT_ONCE)


def plain(password: str) -> str:
    """The same for the same characters, however a keyboard composes them (NFKC; NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def expect_good(password: str, known: Iterable[str] = ()) -> None:
    """Raises Invalid for a password that is too short, too long, common, or made of `known` words about its owner."""
    text = plain(password)
    if len(text) < SHORTEST:
        raise Invalid(TOO_SHORT, shortest=SHORTEST)
    if len(text) > LONGEST:
        raise Invalid(TOO_LONG, longest=LONGEST)
    if guessable(text.casefold(), {plain(word).casefold() for word in known}):
        raise Invalid(TOO_COMMON)


def guessable(text: str, known: Iterable[str] = ()) -> bool:
    """True for a common or known word, whatever digits and signs stand around it, for repetitions and sequences."""
    refused = common() | set(known)
    unit = repeated(text)
    core = _ENDS.sub("", unit)
    parts = {text, unit, core, repeated(core)}
    in_sequence = any(part in sequence for part in parts if len(part) >= FEWEST_LETTERS for sequence in _SEQUENCES)
    return len(unit) < SHORTEST_UNIT or len(set(text)) < FEWEST_LETTERS or in_sequence or bool(parts & refused)


def repeated(text: str) -> str:
    """What a text repeats: ``ab`` of ``ababab``; the text itself where it repeats nothing."""
    size = (text + text).find(text, 1)
    return text[:size] if size > 0 else text


@cache
def common() -> frozenset[str]:
    """The packaged list."""
    lines = files("bank.workflow").joinpath("common-passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("# "))


def octets(password: str) -> bytes:
    """What is hashed. Half a surrogate pair, which no keyboard writes, must not be a failure."""
    return plain(password).encode("utf-8", "replace")


def hashed(password: str) -> str:
    """The password's Argon2id hash with its salt and parameters (RFC 9106, second recommended choice)."""
    with turn():
        return _hasher.hash(octets(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether the password is the one that was kept. Takes as long where nothing was kept, and answers False.

    Raises Busy when too many wait.
    """
    with turn():
        try:
            _hasher.verify(kept or decoy(), octets(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """True for a hash of weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@contextmanager
def turn() -> Iterator[None]:
    """One of the few places for work that takes much memory. Raises Busy when none becomes free."""
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy(N_("The bank is busy. Please try again in a moment."))
    try:
        yield
    finally:
        _turns.release()


@cache
def decoy() -> str:
    """A hash that nothing fits, to be compared where there is none."""
    return _hasher.hash(unicodedata.lookup("SNOWMAN") * SHORTEST)
