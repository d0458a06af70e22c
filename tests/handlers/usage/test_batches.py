"""What comes while a transaction is under way goes into the next one together, and each is answered for itself."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import pytest
from sqlalchemy import event as sqlalchemy_event

from handlers.usage.batch import SignedBody
from handlers.usage.intake import Intake
from handlers.usage.schemas import UsageResponse
from loyalty.usage.secrets import Secret
from storage.database import Database, Scope
from tests.handlers.usage.builders import KEY, NOW, Api, event, signed

T = TypeVar("T")


class Slow:
    """A database whose first transaction that writes waits until the second round of requests was looked at."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.reads = self.writes = 0
        self.writing, self.looked, self.go = threading.Event(), threading.Event(), threading.Event()

    def read(self, scope: Scope, fn: Callable[[Any], T]) -> T:
        found = self.database.read(scope, fn)
        self.reads += 1
        if self.reads == 2:
            self.looked.set()
        return found

    def write(self, scope: Scope, fn: Callable[[Any], T]) -> T:
        self.writes += 1
        self.writing.set()
        assert self.go.wait(10)
        return self.database.write(scope, fn)


def _sent(secret: Secret, *given: Any) -> SignedBody:
    body = json.dumps(list(given)).encode()
    return SignedBody("standard", signed(secret.text, body, NOW), body)


def _gathered(api: Api, *sent: SignedBody) -> tuple[list[UsageResponse | BaseException], int]:
    """Return the answers, and how many transactions wrote: the first request is alone, the others come meanwhile."""
    slow: Any = Slow(api.database)

    async def send() -> list[UsageResponse | BaseException]:
        intake = Intake(slow, clock=lambda: api.now, secret_key=KEY)
        first = asyncio.create_task(intake.record(sent[0]))
        await asyncio.to_thread(slow.writing.wait, 10)
        others = [asyncio.create_task(intake.record(one)) for one in sent[1:]]
        await asyncio.to_thread(slow.looked.wait, 10)
        await asyncio.sleep(0.1)
        slow.go.set()
        return await asyncio.gather(first, *others, return_exceptions=True)

    return asyncio.run(send()), slow.writes


def _said(answers: Sequence[UsageResponse | BaseException]) -> list[Any]:
    return [
        [(one.outcome, one.points, one.reason) for one in answer.results]
        if isinstance(answer, UsageResponse)
        else str(answer)
        for answer in answers
    ]


@pytest.fixture
def api(database: Database) -> Api:
    return Api(database)


@pytest.fixture
def poisoned(api: Api) -> Iterator[Api]:
    """A database that cannot write usage of the name Poison, for a reason that nobody thought of."""

    def refuse(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO usage_event") and "Poison" in repr(parameters):
            raise RuntimeError("poison")

    sqlalchemy_event.listen(api.database.engine, "before_cursor_execute", refuse)
    yield api
    sqlalchemy_event.remove(api.database.engine, "before_cursor_execute", refuse)


def test_many_that_come_meanwhile_are_one_transaction_in_their_order_and_each_is_told_its_own(api: Api) -> None:
    secret = api.secret()
    sent = [_sent(secret, event(id=f"e{number}", properties={"rows": 100 * number})) for number in range(6)]
    answers, writes = _gathered(api, *sent)
    # The rule of 15 pays the first two that arrive on a day.
    assert _said(answers) == [[("recorded", 15 * (number < 2) + number, "")] for number in range(6)]
    assert (writes, api.facts()["northwind"]["transfers"]) == (2, 7)


def test_a_replay_and_another_body_under_the_same_id_are_known_within_what_came_together(api: Api) -> None:
    secret = api.secret()
    once, other = event(id="e1"), event(id="e1", person="jan")
    sent = [_sent(secret, one) for one in (event(id="e0", person="ola"), once, once, other, once)]
    answers, writes = _gathered(api, *sent)
    refused = "the id e1 is on record with another body: the first stays; give a new event an id of its own"
    assert _said(answers) == [
        [("recorded", 15, "")],
        [("recorded", 15, "")],
        [("replayed", 0, "")],
        [("refused", 0, refused)],
        [("replayed", 0, "")],
    ]
    assert (writes, api.facts()["northwind"]["usage"]) == (2, 2)


def test_what_cannot_be_written_fails_alone_and_the_others_are_recorded(poisoned: Api) -> None:
    secret = poisoned.secret()
    names = ("Report Scheduled", "Report Scheduled", "Poison", "Report Scheduled")
    answers, writes = _gathered(poisoned, *(_sent(secret, event(name=name, person=name)) for name in names))
    assert _said(answers) == [[("recorded", 15, "")], [("recorded", 15, "")], "poison", [("recorded", 0, "")]]
    assert (writes, poisoned.facts()["northwind"]["usage"]) == (5, 3)


def test_secrets_of_two_clients_that_come_together_touch_each_its_own(api: Api) -> None:
    northwind, hanbit = api.secret("northwind"), api.secret("hanbit")
    theirs = [event("hanbit", id="e1", person="jun"), event(id="e2")]
    sent = [
        _sent(northwind, event()),
        _sent(hanbit, *theirs),
        _sent(northwind, event(id="e1")),
        _sent(hanbit, theirs[1]),
    ]
    answers, _ = _gathered(api, *sent)
    stranger = ("refused", 0, "this secret does not speak for the account 'northwind'")
    assert _said(answers) == [
        [("recorded", 15, "")],
        [("recorded", 15, ""), stranger],
        [("recorded", 15, "")],
        [stranger],
    ]
    assert [api.facts()[key]["usage"] for key in ("northwind", "hanbit")] == [2, 1]
