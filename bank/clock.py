"""The time, and permanent identifiers made from it."""

import secrets
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CROCKFORD_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The 32 digits of Crockford's base 32, in the order of their values."""


def now() -> datetime:
    """The present moment, in UTC, to the microsecond."""
    return datetime.now(UTC)


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same moment with day and hour as people in `zone` know them; one without a time zone is taken for UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)


def day_in_zone(moment: date | datetime, zone: ZoneInfo) -> date:
    """The day of a moment in `zone`; a date that has no hour stays the day that it is."""
    return in_zone(moment, zone).date() if isinstance(moment, datetime) else moment


def new_uid(moment: datetime | None = None) -> str:
    """A ULID: 26 characters of Crockford's base 32, 48 bits of milliseconds and 80 random bits.

    Source: https://github.com/ulid/spec
    """
    milliseconds = int((moment or now()).timestamp() * 1000)
    number = (milliseconds << 80) | secrets.randbits(80)
    return "".join(CROCKFORD_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))
