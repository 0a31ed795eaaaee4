"""Keeps a source from asking for costly work too often: a bucket of tokens for each, refilled with time."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

from starlette.requests import Request

from bank.errors import TooMany
from bank.messages import N_
from bank.web.rendering import settings_of
from bank.web.viewing import source_of

AT_ONCE = 120
"""Requests that a source may make in one go."""
A_SECOND = 2.0
"""Requests that it may make each second from then on."""
MOST_SOURCES = 20_000
SENTENCE = N_("Too many requests came from your address. Try again in {seconds} s.")


class Throttle:
    """The buckets of one process. A new source has a full one; of too many, the one not seen for longest goes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, source: str) -> None:
        """Takes a token out of the source's bucket. Raises TooMany, with the seconds to wait, where it is empty."""
        with self._lock:
            moment = self._clock()
            tokens, seen = self._buckets.pop(source, (float(AT_ONCE), moment))
            tokens = min(AT_ONCE, tokens + (moment - seen) * A_SECOND)
            self._buckets[source] = (max(tokens - 1, 0.0) if tokens >= 1 else tokens, moment)
            if len(self._buckets) > MOST_SOURCES:
                self._buckets.popitem(last=False)
        if tokens < 1:
            raise TooMany(SENTENCE, seconds=ceil((1 - tokens) / A_SECOND))


def slow_down(request: Request) -> None:
    """A dependency: counts a request against its source, where the settings want it. Raises TooMany."""
    settings = settings_of(request)
    if settings.throttle == "on":
        request.app.state.throttle.take(source_of(request, settings))
