"""The audit: one row for each act, with a digest of its values (never the values), chained to the row before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Audit
from bank.clock import now

CHAIN_START = "0" * 64
WRITES_AUDIT = "writes audit rows at its end"
"""Key in `Session.info` of a writing session."""
INWARD_ACTS = frozenset(
    {"cancel_job", "retry_job"}
    | {"seal", "deposit", "change", "read", "submit", "return", "sign_in", "change_password", "invite"}
    | {"add_user", "rename_user", "change_role", "enable_user", "disable_user", "add_membership", "end_membership"}
    | {"add_token", "end_token"}
    | {"empty_withdrawn", "forget_question"}
    | {f"{act}_{kind}" for act in ("make", "use") for kind in ("first", "invitation", "reset", "code")}
)
"""Acts that change nothing that visitors can read. Any other act, also one not listed anywhere, empties the cache."""


def values_digest(values: Mapping[str, object]) -> str:
    """SHA-256 (hex) of the values as sorted JSON."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def chain_value(previous: str, moment: str, actor: str, act: str, entry_id: int | None, digest: str, *seal: str) -> str:
    """The chain value of a row (64 hex digits): SHA-256 over the one of the row before and this row's own fields.

    The fields are joined by U+001F. `previous` is the chain value of the row before, `moment` is in ISO 8601; `seal` is
    what the row seals and the seal, nothing for a row without one.
    """
    return hashlib.sha256(
        "\x1f".join((previous, moment, actor, act, str(entry_id), digest, *seal)).encode()
    ).hexdigest()


@dataclass(slots=True)
class PendingAuditRow:
    """A row that is written when its transaction ends; what that sealed is known only then."""

    moment: datetime
    actor: str
    act: str
    entry_id: int | None
    digest: str
    sealed: str | None = None
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The newest row of the audit: its id, which is the number of rows, and its chain value."""

    id: int
    chain: str


def add_audit_row(session: Session, actor: str, act: str, entry_id: int | None, values: Mapping[str, object]) -> None:
    """Adds a row to the audit, in the transaction of the act that it records; it is written when that commits."""
    session.flush()
    pending_rows(session).append(PendingAuditRow(now(), actor, act, entry_id, values_digest(values)))


def pending_rows(session: Session) -> list[PendingAuditRow]:
    """The audit rows that this transaction will write. Raises RuntimeError in a session that would never write them."""
    if not session.info.get(WRITES_AUDIT):
        raise RuntimeError("only a transaction of Database.writing() writes audit rows")
    pending: list[PendingAuditRow] = session.info.setdefault("pending audit rows", [])
    return pending


def write_pending_rows(session: Session) -> None:
    """Writes the pending rows, each chained to the one before."""
    pending = pending_rows(session)
    if not pending:
        return
    head = audit_head(session)
    rows = []
    for row in pending:
        sealed = (row.sealed, row.seal) if row.sealed and row.seal else ()
        chain = chain_value(head.chain, row.moment.isoformat(), row.actor, row.act, row.entry_id, row.digest, *sealed)
        head = AuditHead(head.id + 1, chain)
        rows.append({**asdict(row), "id": head.id, "chain": chain})
    session.execute(insert(Audit), rows)
    pending.clear()
    session.info["written audit head"] = head


def take_written_head(session: Session) -> AuditHead | None:
    """The newest row that this session has written since it was last asked; None without any."""
    head: AuditHead | None = session.info.pop("written audit head", None)
    return head


def audit_head(session: Session) -> AuditHead:
    """The newest row of the audit; id 0 and CHAIN_START without any."""
    row = session.execute(select(Audit.id, Audit.chain).order_by(Audit.id.desc()).limit(1)).one_or_none()
    return AuditHead(row.id, row.chain) if row else AuditHead(0, CHAIN_START)


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
        sealed = (row.sealed or "", row.seal) if row.seal else ()
        own = (row.moment.isoformat(), row.actor, row.act, row.entry_id, row.digest, *sealed)
        if row.chain != chain_value(previous, *own):
            broken.append(row.id)
        previous = row.chain
    return broken
