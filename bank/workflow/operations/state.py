"""The state of the running bank in figures: for the page "Estado", for /metrics and for /readyz."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank.catalogue.alarms import Alarm, standing_alarms
from bank.catalogue.tables import Outbox, Unembedded
from bank.clock import now
from bank.disk import folder_bytes, free_bytes
from bank.workflow.bank import Bank
from bank.workflow.index.lock import worker_runs
from bank.workflow.operations.queue import JobLine, QueueOfKind, ended_jobs, open_jobs, queues
from bank.workflow.rights import Viewer, require_right
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
    """How the bank stands at `moment`. `free` is in bytes, of the disk with the database."""

    moment: datetime
    alarms: tuple[Alarm, ...]
    worker: bool
    lags: tuple[Lag, ...]
    queues: tuple[QueueOfKind, ...]
    free: int
    backup: BackupNote | None
    proof: ProofNote | None
    look: LookState
    whole_round: WholeRound | None


@dataclass(frozen=True, slots=True)
class PartSize:
    """How many bytes a part of the bank takes: database, originals, removed, index or vectors."""

    part: str
    size: int


@dataclass(frozen=True, slots=True)
class StatePage:
    """What administrators see: the bank's state, its parts' sizes, the open jobs and those that ended badly."""

    state: BankState
    parts: tuple[PartSize, ...]
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
            free=free_bytes(bank.settings.home.absolute()),
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
    """The whole page, for administrators. Walks through all originals. Raises SignInNeeded, NotFound."""
    require_right(viewer, "run_bank")
    with bank.database.reading() as session:
        open_lines, ended_lines = open_jobs(session), ended_jobs(session)
    return StatePage(bank_state(bank), part_sizes(bank), tuple(open_lines), tuple(ended_lines))


def part_sizes(bank: Bank) -> tuple[PartSize, ...]:
    """How much room the bank's parts take."""
    settings = bank.settings
    return (
        PartSize("database", database_bytes(Path(bank.database.engine.url.database or ""))),
        PartSize("originals", folder_bytes(settings.uploads_folder)),
        PartSize("index", folder_bytes(settings.index_folder)),
        PartSize("vectors", database_bytes(settings.vectors_file)),
    )


def database_bytes(path: Path) -> int:
    """Bytes of an SQLite file and of what stands beside it."""
    files = (path.with_name(path.name + ending) for ending in ("", "-wal", "-shm"))
    return sum(file.stat().st_size for file in files if file.is_file())
