"""Whether a bank can answer, and which of its parts work."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bank import ingest
from bank.catalogue import outbox
from bank.catalogue.database import CatalogueMoved
from bank.errors import BankError
from bank.workflow.bank import Bank
from bank.workflow.files.place import ORIGINALS_OF_ANOTHER, what_is_wrong_with_place
from bank.workflow.index.lock import worker_runs
from bank.workflow.upkeep.disk_state import disk_state


@dataclass(frozen=True, slots=True)
class BankReadiness:
    """`ready` when catalogue and index answer, the originals are there, and the disk is neither full nor read-only.

    `checks` says in a few words how parts are.
    """

    ready: bool
    checks: Mapping[str, str]


def bank_readiness(bank: Bank) -> BankReadiness:
    """The state of every part; cheap enough for every few seconds, but for the first time, which reads the model."""
    catalogue, lag = _catalogue(bank)
    index = bank.index.stale() or "ok"
    disk, originals = disk_state(bank.settings), _originals(bank)
    languages = ingest.ocr_languages()
    checks = {
        "catalogue": catalogue,
        "originals": originals,
        "index": index,
        "disk": disk.told,
        "meaning": _meaning(bank),
        "waiting": str(lag),
        "worker": "running" if worker_runs(bank.settings) else "not running",
        "tesseract": ", ".join(languages) if languages else "not installed",
    }
    return BankReadiness(catalogue == index == originals == disk.condition == "ok", checks)


def _originals(bank: Bank) -> str:
    """Whether the folder of originals is the bank's own."""
    wrong = what_is_wrong_with_place(bank)
    return "ok" if wrong is None else "of another bank" if wrong is ORIGINALS_OF_ANOTHER else "not there"


def _meaning(bank: Bank) -> str:
    """State of semantic search: off, ok or no model; it does not make the bank unready."""
    if bank.encoder is None:
        return "off"
    return "ok" if bank.encoder.ready else "no model"


def _catalogue(bank: Bank) -> tuple[str, int]:
    try:
        with bank.database.reading() as session:
            session.execute(select(1))
            return "ok", outbox.count_outbox_rows(session)
    except CatalogueMoved:
        return "moved away or replaced", 0
    except (SQLAlchemyError, BankError):
        return "not answering", 0
