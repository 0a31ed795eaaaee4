"""Dates that somebody wrote into a file's front matter, in whatever form."""

import re
from datetime import date

from bank.ingest.labelled.dates import find_period
from bank.ingest.proposals.names import real_date

EARLIEST_GIVEN_YEAR = 1900
AMERICAN_DATE = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-]((?:19|20)\d\d)(?!\d)")
"""A date whose month stands before its day, as can be seen by the day."""


def read_given_date(written: str, today: date) -> tuple[str, str | None] | None:
    """A date as (YYYY, YYYY-MM or YYYY-MM-DD, the end of its span or None); None for what is no date.

    Dates before 1900 and after tomorrow are none; the end of a span may lie ahead.
    """
    start = re.match(r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?(?=[T ]|$)", written.strip())
    whole = real_date(start[0], today, EARLIEST_GIVEN_YEAR) if start else None
    found = [whole] if whole else period_of(written)
    first = real_date(found[0], today, EARLIEST_GIVEN_YEAR) if found else None
    if first is None:
        return None
    return first, found[1] if len(found) > 1 and found[1] != found[0] else None


def period_of(written: str) -> list[str]:
    """The first two dates of a text, in their order; empty where there is none."""
    period = find_period(AMERICAN_DATE.sub(r"\2/\1/\3", written)) or {}
    return [period[end] for end in ("from", "to") if end in period]
