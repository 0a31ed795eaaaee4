"""Facts that the bank keeps about itself, by key.

The namespace of its identifiers (fixed when the bank is made), the version that last added cities and events, and how
many samples it has.
"""

import secrets

from sqlalchemy.orm import Session

from bank.catalogue.tables import Info
from bank.clock import CROCKFORD_ALPHABET


def read_info(session: Session, key: str) -> str | None:
    """The value stored under `key`, or None."""
    row = session.get(Info, key)
    return row.value if row else None


def write_info(session: Session, key: str, value: str) -> None:
    """Stores `value` under `key`."""
    session.merge(Info(key=key, value=value))


def new_namespace() -> str:
    """A namespace that no other bank has: ten random characters (50 bits) in the form OAI identifiers ask for."""
    return "".join(secrets.choice(CROCKFORD_ALPHABET) for _ in range(10)).lower() + ".educating-bank"
