"""Named points at which a fault experiment may end the process, as a power cut or ``kill -9`` would.

An experiment starts the bank with ``BANK_CRASH_AT`` set to a point's name; the process then ends there at once, with
exit code 137, nothing flushed and nothing cleaned up. Without that variable a point costs one look-up.
"""

import os

CRASH_VARIABLE = "BANK_CRASH_AT"


def crash_point(name: str) -> None:
    """Ends the process here when ``BANK_CRASH_AT`` equals `name`; otherwise does nothing."""
    if os.environ.get(CRASH_VARIABLE) == name:
        os._exit(137)
