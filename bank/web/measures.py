"""Prometheus metrics of the web process: responses by route, method and status, and their seconds."""

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

SECONDS_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram's buckets, in seconds."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The metrics of one application, with a registry of their own: two applications in a process don't mix."""

    registry: CollectorRegistry
    answers: Counter
    seconds: Histogram
    buckets: tuple[float, ...] = field(default=SECONDS_BUCKETS)

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts one response. `route` is a route's path pattern, not a path: there is no end of different paths."""
        self.answers.labels(route, method, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Everything counted so far, in Prometheus' text format."""
        return generate_latest(self.registry)


def new_measures() -> Measures:
    """New metrics, all zero."""
    registry = CollectorRegistry()
    answers = Counter("bank_answers", "Answers given", ("route", "method", "status"), registry=registry)
    seconds = Histogram("bank_seconds", "Seconds to answer", ("route",), registry=registry, buckets=SECONDS_BUCKETS)
    return Measures(registry, answers, seconds)
