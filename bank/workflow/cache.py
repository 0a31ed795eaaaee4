"""A cache of what visitors are shown from the catalogue, emptied whenever an act may have changed it.

Every act writes an audit row in its own transaction, so the id of the last audit row names a state of the catalogue.
Acts that no visitor can notice (`audit.INWARD_ACTS`), such as saving a draft, leave the cache as it is.
"""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from sqlalchemy.orm import Session

from bank.catalogue import audit

CachedValue = TypeVar("CachedValue")
MOST_CACHED_VALUES = 20_000
"""Values cached for one state of the catalogue; more are read anew each time."""


class CatalogueCache:
    """Values by key for the newest state of the catalogue that was seen. Shared by all threads of a process.

    Only what is the same for every visitor may be cached here.
    """

    def __init__(self) -> None:
        self._seen = -1
        self._state = 0
        self._values: dict[Hashable, object] = {}
        self._lock = threading.Lock()

    def of(self, session: Session) -> dict[Hashable, object]:
        """The cached values that are valid for the snapshot of `session`.

        For a snapshot older than the cache it is an empty dictionary that nobody shares.
        """
        newest = audit.last_audit_id(session)
        with self._lock:
            if newest > self._seen:
                outward = audit.last_outward_id(session, self._seen)
                self._seen = newest
                if outward > self._state:
                    self._state, self._values = outward, {}
            return self._values if newest >= self._state else {}

    def recall(self, session: Session, key: Hashable, read: Callable[[], CachedValue]) -> CachedValue:
        """The value cached under `key`; where there is none, calls `read` and caches what it returns."""
        values = self.of(session)
        if key not in values:
            value = read()
            if len(values) < MOST_CACHED_VALUES:
                values[key] = value
            return value
        return cast(CachedValue, values[key])
