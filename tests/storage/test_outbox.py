"""The queue of what is to be said."""

import datetime as dt
import threading
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from storage import outbox, outbox_recovery
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, OutboxMessage, Workspace
from storage.tables import Account, AuditEntry, Outgoing

NOW = dt.datetime(2026, 3, 16, 9, tzinfo=dt.UTC)
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
NORTHWIND, CONTOSO = 1, 2
HERE, THERE = Workspace("", "T1"), Workspace("E2", "T2")


@pytest.fixture
def accounts(database: Database) -> Database:
    def make(session: Any) -> None:
        for number, key in ((NORTHWIND, "northwind"), (CONTOSO, "contoso")):
            session.add(Account(id=number, key=key, name=key.title(), timezone="Europe/Warsaw", created_at=NOW))

    database.write(OPERATOR, make)
    return database


def message(key: str, **changes: Any) -> OutboxMessage:
    plain: dict[str, Any] = {
        "kind": "shoutout",
        "category": "news",
        "workspace": HERE,
        "channel_id": "C1",
        "subject": {"reached": [1]},
        "due_at": NOW,
        "good_until": NOW + DAY,
    }
    return OutboxMessage(key=key, **(plain | changes))


def put(database: Database, account_id: int, *messages: OutboxMessage) -> int:
    return database.write({account_id}, lambda session: outbox.put_message(session, account_id, messages, now=NOW))


def claim(database: Database, workspace: Workspace = HERE, now: dt.datetime = NOW, **rest: Any) -> Claimed | None:
    return database.write(OPERATOR, lambda session: outbox.claim(session, workspace, now=now, lease=MINUTE, **rest))


def claimed(database: Database, workspace: Workspace = HERE, now: dt.datetime = NOW, **rest: Any) -> Claimed:
    found = claim(database, workspace, now, **rest)
    assert found is not None
    return found


def rows(database: Database) -> list[tuple[int, str, str, str | None]]:
    """Account, key, state and reason of everything in the outbox."""
    asked = select(Outgoing.account_id, Outgoing.key, Outgoing.state, Outgoing.reason).order_by(  # type: ignore[call-overload]
        Outgoing.account_id, Outgoing.key
    )
    return database.read(OPERATOR, lambda session: [tuple(row) for row in session.execute(asked)])


def test_what_was_put_is_claimed_as_it_was_put(accounts: Database) -> None:
    given = message("a", person_id=None, subject={"reached": [3, 4]})
    assert put(accounts, NORTHWIND, given) == 1
    assert claimed(accounts) == Claimed(account_id=NORTHWIND, id=1, attempt=1, message=given, file_id=None)


def test_a_key_is_said_once_in_its_account(accounts: Database) -> None:
    assert put(accounts, NORTHWIND, message("a"), message("b")) == 2
    assert put(accounts, NORTHWIND, message("b", channel_id="C9"), message("c"), message("c")) == 1
    assert put(accounts, CONTOSO, message("a")) == 1
    assert [row[:2] for row in rows(accounts)] == [(1, "a"), (1, "b"), (1, "c"), (2, "a")]


def test_the_longest_due_is_claimed_first_and_nothing_early_late_or_elsewhere(accounts: Database) -> None:
    put(
        accounts,
        NORTHWIND,
        message("later", due_at=NOW + MINUTE),
        message("second"),
        message("stale", good_until=NOW),
        message("elsewhere", workspace=THERE),
    )
    put(accounts, CONTOSO, message("first", due_at=NOW - MINUTE))
    assert [claimed(accounts).message.key, claimed(accounts).message.key, claim(accounts)] == ["first", "second", None]
    assert claimed(accounts, THERE).message.key == "elsewhere"


def test_channels_and_people_that_are_busy_are_passed_over(accounts: Database) -> None:
    put(accounts, NORTHWIND, message("a"), message("b", channel_id=None, user_id="U1"), message("c", channel_id="C2"))
    assert claimed(accounts, busy={"C1", "U1"}).message.key == "c"
    assert claim(accounts, busy={"C1", "U1"}) is None


