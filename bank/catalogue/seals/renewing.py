"""Seals everything once: after an upgrade that brought seals, or that changed which columns they cover."""

from collections.abc import Callable, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bank import crash_points
from bank.catalogue import info
from bank.catalogue.audit import PendingAuditRow, pending_rows, values_digest
from bank.catalogue.database import Database
from bank.catalogue.seals.committing import SEAL_ACT, asking, keep_seal, renew_page_seals, renew_place_digests
from bank.catalogue.seals.computing import PLACES, AskRows, entry_seals, user_seals
from bank.catalogue.seals.facts import LAYOUT_KEY, PROGRESS_KEY, are_facts_altered
from bank.catalogue.seals.layout import layout_fingerprint
from bank.catalogue.seals.schema import keep_schema, knows_schema
from bank.catalogue.tables import Entry, File, Info, User
from bank.catalogue.tables.base import new_seal_key
from bank.clock import now

RENEWING_ACTOR = "upgrade"
RENEWED_AT_ONCE = 500

ComputeSeals = Callable[[AskRows, Sequence[int]], dict[int, str]]


def renew_seals(database: Database) -> None:
    """Seals every entry, person and place where seals cover other columns than those in the catalogue, or none.

    In short transactions; one that is killed goes on where it was. Keeps the digest of the tables' description, where
    it is that of another revision. Nothing is sealed where the facts that tell so were altered.
    """
    if has_present_seals(database) or has_altered_facts(database):
        return
    layout = layout_fingerprint()
    done = False
    while not done:
        with database.writing() as session:
            keep_schema(session, asking(session))
            done = info.read_info(session, LAYOUT_KEY) == layout or renew_some_seals(session, layout)
        crash_points.crash_point("seals.renewed")


def has_present_seals(database: Database) -> bool:
    """Whether all is sealed as this version seals, and the digest of its tables' description is kept."""
    with database.reading() as session:
        return info.read_info(session, LAYOUT_KEY) == layout_fingerprint() and knows_schema(session)


def has_altered_facts(database: Database) -> bool:
    """Whether the facts of the seals were altered, in a catalogue with the tables of this version."""
    with database.reading() as session:
        return are_facts_altered(asking(session))


def renew_some_seals(session: Session, layout: str) -> bool:
    """Seals the next 500 entries or people, at last the places; True when all are sealed."""
    told = (info.read_info(session, PROGRESS_KEY) or "").split()
    kind, last = (told[1], int(told[2])) if told[:1] == [layout] else ("entry", 0)
    if kind == "entry":
        last = renew_next(session, Entry, kind, last, entry_seals)
        kind = "entry" if last else "user"
    if kind == "user":
        last = renew_next(session, User, kind, last, user_seals)
    if last:
        info.write_info(session, PROGRESS_KEY, f"{layout} {kind} {last}")
        return False
    keep_seal(session, PLACES, renew_place_digests(session, asking(session)))
    info.write_info(session, LAYOUT_KEY, layout)
    progress = session.get(Info, PROGRESS_KEY)
    if progress is not None:
        session.delete(progress)
    return True


def renew_next(session: Session, rows: type[Entry] | type[User], kind: str, last: int, compute: ComputeSeals) -> int:
    """Seals the next rows with an id above `last`; the id of the last one, 0 where there was none."""
    ids = session.scalars(select(rows.id).where(rows.id > last).order_by(rows.id).limit(RENEWED_AT_ONCE)).all()
    if not ids:
        return 0
    connection = session.connection()
    table = rows.__table__
    for id in session.scalars(select(rows.id).where(rows.id.in_(ids), rows.seal_key.is_(None))).all():
        connection.execute(update(rows).where(table.c.id == id).values(seal_key=new_seal_key()))
    if kind == "entry":
        renew_page_seals(session, asking(session), session.scalars(select(File.id).where(File.entry_id.in_(ids))).all())
    for id, seal in compute(asking(session), ids).items():
        entry_id = id if kind == "entry" else None
        row = PendingAuditRow(now(), RENEWING_ACTOR, SEAL_ACT, entry_id, values_digest({}), f"{kind}:{id}", seal)
        pending_rows(session).append(row)
    return ids[-1]
