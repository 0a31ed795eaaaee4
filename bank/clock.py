"""The time, and permanent identifiers made from it."""

import secrets
from datetime import UTC, datetime

CROCKFORD_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The 32 digits of Crockford's base 32, in the order of their values."""


def now() -> datetime:
    """The present moment, in UTC, to the microsecond."""
    return datetime.now(UTC)


def new_uid(moment: datetime | None = None) -> str:
    """A ULID: 26 characters of Crockford's base 32, 48 bits of milliseconds and 80 random bits.

    Source: https://github.com/ulid/spec
    """
    milliseconds = int((moment or now()).timestamp() * 1000)
    number = (milliseconds << 80) | secrets.randbits(80)
    return "".join(CROCKFORD_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))
