"""Acts of forms that were sent: each counts its own transactions, in these transactions."""

from contextvars import ContextVar
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, event, or_, update
from sqlalchemy.orm import Session, sessionmaker

from bank.catalogue.tables import FormAct

FORM_ACTS = cast(Table, FormAct.__table__)
FORM_ACT_KEY: ContextVar[str] = ContextVar("form_act_key", default="")
"""Key of the act that is being done by this request; empty for none."""


def count_writes_of_acts(writing: sessionmaker[Session]) -> None:
    """Has every transaction of `writing` counted for the act that it belongs to."""
    event.listen(writing, "before_commit", count_write_of_act)


def count_write_of_act(session: Session) -> None:
    """Counts the transaction for the act, if it belongs to one: either both are committed, or neither."""
    key = FORM_ACT_KEY.get()
    if key:
        counted = update(FORM_ACTS).where(FORM_ACTS.c.key == key).values(writes=FORM_ACTS.c.writes + 1)
        session.connection().execute(counted)


def drop_form_acts(session: Session, before: datetime, after: datetime) -> None:
    """Deletes the acts that were begun before the one moment, or after the other: the clock was set back."""
    session.execute(delete(FormAct).where(or_(FormAct.moment < before, FormAct.moment > after)))
