"""What a process counts of its work, for Prometheus. Its own registry: several nodes may share a process."""

import os
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60)


class Metrics:
    """Names of routes and numbers alone: nothing of a desk, a log or a guest."""

    def __init__(self, waiting: Callable[[], float], connections: Callable[[], float]) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "eventdesk_requests", "Requests answered", ("route", "method", "status"), registry=registry
        )
        self._seconds = Histogram(
            "eventdesk_request_seconds",
            "From the head of a request to its answer",
            ("route", "method"),
            buckets=_SECONDS,
            registry=registry,
        )
        self.facts = Counter("eventdesk_facts", "Facts handed in", ("outcome",), registry=registry)
        self.claims = Counter("eventdesk_claims", "Claims judged", ("outcome", "level"), registry=registry)
        self._of: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._gauge("eventdesk_waiting", "Polls that wait for news", waiting)
        self._gauge("eventdesk_connections", "Connections open", connections)
        self._gauge("eventdesk_process", "The process that answers: its id", os.getpid)

    def served(self, route: str, method: str, status: int, seconds: float) -> None:
        key = (route, method, status)
        found = self._of.get(key)
        if found is None:  # few: routes, methods and statuses are ours
            labelled = self._requests.labels(route, method, str(status))
            found = self._of[key] = (labelled, self._seconds.labels(route, method))
        found[0].inc()
        found[1].observe(seconds)

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def _gauge(self, name: str, words: str, ask: Callable[[], float]) -> None:
        Gauge(name, words, registry=self._registry).set_function(ask)
