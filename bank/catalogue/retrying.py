"""When an entry that could not be indexed or embedded is tried again."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from bank.clock import now

LONGEST_RETRY_PAUSE = timedelta(minutes=60)


def retry_pause(failures: int) -> timedelta:
    """The pause after a further failure: a minute, then two, four, ... at most sixty."""
    return min(timedelta(minutes=2 ** min(failures, 6)), LONGEST_RETRY_PAUSE)


def may_be_tried(again: InstrumentedAttribute[datetime | None]) -> ColumnElement[bool]:
    """The clause for rows whose pause is over or that have none.

    A moment further ahead than the longest pause was noted before the clock was set back: it counts for nothing.
    """
    moment = now()
    return or_(again.is_(None), again <= moment, again > moment + LONGEST_RETRY_PAUSE)