def test_workspaces_with_something_due_come_longest_waiting_first(accounts: Database) -> None:
    put(accounts, NORTHWIND, message("a"), message("b", workspace=THERE, due_at=NOW - MINUTE))
    put(accounts, CONTOSO, message("c", workspace=Workspace("", "T3"), due_at=NOW + MINUTE))
    assert accounts.read(OPERATOR, lambda session: outbox.workspaces(session, now=NOW)) == [THERE, HERE]


@pytest.mark.parametrize(
    ("settle", "left"),
    [
        (lambda session, it: outbox.settle_sent(session, it, ts="1.2", now=NOW), ("sent", None)),
        (lambda session, it: outbox.settle_dropped(session, it, reason="no", now=NOW), ("dropped", "no")),
        (lambda session, it: outbox.settle_retry(session, it, due_at=NOW + MINUTE, reason="429"), ("waiting", "429")),
        (lambda session, it: outbox.settle_unknown(session, it, reason="cut"), ("unknown", "cut")),
    ],
)
def test_a_claimed_message_is_settled_once(accounts: Database, settle: Any, left: tuple[str, str | None]) -> None:
    put(accounts, NORTHWIND, message("a"))
    put(accounts, CONTOSO, message("a"))
    it = claimed(accounts)
    assert accounts.write({NORTHWIND}, lambda session: settle(session, it))
    assert rows(accounts) == [(1, "a", *left), (2, "a", "waiting", None)]
    assert accounts.write({NORTHWIND}, lambda session: settle(session, it)) == (left[0] == "unknown")


def test_another_attempt_cannot_be_settled_by_an_earlier_one(accounts: Database) -> None:
    put(accounts, NORTHWIND, message("a"))
    first = claimed(accounts)
    accounts.write({1}, lambda session: outbox.settle_retry(session, first, due_at=NOW, reason="refused"))
    second = claimed(accounts)
    assert not accounts.write({1}, lambda session: outbox.settle_sent(session, first, ts="1", now=NOW))
    assert accounts.write({1}, lambda session: outbox.settle_sent(session, second, ts="2", now=NOW))


def test_an_expired_lease_is_unknown_and_never_waits(accounts: Database) -> None:
    put(accounts, NORTHWIND, message("a"), message("b"))
    it = claimed(accounts)

    def expire(now: dt.datetime) -> int:
        return accounts.write(OPERATOR, lambda session: outbox_recovery.expire_leases(session, now=now))

    assert [expire(NOW + MINUTE / 2), expire(NOW + MINUTE), expire(NOW + DAY)] == [0, 1, 0]
    dead = "the sender stopped before it wrote down Slack's answer"
    assert rows(accounts) == [(1, "a", "unknown", dead), (1, "b", "waiting", None)]
    assert accounts.read(OPERATOR, outbox_recovery.counts) == {"unknown": 1, "waiting": 1}
    assert accounts.read(OPERATOR, outbox_recovery.unknowns) == [it]
    # The answer came after all: it counts.
    assert accounts.write({1}, lambda session: outbox.settle_sent(session, it, ts="1", now=NOW))


