"""Figures for Prometheus."""

import datetime as dt

import pytest
from sqlmodel import Session

from bot.metrics import Metrics
from handlers.request import Reply, Routes, SlackRequest
from handlers.usage.schemas import UsageResponse
from messages.kit.blocks import Message
from storage import outbox
from storage.database import Database
from storage.outbox import OutboxMessage as Outgoing
from storage.outbox import Workspace
from tests.support.two_clients import NOW, TwoClients


def figures(metrics: Metrics, of: str) -> dict[str, float]:
    lines = [line for line in metrics.text().decode().splitlines() if line.startswith(of)]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_the_outbox_is_counted_by_state_over_all_clients(database: Database, two_clients: TwoClients) -> None:
    for client in (two_clients.northwind, two_clients.hanbit):

        def put(session: Session, account_id: int = client.id) -> None:
            message = Outgoing(
                key="a",
                kind="note",
                category="answer",
                workspace=Workspace("", "T1"),
                user_id="U1",
                subject={},
                due_at=NOW,
                good_until=NOW + dt.timedelta(hours=1),
            )
            outbox.put_message(session, account_id, [message], now=NOW)

        database.write({client.id}, put)
    assert figures(Metrics(database), "laurels_outbox_messages{") == {
        'laurels_outbox_messages{state="waiting"}': 2,
        'laurels_outbox_messages{state="attempting"}': 0,
        'laurels_outbox_messages{state="sent"}': 0,
        'laurels_outbox_messages{state="unknown"}': 0,
        'laurels_outbox_messages{state="dropped"}': 0,
    }


def test_usage_is_counted_by_what_became_of_it(sqlite_database: Database) -> None:
    metrics = Metrics(sqlite_database)
    metrics.answered(UsageResponse(recorded=3, replayed=1, refused=0, results=[]))
    metrics.answered(UsageResponse(recorded=1, replayed=0, refused=2, results=[]))
    assert figures(metrics, "laurels_usage_events_total{") == {
        'laurels_usage_events_total{outcome="recorded"}': 4,
        'laurels_usage_events_total{outcome="replayed"}': 1,
        'laurels_usage_events_total{outcome="refused"}': 2,
    }


def test_a_listeners_time_is_taken_also_where_it_fails(sqlite_database: Database) -> None:
    asked: list[object] = []

    def points(given: SlackRequest) -> Reply:
        asked.append(given)
        if len(asked) > 1:
            raise RuntimeError("broken")
        return Reply(message=Message("hello", ()))

    metrics = Metrics(sqlite_database)
    timed = metrics.timed(Routes(commands={"/points": points}))
    given: SlackRequest = None  # type: ignore[assignment]  # handed on as it is
    assert timed.commands["/points"](given) == Reply(message=Message("hello", ()))
    with pytest.raises(RuntimeError):
        timed.commands["/points"](given)
    assert figures(metrics, "laurels_listener_seconds_count") == {
        'laurels_listener_seconds_count{listener="/points"}': 2
    }
