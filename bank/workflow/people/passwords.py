"""Passwords: which are accepted, and how they are stored (as Argon2id hashes). Nothing here shows or stores one."""

import hashlib
import re
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from bank.errors import Invalid
from bank.messages import N_
from bank.turns import Turns

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
"""Characters at least and at most."""
FEWEST_DIFFERENT_CHARACTERS = 4
"""Different characters that a password has at least."""
SHORTEST_REPEATED_UNIT = 8
"""Characters at least of the piece that a password repeats: ``ab`` in ``ababab``."""
HASHES_AT_ONCE, HASHES_WAITING, HASH_WAIT_SECONDS = 2, 18, 10.0
"""Hashes made at the same time (64 MiB each), how many more may wait, and how many seconds each at most."""

PASSWORD_TOO_SHORT = N_("A password has at least {shortest} characters; a sentence is easy to remember.")
PASSWORD_TOO_LONG = N_("A password has at most {longest} characters.")
PASSWORD_TOO_COMMON = N_(
    "Many people use this password, or it can be guessed. Choose another; a sentence is easy to remember."
)

_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SEQUENCES = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")
_hasher = PasswordHasher()
_turns = Turns(HASHES_AT_ONCE, HASHES_WAITING, HASH_WAIT_SECONDS)


def make_decoy_hash() -> str:
    """A hash with today's parameters that no password fits.

    It is random: hashing a password for it would take time.
    """
    salt, digest = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (_hasher.salt_len, _hasher.hash_len)
    )
    parameters = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${parameters}${salt}${digest}"


DECOY_HASH = make_decoy_hash()
"""Compared where there is no hash, so that it takes as long as where there is one, also the first time."""


def normalise_password(password: str) -> str:
    """The password in NFKC, so that differently composed characters compare equal (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def expect_good_password(password: str, known: Iterable[str] = ()) -> None:
    """Raises Invalid for a password that is too short, too long, common, or made of `known` words about its owner."""
    text = normalise_password(password)
    if len(text) < SHORTEST_PASSWORD:
        raise Invalid(PASSWORD_TOO_SHORT, shortest=SHORTEST_PASSWORD)
    if len(text) > LONGEST_PASSWORD:
        raise Invalid(PASSWORD_TOO_LONG, longest=LONGEST_PASSWORD)
    if is_guessable(text.casefold(), {normalise_password(word).casefold() for word in known}):
        raise Invalid(PASSWORD_TOO_COMMON)


def is_guessable(text: str, known: Iterable[str] = ()) -> bool:
    """True for a common or known word, also between digits and signs, for repetitions and sequences."""
    refused = common_passwords() | set(known)
    unit = repeated_unit(text)
    core = _ENDS.sub("", unit)
    parts = {text, unit, core, repeated_unit(core)}
    in_sequence = any(
        part in sequence for part in parts if len(part) >= FEWEST_DIFFERENT_CHARACTERS for sequence in _SEQUENCES
    )
    return (
        len(unit) < SHORTEST_REPEATED_UNIT
        or len(set(text)) < FEWEST_DIFFERENT_CHARACTERS
        or in_sequence
        or bool(parts & refused)
    )


def repeated_unit(text: str) -> str:
    """The piece that a text repeats: ``ab`` of ``ababab``; the text itself where it repeats nothing."""
    size = (text + text).find(text, 1)
    return text[:size] if size > 0 else text


@cache
def common_passwords() -> frozenset[str]:
    """Common passwords, from common-passwords.txt in this package."""
    lines = files("bank.workflow.people").joinpath("common-passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("# "))


def password_bytes(password: str) -> bytes:
    """The normalised password in UTF-8; lone surrogates become `?`."""
    return normalise_password(password).encode("utf-8", "replace")


def hash_password(password: str) -> str:
    """The password's Argon2id hash with its salt and parameters (RFC 9106, second recommended choice).

    Raises Busy when too many wait.
    """
    with _turns.turn():
        return _hasher.hash(password_bytes(password))


def password_fits(kept: str | None, password: str) -> bool:
    """Whether the password is the one of the hash `kept`; False, after the same time, where that is None.

    Raises Busy when too many wait.
    """
    with _turns.turn():
        try:
            _hasher.verify(kept or DECOY_HASH, password_bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def stretch_secret(secret: str, salt: str) -> str:
    """The Argon2id hash of a short secret with this salt, as 64 hex digits; as slow as a password's hash.

    Raises Busy when too many wait.
    """
    with _turns.turn():
        return hash_secret_raw(
            password_bytes(secret),
            hashlib.sha256(salt.encode()).digest(),
            time_cost=_hasher.time_cost,
            memory_cost=_hasher.memory_cost,
            parallelism=_hasher.parallelism,
            hash_len=32,
            type=Type.ID,
        ).hex()


def is_outdated_hash(kept: str) -> bool:
    """True for a hash with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)
