"""Puts originals that a bank lacks back from a backup, and says which of them it still lacks then."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from bank.catalogue import files
from bank.errors import Conflict
from bank.messages import N_
from bank.progress import Progress, no_progress
from bank.workflow.bank import Bank
from bank.workflow.upkeep.archive import ORIGINALS_PREFIX, examine_archive, open_archive

NOTHING_OF_THIS_BANK = N_("No entry of this bank names an original of that backup: it is another bank's.")


@dataclass(frozen=True, slots=True)
class PutBack:
    """How many originals were put back, and which are still bad.

    `aside` are digests that are in uploads/removed; `lacking` those that are missing or altered and nowhere else.
    """

    number: int
    lacking: tuple[str, ...]
    aside: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """True where every original that an entry names is there, as it was handed in."""
        return not self.lacking and not self.aside


def restore_originals(bank: Bank, archive: Path, progress: Progress = no_progress) -> PutBack:
    """Puts back, from an archive, the originals that this bank's rows name and that are missing or altered.

    The archive is checked from end to end first; then every original is read. Raises NotFound, Damaged, and Conflict
    for one that has no original that this bank names.
    """
    manifest = examine_archive(archive, progress)
    with bank.database.reading() as session:
        named = files.digests_in_rows(session)
    if manifest.originals and named.isdisjoint(manifest.originals):
        raise Conflict(NOTHING_OF_THIS_BANK)
    bad = {digest for digest in named if not bank.uploads.verify(digest)}
    found = bad.intersection(manifest.originals)
    with open_archive(archive) as members:
        for name, content in members:
            if name.removeprefix(ORIGINALS_PREFIX) in found:
                bank.uploads.put(cast(BinaryIO, content), limit=2**62)
    left = sorted(bad - found)
    aside = [digest for digest in left if not bank.uploads.has(digest) and bank.uploads.has_aside(digest)]
    return PutBack(len(found), tuple(digest for digest in left if digest not in aside), tuple(aside))
