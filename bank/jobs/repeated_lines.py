"""Equal log lines become one: the first is written at once, the others are counted and told once a minute."""

import atexit
import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

REPEATED_SECONDS = 60.0
"""Seconds for which equal lines are counted before their number is told."""
MOST_COUNTED_LINES = 500
"""Different lines that are remembered; beyond, the oldest is told and forgotten."""

LineKey = tuple[str, int, str, str]
"""Logger, level, message, and which exception came with it: its kind and the line that raised it."""


@dataclass(slots=True)
class RepeatedLine:
    """A line that was written at `since` (seconds of the process's clock), and how often it came again."""

    record: logging.LogRecord
    since: float
    again: int = 0


class RepeatedLines(logging.Handler):
    """Hands records on to `target`, but of equal ones within a minute only the first, and then how many there were.

    Those that nothing follows are told by a timer, or when the process ends.
    """

    def __init__(self, target: logging.Handler, seconds: float = REPEATED_SECONDS) -> None:
        super().__init__()
        self.target = target
        self.seconds = seconds
        self.lines: OrderedDict[LineKey, RepeatedLine] = OrderedDict()
        self.timer: threading.Timer | None = None
        atexit.register(self.flush)

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the record, or counts it. Logging holds the handler's lock meanwhile."""
        self.tell_due()
        key = line_key(record)
        before = self.lines.get(key)
        if before is not None:
            before.again += 1
            self.tell_later()
            return
        self.lines[key] = RepeatedLine(record, time.monotonic())
        if len(self.lines) > MOST_COUNTED_LINES:
            self.tell(self.lines.popitem(last=False)[1])
        self.target.handle(record)

    def flush(self) -> None:
        """Tells every count, as at the end of the process."""
        with self.lock or threading.RLock():
            while self.lines:
                self.tell(self.lines.popitem(last=False)[1])
        self.target.flush()

    def tell_due(self) -> None:
        """Tells and forgets the lines whose time is over; the oldest come first."""
        now = time.monotonic()
        while self.lines and now - next(iter(self.lines.values())).since >= self.seconds:
            self.tell(self.lines.popitem(last=False)[1])

    def tell(self, line: RepeatedLine) -> None:
        """Writes how often a line came again; nothing for one that did not."""
        if line.again:
            again = logging.makeLogRecord({**line.record.__dict__, "exc_info": None, "exc_text": None, "args": None})
            again.msg = f"{line.record.getMessage()} [the same {line.again} times more]"
            again.created = time.time()
            self.target.handle(again)

    def tell_later(self) -> None:
        """Starts the timer that tells the counts, unless one runs."""
        if self.timer is None:
            self.timer = threading.Timer(self.seconds, self.timer_ended)
            self.timer.daemon = True
            self.timer.start()

    def timer_ended(self) -> None:
        """Tells what is due; where lines are still counted, the timer is started again."""
        with self.lock or threading.RLock():
            self.timer = None
            self.tell_due()
            if any(line.again for line in self.lines.values()):
                self.tell_later()


def line_key(record: logging.LogRecord) -> LineKey:
    """What makes two records equal."""
    return record.name, record.levelno, record.getMessage(), where_raised(record)


def where_raised(record: logging.LogRecord) -> str:
    """The kind of the exception and the place that raised it; empty where there was none."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    kind, _, trace = record.exc_info
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    return f"{kind.__name__} {place}"
