"""What the bank notes of its own upkeep: the last backup, the last proof of one, the look over the originals."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

from bank.catalogue import info

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

BACKUP_KEY, PROOF_KEY = "backup", "backup_proof"
LOOK_KEY, WHOLE_ROUND_KEY = "originals_look", "originals_round"


@dataclass(frozen=True, slots=True)
class BackupNote:
    """The last backup: its archive's name and size in bytes; `digest` is that of its copy of the database.

    `proved` is when a restore of this very backup was last proved; None: never.
    """

    made: datetime
    size: int
    name: str
    digest: str
    proved: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProofNote:
    """The last restore that was proved: when, and of which backup."""

    moment: datetime
    name: str
    made: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class LookState:
    """How far the look over the originals is.

    A share covers the digests that begin with the prefixes (first two hex digits) from `prefix` up to, not including,
    `until`; the two are equal while no share is under way. `after` is the last digest that was looked at in the share,
    `looked` how many in this round, `share` when the last share was begun. `faults` maps a digest to what is wrong.
    """

    prefix: int = 0
    until: int = 0
    after: str = ""
    looked: int = 0
    begun: datetime | None = None
    share: datetime | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WholeRound:
    """The last round in which every original was looked at: from when to when, and how many they were."""

    begun: datetime
    ended: datetime
    looked: int


Note = TypeVar("Note", bound="DataclassInstance")


def write_note(session: Session, key: str, note: "DataclassInstance") -> None:
    """Keeps a note under a key."""
    told = asdict(note)
    info.write_info(session, key, json.dumps(told, default=lambda moment: moment.isoformat(), ensure_ascii=False))


def read_note(session: Session, key: str, kind: type[Note]) -> Note | None:
    """The note under a key; None where there is none."""
    text = info.read_info(session, key)
    if text is None:
        return None
    told: dict[str, Any] = json.loads(text)
    return kind(**{one.name: value_of_note(one.type, told[one.name]) for one in fields(kind)})


def value_of_note(kind: object, value: Any) -> Any:
    """A value as it was before it became JSON."""
    return datetime.fromisoformat(value) if value is not None and "datetime" in str(kind) else value


def last_backup(session: Session) -> BackupNote | None:
    """The last backup that was made; None where none was."""
    return read_note(session, BACKUP_KEY, BackupNote)


def last_proof(session: Session) -> ProofNote | None:
    """The last restore that was proved, of whichever backup; None where none was."""
    return read_note(session, PROOF_KEY, ProofNote)


def note_backup(session: Session, made: BackupNote) -> None:
    """Notes a backup that was just made."""
    write_note(session, BACKUP_KEY, made)


def note_proof(session: Session, proof: ProofNote) -> None:
    """Notes a proof; where it is of the last backup, that one counts as proved."""
    write_note(session, PROOF_KEY, proof)
    backup = last_backup(session)
    if backup is not None and backup.digest == proof.digest:
        write_note(session, BACKUP_KEY, replace(backup, proved=proof.moment))


def look_state(session: Session) -> LookState:
    """How far the look over the originals is."""
    return read_note(session, LOOK_KEY, LookState) or LookState()


def last_whole_round(session: Session) -> WholeRound | None:
    """The last whole round of that look; None before the first has ended."""
    return read_note(session, WHOLE_ROUND_KEY, WholeRound)
