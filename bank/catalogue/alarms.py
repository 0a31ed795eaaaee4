"""Alarms: what an administrator must look at, kept as facts of the bank from when it is noticed until it is over."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import info
from bank.catalogue.tables import Info
from bank.clock import now

ALARM_PREFIX = "alarm:"
LOST_ACTS_ALARM = "lost_acts"
"""Stands while acts are missing that were acknowledged; nothing is swept meanwhile."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """`sentence` is an English msgid with its `values`; `since` is when it was first noticed."""

    name: str
    since: datetime
    sentence: str
    values: Mapping[str, object]


def raise_alarm(session: Session, name: str, sentence: str, **values: object) -> bool:
    """Notes an alarm; True when it is new. One that stands keeps its moment and gets the new sentence and values.

    `name` is a short word (at most 30 letters); values are texts and numbers.
    """
    before = info.read_info(session, ALARM_PREFIX + name)
    since = json.loads(before)["since"] if before else now().isoformat()
    told = {"since": since, "sentence": sentence, "values": values}
    info.write_info(session, ALARM_PREFIX + name, json.dumps(told, ensure_ascii=False))
    return before is None


def clear_alarm(session: Session, name: str) -> bool:
    """Forgets an alarm that is over; True when it stood."""
    row = session.get(Info, ALARM_PREFIX + name)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def standing_alarms(session: Session) -> list[Alarm]:
    """The alarms that stand, by name."""
    rows = session.scalars(select(Info).where(Info.key.startswith(ALARM_PREFIX)).order_by(Info.key))
    return [alarm_of_row(row) for row in rows]


def alarm_of_row(row: Info) -> Alarm:
    """The alarm that a row keeps."""
    told = json.loads(row.value)
    name = row.key.removeprefix(ALARM_PREFIX)
    return Alarm(name, datetime.fromisoformat(told["since"]), told["sentence"], told["values"])
