"""How much room is left: for the whole network, for each city, and for each person who adds files."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bank.catalogue import files, unpublished
from bank.catalogue.tables import File, Image
from bank.catalogue.unpublished import SizedDigest
from bank.clock import now
from bank.errors import NoRoom
from bank.messages import N_
from bank.workflow.bank import Bank

NETWORK_QUOTA_REACHED = N_("There is no room left: the network has to make some. Nothing was stored.")
PERSON_QUOTA_REACHED = N_(
    "What you added and was never published takes {used} MB, and may take {megabytes} MB together; what was withdrawn "
    "or removed counts until its files are deleted, some weeks later. Nothing was stored."
)
CITY_QUOTA_REACHED = N_(
    "What was added for your city and was never published takes {used} MB, and may take {megabytes} MB together; what "
    "was withdrawn or removed counts until its files are deleted, some weeks later. Nothing was stored."
)
QUOTA_UNIT_BYTES = 1024 * 1024
LOOSE_AT_LEAST = timedelta(days=1)
"""How long what no entry names counts at least; a sweep moves nothing younger."""


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


def expect_unpublished_quota(
    bank: Bank, session: Session, user_id: int, city_id: str | None, more: Sequence[SizedDigest]
) -> None:
    """Raises NoRoom where these originals more, added by this person for this city, would exceed one of their quotas.

    Both count what was never published, also what was withdrawn or taken out, until its bytes are gone. None is no
    city. The network's quota is not looked at: see `hold_room`.
    """
    person_mb, city_mb = bank.settings.person_quota_mb, bank.settings.city_quota_mb
    if unpublished.unpublished_bytes_of_person(session, user_id, more) > person_mb * QUOTA_UNIT_BYTES:
        used = unpublished.unpublished_bytes_of_person(session, user_id)
        raise NoRoom(PERSON_QUOTA_REACHED, used=round(used / QUOTA_UNIT_BYTES), megabytes=person_mb)
    if city_id and unpublished.unpublished_bytes_of_city(session, city_id, more) > city_mb * QUOTA_UNIT_BYTES:
        used = unpublished.unpublished_bytes_of_city(session, city_id)
        raise NoRoom(CITY_QUOTA_REACHED, used=round(used / QUOTA_UNIT_BYTES), megabytes=city_mb)


def hold_room(bank: Bank, session: Session, user_id: int, city_id: str | None, kept: Sequence[SizedDigest]) -> None:
    """Counts originals for a person and a city before they are stored.

    So many uploads at once have no more room than one, and what is stored and never named counts too. Raises NoRoom as
    `expect_unpublished_quota`, and where the network has no room. This is the only place in a deposit that sums up what
    the whole network has.
    """
    if bytes_in_rows(session, kept) > bank.settings.quota_mb * QUOTA_UNIT_BYTES:
        raise NoRoom(NETWORK_QUOTA_REACHED)
    expect_unpublished_quota(bank, session, user_id, city_id, kept)
    unpublished.add_loose_files(session, user_id, city_id, kept)


def forget_gone_files(bank: Bank) -> int:
    """Forgets loose files whose bytes are gone, or that an entry names again; how many digests.

    What a sweep moved aside still stands. Those of the last day stay: their upload may not have ended.
    """
    before = now() - LOOSE_AT_LEAST
    with bank.database.reading() as session:
        loose = unpublished.loose_digests(session, before)
        named = files.digests_in_rows(session) if loose else set[str]()
    gone = [one for one in loose if one in named or not (bank.uploads.has(one) or bank.uploads.has_aside(one))]
    if gone:
        with bank.database.writing() as session:
            unpublished.forget_loose_files(session, gone, before)
    return len(gone)


def bytes_in_rows(session: Session, more: Sequence[SizedDigest] = ()) -> int:
    """Bytes of all originals and pictures that rows name, and of `more`, each counted once."""
    every = (select(kind.digest, kind.size) for kind in (File, Image))
    return unpublished.distinct_bytes(session, *every, *unpublished.literal_rows(more))
