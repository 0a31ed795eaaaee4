"""Rate limits as token buckets: for costly requests per network address, for changes per person."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from starlette.requests import Request

from bank.errors import TooManyTries
from bank.messages import N_
from bank.web.local_paths import SAFE_METHODS
from bank.web.rendering import settings_of
from bank.web.viewer import source_address, viewer_of


@dataclass(frozen=True, slots=True)
class RequestRate:
    """A token bucket's size (`at_once` requests) and its refill (`a_second` requests a second)."""

    at_once: int
    a_second: float


TEXT_RATE = RequestRate(12, 0.5)
"""Rate of POST /api/v1/suggest-tags: reading a text takes half a second to two."""
ENTRY_RATE = RequestRate(60, 1.0)
"""Rate of /api/v1/entries/N/suggestions: those asked for last are cached."""
SAVE_RATE = RequestRate(120, 1.0)
"""Rate of one person's changes. The form saves by itself 1.2 s after the last key: never as often as this."""
QUESTION_RATE = RequestRate(20, 1 / 120)
"""Rate at which questions that found nothing are counted: a program that asks on and on does not fill the list."""
DRAWING_RATE = RequestRate(150, 4.0)
"""Rate of pages that have to be drawn: one that is kept already counts for nothing."""
REQUEST_RATES = (DRAWING_RATE, TEXT_RATE, ENTRY_RATE, SAVE_RATE, QUESTION_RATE)
MOST_THROTTLED_SOURCES = 20_000
TOO_MANY_REQUESTS = N_("Too many requests came from your address. Try again in {seconds} s.")
TOO_MANY_SAVES = N_(
    "Too many changes came from you in a short time, and this one was not saved; the earlier ones were. Try again in "
    "{seconds} s."
)


class Throttle:
    """The buckets of one process at one rate, by source. A new source has a full bucket.

    Over MOST_THROTTLED_SOURCES the bucket of the source unseen longest is dropped. `clock` gives seconds.
    """

    def __init__(self, rate: RequestRate, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, source: str, refusal: str = TOO_MANY_REQUESTS) -> None:
        """Takes a token from the source's bucket. Raises TooManyTries where it is empty.

        `refusal` is its sentence, in which ``{seconds}`` stands for the seconds to wait.
        """
        with self._lock:
            moment = self._clock()
            tokens, seen = self._buckets.pop(source, (float(self.rate.at_once), moment))
            tokens = min(self.rate.at_once, tokens + (moment - seen) * self.rate.a_second)
            self._buckets[source] = (max(tokens - 1, 0.0) if tokens >= 1 else tokens, moment)
            if len(self._buckets) > MOST_THROTTLED_SOURCES:
                self._buckets.popitem(last=False)
        if tokens < 1:
            raise TooManyTries(refusal, seconds=ceil((1 - tokens) / self.rate.a_second))


async def limit_changes(request: Request) -> None:
    """A FastAPI dependency that counts a request that changes something, once, for the person who is signed in.

    Raises TooManyTries at more than SAVE_RATE, unless BANK_THROTTLE is off.
    """
    viewer = viewer_of(request)
    if viewer is None or request.method in SAFE_METHODS or settings_of(request).throttle == "off":
        return
    if getattr(request.state, "change_counted", False):
        return
    request.state.change_counted = True
    request.app.state.throttles[SAVE_RATE].take(f"person {viewer.id}", TOO_MANY_SAVES)


def limit_rate(rate: RequestRate) -> Callable[[Request], None]:
    """A FastAPI dependency that takes a token for a request, unless BANK_THROTTLE is off. It raises TooManyTries."""

    def count(request: Request) -> None:
        settings = settings_of(request)
        if settings.throttle == "on":
            request.app.state.throttles[rate].take(source_address(request, settings))

    return count
