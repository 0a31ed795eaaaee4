"""The audit: one row for each act, with a digest of its values (never the values), chained to the row before."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Audit
from bank.clock import now

CHAIN_START = "0" * 64
INWARD_ACTS = frozenset(
    {"deposit", "change", "read", "submit", "return", "sign_in", "change_password", "add_token", "end_token", "invite"}
    | {"add_user", "rename_user", "change_role", "enable_user", "disable_user", "add_membership", "end_membership"}
    | {"empty_withdrawn"}
    | {f"{act}_{kind}" for act in ("make", "use") for kind in ("first", "invitation", "reset", "code")}
)
"""Acts that change nothing that visitors can read. Any other act, also one not listed anywhere, empties the cache."""


def values_digest(values: Mapping[str, object]) -> str:
    """SHA-256 (hex) of the values as sorted JSON."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def chain_value(previous: str, moment: str, actor: str, act: str, entry_id: int | None, digest: str) -> str:
    """The chain value of a row (64 hex digits): SHA-256 over the one of the row before and this row's own fields.

    The fields are joined by U+001F. `previous` is the chain value of the row before, `moment` is in ISO 8601.
    """
    return hashlib.sha256("\x1f".join((previous, moment, actor, act, str(entry_id), digest)).encode()).hexdigest()


def add_audit_row(session: Session, actor: str, act: str, entry_id: int | None, values: Mapping[str, object]) -> None:
    """Adds a row to the audit, in the transaction of the act that it records."""
    last = session.scalar(select(Audit.chain).order_by(Audit.id.desc()).limit(1)) or CHAIN_START
    moment, digest = now(), values_digest(values)
    chain = chain_value(last, moment.isoformat(), actor, act, entry_id, digest)
    session.add(Audit(moment=moment, actor=actor, act=act, entry_id=entry_id, digest=digest, chain=chain))
    session.flush()


def last_audit_id(session: Session) -> int:
    """The id of the newest row, 0 without any. Every act adds a row, so the id tells states of the catalogue apart."""
    return session.scalar(select(Audit.id).order_by(Audit.id.desc()).limit(1)) or 0


def moments_of_acts(session: Session, first: datetime, last: datetime) -> list[datetime]:
    """The moments of the acts recorded from `first` to `last`, ascending."""
    return sorted(session.scalars(select(Audit.moment).where(Audit.moment.between(first, last))))


def last_outward_id(session: Session, after: int) -> int:
    """The id of the newest row above `after` whose act may have changed what visitors read; 0 without any."""
    query = select(Audit.id).where(Audit.id > after, Audit.act.not_in(INWARD_ACTS))
    return session.scalar(query.order_by(Audit.id.desc()).limit(1)) or 0


def broken_audit_rows(session: Session) -> list[int]:
    """Ids of rows that no longer agree with the chain; an empty list when it is whole."""
    broken, previous = [], CHAIN_START
    for row in session.scalars(select(Audit).order_by(Audit.id).execution_options(yield_per=1000)):
        if row.chain != chain_value(previous, row.moment.isoformat(), row.actor, row.act, row.entry_id, row.digest):
            broken.append(row.id)
        previous = row.chain
    return broken
