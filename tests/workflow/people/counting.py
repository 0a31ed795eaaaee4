"""Counts work in place of timing it."""

import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from types import CodeType, FrameType

from sqlalchemy import event

from bank.workflow.bank import Bank


def counted(bank: Bank, act: Callable[[], object], calls: Mapping[CodeType, str]) -> Counter[str]:
    """How often `act` calls each of these, under its name, and what it asks the catalogue, in its own thread."""
    done: Counter[str] = Counter()
    own = threading.get_ident()

    def called(frame: FrameType, what: str, _: object) -> None:
        if what == "call" and frame.f_code in calls:
            done[calls[frame.f_code]] += 1

    def asked(*arguments: object) -> None:
        if threading.get_ident() == own:
            done[str(arguments[2])] += 1

    event.listen(bank.database.engine, "before_cursor_execute", asked)
    sys.setprofile(called)
    try:
        act()
    finally:
        sys.setprofile(None)
        event.remove(bank.database.engine, "before_cursor_execute", asked)
    return done
