"""How the disks of a bank are: room left, full, or only to be read."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bank.catalogue.alarms import clear_alarm, raise_alarm, standing_alarms
from bank.disk import existing_folder, free_bytes, is_read_only, margin_bytes
from bank.errors import DiskFull
from bank.messages import N_
from bank.reserve import Reserve
from bank.settings import Settings
from bank.workflow.bank import Bank

FULL_DISK_ALARM = "full_disk"
DISK_IS_FULL = N_(
    "The disk of {path} is full: {megabytes} MB are left. Until there is room, no files are taken in. Make room there."
)
log = logging.getLogger("bank.disk")
STATE_MB_BYTES = 1024 * 1024
DiskCondition = Literal["ok", "full", "read-only"]


@dataclass(frozen=True, slots=True)
class DiskState:
    """The disk of a bank that has the least room over its margin; sizes in bytes.

    `full` is less than the `margin` free: files are no longer taken in.
    """

    folder: Path
    condition: DiskCondition
    free: int
    margin: int

    @property
    def told(self) -> str:
        """The condition in a few words, for programs and whoever asks: it names no folder."""
        return f"full: {self.free // STATE_MB_BYTES} MB left" if self.condition == "full" else self.condition


def disk_state(settings: Settings) -> DiskState:
    """The state of the disks of catalogue, originals and index; cheap: it asks the system, and reads no file."""
    folders = (settings.database_folder, settings.uploads_folder, settings.index_folder)
    return min((state_of_folder(existing_folder(folder)) for folder in folders), key=room_over_margin)


def state_of_folder(folder: Path) -> DiskState:
    """The state of the disk of one folder."""
    free, margin = free_bytes(folder), margin_bytes(folder)
    condition: DiskCondition = "read-only" if is_read_only(folder) else "full" if free < margin else "ok"
    return DiskState(folder, condition, free, margin)


def room_over_margin(state: DiskState) -> int:
    """Bytes over the margin, negative below it; a disk that can only be read counts as one without any room."""
    return -state.margin - 1 if state.condition == "read-only" else state.free - state.margin


def look_after_disk(bank: Bank) -> None:
    """Makes the reserve where there is room for it; raises the alarm of a full disk, or clears it. Logs the change."""
    state, folder = disk_state(bank.settings), bank.settings.database_folder
    if is_read_only(folder):
        return
    Reserve(folder).make()
    with bank.database.reading() as session:
        stands = any(alarm.name == FULL_DISK_ALARM for alarm in standing_alarms(session))
    if stands == (state.condition == "full"):
        return
    log.warning("The disk of %s: %s", state.folder, state.told)
    with suppress(DiskFull), bank.database.writing() as session:  # nothing is freed for an alarm
        if stands:
            clear_alarm(session, FULL_DISK_ALARM)
        else:
            values = {"path": str(state.folder), "megabytes": state.free // STATE_MB_BYTES}
            raise_alarm(session, FULL_DISK_ALARM, DISK_IS_FULL, **values)
