"""The state of the running bank in figures: for the page "Estado", for /metrics and for /readyz."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank.catalogue.alarms import Alarm, standing_alarms
from bank.catalogue.tables import Outbox, Unembedded
from bank.clock import now
from bank.workflow.bank import Bank
from bank.workflow.index.lock import worker_runs
from bank.workflow.operations.queue import JobLine, QueueOfKind, ended_jobs, open_jobs, queues
from bank.workflow.operations.sizes import SizesNote, noted_sizes
from bank.workflow.rights import Viewer, require_right
from bank.workflow.upkeep.disk_state import DiskState, disk_state
from bank.workflow.upkeep.notes import (
    BackupNote,
    LookState,
    ProofNote,
    WholeRound,
    last_backup,
    last_proof,
    last_whole_round,
    look_state,
)


@dataclass(frozen=True, slots=True)
class Lag:
    """What waits for index or vectors: how many entries wait, how many failed and are set aside.

    `oldest` is since when the oldest of all these waits.
    """

    work: str
    waiting: int
    failed: int
    oldest: datetime | None

    def age(self, moment: datetime) -> timedelta:
        """How long the oldest has waited at that moment; zero where none does."""
        return max(moment - self.oldest, timedelta()) if self.oldest else timedelta()


@dataclass(frozen=True, slots=True)
class BankState:
    """How the bank stands at `moment`. `disk` is the one that has the least room over its margin."""

    moment: datetime
    alarms: tuple[Alarm, ...]
    worker: bool
    lags: tuple[Lag, ...]
    queues: tuple[QueueOfKind, ...]
    disk: DiskState
    backup: BackupNote | None
    proof: ProofNote | None
    look: LookState
    whole_round: WholeRound | None


@dataclass(frozen=True, slots=True)
class StatePage:
    """What administrators see: the bank's state, its parts' sizes, the open jobs and those that ended badly.

    `sizes` is None before the worker has first measured them.
    """

    state: BankState
    sizes: SizesNote | None
    open: tuple[JobLine, ...]
    ended: tuple[JobLine, ...]


def bank_state(bank: Bank) -> BankState:
    """The state of the bank; cheap enough for every few seconds."""
    with bank.database.reading() as session:
        lags = [lag_of(session, "index")] + ([lag_of(session, "meaning")] if bank.meaning else [])
        return BankState(
            moment=now(),
            alarms=tuple(standing_alarms(session)),
            worker=worker_runs(bank.settings),
            lags=tuple(lags),
            queues=queues(session),
            disk=disk_state(bank.settings),
            backup=last_backup(session),
            proof=last_proof(session),
            look=look_state(session),
            whole_round=last_whole_round(session),
        )


def lag_of(session: Session, work: str) -> Lag:
    """What waits for the index, or for meaning (vectors). An entry counts once, however many rows it has."""
    kind = Outbox if work == "index" else Unembedded

    def count(*where: object) -> int:
        return session.scalar(select(func.count(kind.entry_id.distinct())).where(*where)) or 0  # type: ignore[arg-type]

    failed = count(kind.failures > 0)
    return Lag(work, count() - failed, failed, session.scalar(select(func.min(kind.made))))


def state_page(bank: Bank, viewer: Viewer | None) -> StatePage:
    """The whole page, for administrators; it walks through no folder. Raises SignInNeeded, NotFound."""
    require_right(viewer, "run_bank")
    with bank.database.reading() as session:
        open_lines, ended_lines, sizes = open_jobs(session), ended_jobs(session), noted_sizes(session)
    return StatePage(bank_state(bank), sizes, tuple(open_lines), tuple(ended_lines))
