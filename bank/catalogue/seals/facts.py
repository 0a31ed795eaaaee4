"""Facts that the bank keeps of its seals: what they cover, how far renewing them is, how the tables are described.

No seal covers these facts. So one that no version of the bank writes is told, and nothing is sealed anew because of it:
that would bless whatever else was altered.
"""

from bank.catalogue.seals.computing import AskRows, text_of
from bank.catalogue.seals.layout import layout_fingerprint

LAYOUT_KEY = "seal layout"
"""Fact: the fingerprint of the columns that all seals cover."""
PROGRESS_KEY = "sealing"
"""Fact, while seals are renewed: how far that is, as fingerprint, kind and id."""
SCHEMA_KEY = "schema"
"""Fact: the newest revision, and the digest of the tables' description as it left them."""
EARLIER_LAYOUTS = frozenset({"16760354c6a39855", "83a80fec78ee338c", "02edcd117fc55618"})
"""Fingerprints of earlier versions, after which everything is sealed anew."""
FACT_VALUE = "SELECT value FROM info WHERE key = ?"
SEALED_ONCE = "SELECT 1 FROM audit WHERE sealed LIKE 'entry:%' OR sealed LIKE 'user:%' LIMIT 1"
"""Asks whether entries or people were ever sealed; a bank that is being founded seals its cities and events only."""


def seal_fact(ask: AskRows, key: str) -> str | None:
    """The value of a fact; None where it is not kept."""
    return next((str(text_of(value)) for (value,) in ask(FACT_VALUE, key)), None)


def are_facts_altered(ask: AskRows) -> bool:
    """Whether the facts are not as any version of the bank leaves them."""
    layout = seal_fact(ask, LAYOUT_KEY)
    if layout is None:
        return seal_fact(ask, PROGRESS_KEY) is None and any(ask(SEALED_ONCE))
    if layout != layout_fingerprint():
        return layout not in EARLIER_LAYOUTS
    return seal_fact(ask, SCHEMA_KEY) is None
