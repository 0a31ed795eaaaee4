"""The end of every writing transaction: seals of what it touched, then its audit rows, then the anchor."""

from collections.abc import Callable, Sequence
from typing import cast

from sqlalchemy import Table, event, select, update
from sqlalchemy.orm import Session, sessionmaker

from bank.catalogue import audit
from bank.catalogue.seals.computing import (
    GONE,
    PLACES,
    AskRows,
    Rows,
    entry_seals,
    page_seals,
    place_digests,
    seal_of_places,
    user_seals,
)
from bank.catalogue.seals.touched import note_flush, note_statement, touched_owners
from bank.catalogue.tables import Audit, City, Event, File

CITIES, EVENTS, FILES = (cast(Table, rows.__table__) for rows in (City, Event, File))
SEAL_ACT = "seal"
SEALING_ACTOR = "bank"
TellHead = Callable[[audit.AuditHead], None]
"""Called after a commit that added audit rows, with the newest one."""


def seal_at_commit(writing: sessionmaker[Session], tell: TellHead) -> None:
    """Has every transaction of `writing` sealed and audited at its end; then `tell` is given the audit's head."""
    event.listen(writing, "after_flush", note_flush)
    event.listen(writing, "do_orm_execute", note_statement)
    event.listen(writing, "before_commit", finish_transaction)

    @event.listens_for(writing, "after_commit")
    def committed(session: Session) -> None:
        head = audit.take_written_head(session)
        if head is not None:
            tell(head)


def finish_transaction(session: Session) -> None:
    """Seals what the transaction touched and writes its audit rows, the last thing before it commits."""
    session.flush()
    seal_touched_owners(session)
    audit.write_pending_rows(session)


def asking(session: Session) -> AskRows:
    """Asks through the session's connection, for values as the database keeps them."""
    connection = session.connection()

    def ask(question: str, *values: str) -> Rows:
        return connection.exec_driver_sql(question, values).fetchall()

    return ask


def seal_touched_owners(session: Session) -> None:
    """Adds a seal to the audit for everything that the transaction touched."""
    touched = touched_owners(session)
    if not touched:
        return
    ask = asking(session)
    of_kind = {kind: sorted(id for one, id in touched if one == kind) for kind, _ in touched}
    entries = {*of_kind.get("entry", ()), *renew_page_seals(session, ask, of_kind.get("file", ()))}
    keep_seals(session, "entry", sorted(entries), entry_seals)
    keep_seals(session, "user", of_kind.get("user", ()), user_seals)
    if "city" in of_kind or "event" in of_kind:
        keep_seal(session, PLACES, renew_place_digests(session, ask))
    touched.clear()


def renew_page_seals(session: Session, ask: AskRows, files: Sequence[int]) -> list[int]:
    """Seals the pages of these files anew; the entries that the files belong to."""
    if not files:
        return []
    for id, seal in page_seals(ask, files).items():
        session.connection().execute(update(FILES).where(FILES.c.id == id).values(seal=seal))
    return list(session.scalars(select(File.entry_id).where(File.id.in_(files))))


def keep_seals(
    session: Session, kind: str, ids: Sequence[int], compute: Callable[[AskRows, Sequence[int]], dict[int, str]]
) -> None:
    """Adds the seals of these entries or users to the audit; of one that is no longer there, that it has gone."""
    if ids:
        made = compute(asking(session), ids)
        for id in ids:
            keep_seal(session, f"{kind}:{id}", made.get(id, GONE), id if kind == "entry" else None)


def renew_place_digests(session: Session, ask: AskRows) -> str:
    """Writes the digests of cities and events that have changed; the seal over all of them."""
    made = place_digests(ask)
    connection = session.connection()
    for kind, table in (("city", CITIES), ("event", EVENTS)):
        for id, before in connection.execute(select(table.c.id, table.c.seal)).all():
            if before != made[kind, id]:
                connection.execute(update(table).where(table.c.id == id).values(seal=made[kind, id]))
    return seal_of_places(made)


def keep_seal(session: Session, sealed: str, seal: str, entry_id: int | None = None) -> None:
    """Puts a seal on the act's own audit row; on a row of its own where no act has one and the seal is another."""
    for row in reversed(audit.pending_rows(session)):
        if row.entry_id == entry_id and row.seal is None:
            row.sealed, row.seal = sealed, seal
            return
    if newest_seal(session, sealed) != seal:
        audit.add_audit_row(session, SEALING_ACTOR, SEAL_ACT, entry_id, {})
        row = audit.pending_rows(session)[-1]
        row.sealed, row.seal = sealed, seal


def newest_seal(session: Session, sealed: str) -> str | None:
    """The newest seal in the audit of an entry (entry:7), a user (user:3) or the places; None without any."""
    found = select(Audit.seal).where(Audit.sealed == sealed).order_by(Audit.id.desc()).limit(1)
    return session.scalar(found)
