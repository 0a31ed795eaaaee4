"""The queues of what is still to be done, the audit of what was done, and the bank's facts about itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bank.catalogue.tables.base import Base

OPEN_JOBS = "state IN ('waiting', 'running')"
"""The condition of the index of jobs that are not over; a query uses the index where it has these very words."""


class Outbox(Base):
    """An entry whose index document must be written anew; the row goes only after the index has it.

    `failures` counts the tries that failed because of this entry, `error` is the reason of the last one; before `again`
    it is not tried again.
    """

    __tablename__ = "outbox"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    version: Mapped[int]
    made: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    again: Mapped[datetime | None]


class Unembedded(Base):
    """An entry whose vectors are out of date; the row is written when the index has heard of the entry.

    `failures`, `error` and `again` are as in the outbox.
    """

    __tablename__ = "unembedded"

    entry_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    again: Mapped[datetime | None]


class Job(Base):
    """Work for the worker: `kind` is reindex, ocr or read, `state` waiting, running, done, failed or cancelled.

    `payload` says what it is about (files, pages), `done` of `total` how far it is, `attempts` how often it was begun.
    `entry_id` is the entry that it is about: whoever works on that may see the job. Whoever began it vouches for it
    until `lease`; before `again` a waiting one is not begun.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_state_id", "state", "id"),
        Index("ix_job_open", "kind", "id", sqlite_where=text(OPEN_JOBS)),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    message: Mapped[str] = mapped_column(Text, default="")
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    entry_id: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[datetime | None]
    again: Mapped[datetime | None]
    created: Mapped[datetime]
    updated: Mapped[datetime]


class Audit(Base):
    """Who did what, when. `digest` is of the values, never the values; `chain` binds each row to the one before.

    `seal` is a keyed digest of the rows of `sealed` (``entry:7``, ``user:3``, ``places``) as this act left them.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_sealed", "sealed"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[datetime]
    actor: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(String(30))
    entry_id: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str | None] = mapped_column(String(40))
    seal: Mapped[str | None] = mapped_column(String(64))


class Info(Base):
    """Facts that the bank keeps about itself, such as its identifier namespace."""

    __tablename__ = "info"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class FormAct(Base):
    """What a form that was sent has done, for some minutes: sent twice, it does its act once and is answered alike.

    `key` is a keyed digest of all that was sent, `user_id` who sent it (None for a visitor). `writes` counts the
    transactions that the act has committed. While it is being done, `place` tells by which run of a process. Once it is
    over, `status` and `place` (Location) are those of the answer, and `session` is the digest of a session that it
    began.
    """

    __tablename__ = "form_act"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None]
    moment: Mapped[datetime]
    writes: Mapped[int] = mapped_column(default=0)
    status: Mapped[int | None]
    place: Mapped[str] = mapped_column(Text, default="")
    session: Mapped[str] = mapped_column(String(64), default="")
