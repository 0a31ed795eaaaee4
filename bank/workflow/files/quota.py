"""How much room is left: for the whole network, and for each person who adds files."""

import threading
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bank.catalogue.tables import Entry, File, Image
from bank.errors import NoRoom
from bank.messages import N_
from bank.workflow.bank import Bank

NETWORK_QUOTA_REACHED = N_("There is no room left: the network has to make some. Nothing was stored.")
PERSON_QUOTA_REACHED = N_("Your entries that are not published may take {megabytes} MB together. Nothing was stored.")
QUOTA_UNIT_BYTES = 1024 * 1024
SETTLED_STATUSES = ("published", "withdrawn")


@dataclass(slots=True)
class NetworkRoom:
    """How many bytes a run of imports may still add; measured once, as measuring walks all originals."""

    left: int
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, size: int) -> None:
        """Takes `size` bytes of it. Raises NoRoom where there are fewer."""
        with self.lock:
            if size > self.left:
                raise NoRoom(NETWORK_QUOTA_REACHED)
            self.left -= size


def measure_room(bank: Bank) -> NetworkRoom:
    """What the network's quota leaves now. Originals that no row names count too."""
    return NetworkRoom(bank.settings.quota_mb * QUOTA_UNIT_BYTES - bank.uploads.size())


def expect_network_quota(bank: Bank, size: int) -> None:
    """Raises NoRoom where the stored originals and `size` bytes more would exceed the network's quota."""
    measure_room(bank).take(size)


def expect_person_quota(bank: Bank, session: Session, user_id: int, size: int) -> None:
    """Raises NoRoom where `size` bytes more, added by this person, would exceed a quota.

    The network's counts the originals that rows name; the person's counts what the person added to entries that are
    neither published nor withdrawn.
    """
    settings = bank.settings
    if bytes_in_rows(session) + size > settings.quota_mb * QUOTA_UNIT_BYTES:
        raise NoRoom(NETWORK_QUOTA_REACHED)
    if bytes_added_by(session, user_id) + size > settings.person_quota_mb * QUOTA_UNIT_BYTES:
        raise NoRoom(PERSON_QUOTA_REACHED, megabytes=settings.person_quota_mb)


def bytes_in_rows(session: Session) -> int:
    """Bytes of all originals and pictures that rows name, each once however many rows name it."""
    every = select(File.digest, File.size).union(select(Image.digest, Image.size)).subquery()
    return session.scalar(select(func.coalesce(func.sum(every.c.size), 0))) or 0


def bytes_added_by(session: Session, user_id: int) -> int:
    """Bytes of the files and pictures that a person added to entries which are neither published nor withdrawn."""
    found = 0
    for kind in (File, Image):
        query = select(func.coalesce(func.sum(kind.size), 0)).join(Entry, Entry.id == kind.entry_id)
        mine = query.where(kind.added_by == user_id, Entry.status.not_in(SETTLED_STATUSES))
        found += session.scalar(mine) or 0
    return found
