"""What is counted and measured, for Prometheus: numbers by kind, nobody's data."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from handlers.request import Routes
from handlers.usage.schemas import UsageResponse
from storage.database import OPERATOR, Database
from storage.errors import DATABASE_UNAVAILABLE
from storage.outbox_recovery import counts
from storage.tables.outbox import STATES

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)
"""Upper ends of the histogram's buckets: from 3 s on Slack has given up."""


class Metrics:
    """One process's figures; the outbox's are the deployment's, asked for when somebody looks."""

    def __init__(self, database: Database) -> None:
        self._registry = CollectorRegistry()
        self._usage = Counter(
            "laurels_usage_events",
            "Usage events that came over the API, by what became of them.",
            ["outcome"],
            registry=self._registry,
        )
        for outcome in ("recorded", "replayed", "refused"):
            self._usage.labels(outcome)
        self._listeners = Histogram(
            "laurels_listener_seconds",
            "How long a listener took to answer, by the command, press or event.",
            ["listener"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._registry.register(_Outbox(database))

    def timed(self, routes: Routes) -> Routes:
        """Return the same routes, each listener's time taken."""
        tables = {each.name: getattr(routes, each.name) for each in fields(routes)}
        timed = {
            name: {key: self._timed(key, listener) for key, listener in table.items()} for name, table in tables.items()
        }
        return replace(routes, **timed)

    def answered(self, answer: UsageResponse) -> None:
        """Take note of what the usage API answered."""
        for outcome in ("recorded", "replayed", "refused"):
            self._usage.labels(outcome).inc(getattr(answer, outcome))

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)

    def _timed(self, name: str, listener: Callable[[Any], Any]) -> Callable[[Any], Any]:
        taken = self._listeners.labels(name)

        def run(asked: Any) -> Any:
            with taken.time():
                return listener(asked)

        return run


class _Outbox(Collector):
    """How many messages are in each state; nothing while the database is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterable[Metric]:
        """Return the metric without its figures."""
        return [_messages()]

    def collect(self) -> Iterable[Metric]:
        """Return the figures of this moment."""
        metric = _messages()
        try:
            found = self._database.read(OPERATOR, counts)
        except DATABASE_UNAVAILABLE:
            return [metric]
        for state in STATES:
            metric.add_metric([state], found.get(state, 0))
        return [metric]


def _messages() -> GaugeMetricFamily:
    return GaugeMetricFamily("laurels_outbox_messages", "Messages of the outbox, by state.", labels=["state"])