def test_the_operator_says_of_the_unknown_that_it_was_sent_or_has_it_sent_again(accounts: Database) -> None:
    put(accounts, NORTHWIND, message("a"), message("b"))
    one, other = claimed(accounts), claimed(accounts)
    late = NOW + 3 * DAY

    def decide(verb: Any, it: Claimed) -> Any:
        return accounts.write({1}, lambda session: verb(session, 1, it.id, author="op", now=late))

    def lose(it: Claimed) -> Any:
        return accounts.write({1}, lambda session: outbox.settle_unknown(session, it, reason="cut"))

    assert not decide(outbox_recovery.decide_again, one)
    assert [lose(one), lose(other)] == [True, True]
    assert decide(outbox_recovery.decide_sent, one)
    assert decide(outbox_recovery.decide_again, other)
    assert not decide(outbox_recovery.decide_again, other)
    assert [row[2] for row in rows(accounts)] == ["sent", "waiting"]
    again = claimed(accounts, now=late)
    assert (again.message.key, again.attempt, again.message.good_until) == ("b", 2, late + DAY)
    audited = accounts.read(
        OPERATOR, lambda session: session.execute(select(AuditEntry).order_by(col(AuditEntry.id))).scalars().all()
    )
    assert [(entry.action, entry.details) for entry in audited] == [
        ("outbox.sent", {"message": one.id}),
        ("outbox.again", {"message": other.id}),
    ]


def test_what_was_not_said_in_time_is_dropped(accounts: Database) -> None:
    put(accounts, NORTHWIND, message("a"), message("b"), message("c", good_until=NOW + 2 * DAY))
    claimed(accounts)
    dropped = accounts.write(OPERATOR, lambda session: outbox_recovery.drop_stale(session, now=NOW + DAY))
    assert dropped == [(NORTHWIND, "b")]
    assert rows(accounts) == [
        (1, "a", "attempting", None),
        (1, "b", "dropped", "not said by 2026-03-17 09:00 UTC"),
        (1, "c", "waiting", None),
    ]


def test_a_waiting_message_takes_more_and_a_claimed_one_does_not(accounts: Database) -> None:
    put(accounts, NORTHWIND, message("a"))
    put(accounts, CONTOSO, message("a"))

    def extend(key: str, ids: list[int]) -> bool:
        return accounts.write({1}, lambda session: outbox.extend(session, 1, key, "reached", ids))

    assert [extend("a", [5, 6]), extend("b", [7])] == [True, False]
    assert claimed(accounts).message.subject == {"reached": [1, 5, 6]}
    assert claimed(accounts).message.subject == {"reached": [1]}
    assert not extend("a", [8])


def test_a_file_is_remembered_through_a_retry(accounts: Database) -> None:
    put(accounts, NORTHWIND, message("a"))
    it = claimed(accounts)
    accounts.write({1}, lambda session: outbox.remember_file(session, it, "F0123456789", "a board"))
    accounts.write({1}, lambda session: outbox.settle_retry(session, it, due_at=NOW, reason="429"))
    again = claimed(accounts)
    assert (again.file_id, again.drawn) == ("F0123456789", "a board")


def test_several_who_claim_at_once_get_each_message_once(accounts: Database) -> None:
    put(accounts, NORTHWIND, *(message(f"{number:02}") for number in range(40)))
    got: list[str] = []

    def work() -> None:
        while (it := claim(accounts)) is not None:
            got.append(it.message.key)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [f"{number:02}" for number in range(40)]


def test_queries_for_what_is_to_be_said_are_answered_by_their_partial_indexes(accounts: Database) -> None:
    if not accounts.is_sqlite:
        return

    def plans(session: Any) -> list[str]:
        waiting = select(Outgoing.id).where(  # type: ignore[call-overload]
            outbox.WAITING, Outgoing.enterprise_id == "", Outgoing.team_id == "T1", Outgoing.due_at <= NOW
        )
        attempting = update(Outgoing).where(outbox.ATTEMPTING, Outgoing.claimed_until <= NOW).values(state="unknown")  # type: ignore[arg-type, operator]
        found = []
        for statement in (waiting, attempting):
            sql = str(statement.compile(session.get_bind(), compile_kwargs={"literal_binds": False}))
            names = statement.compile(session.get_bind()).params
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple("" for _ in names))
            found.append(" ".join(row[3] for row in plan))
        return found

    assert [plan.split(" INDEX ")[1].split(" ")[0] for plan in accounts.read(OPERATOR, plans)] == [
        "ix_outbox_waiting",
        "ix_outbox_attempting",
    ]
