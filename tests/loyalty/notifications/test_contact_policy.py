"""Quiet hours and the budget."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select, update

from loyalty.notifications import contact_policy
from loyalty.programme import digest
from loyalty.programme.schema import Contact
from loyalty.programme.times import Quiet
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import Drop, Later, OutboxMessage, Workspace
from storage.tables import Account, Member, Outgoing, Person, ProgrammeVersion

WARSAW, SEOUL, NEW_YORK = ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York")
PLAIN = Contact()
NIGHT_ONLY = Contact(weekends="open")
WEEKENDS_ONLY = Contact(quiet=None)
NEVER = Contact(quiet=None, weekends="open")
SMALL_HOURS = Contact(quiet=Quiet(dt.time(0, 30), dt.time(2, 30)), weekends="open")


def local(text: str, zone: ZoneInfo = WARSAW, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


@pytest.mark.parametrize(
    ("rules", "when", "expected"),
    [
        (PLAIN, "2026-03-16 07:59", True),
        (PLAIN, "2026-03-16 08:00", False),
        (PLAIN, "2026-03-16 17:59:59", False),
        (PLAIN, "2026-03-16 18:00", True),
        (PLAIN, "2026-03-14 12:00", True),
        (NIGHT_ONLY, "2026-03-14 12:00", False),
        (NIGHT_ONLY, "2026-03-14 18:00", True),
        (WEEKENDS_ONLY, "2026-03-16 03:00", False),
        (NEVER, "2026-03-14 03:00", False),
    ],
)
def test_quiet_is_from_its_start_on_and_before_its_end(rules: Contact, when: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert contact_policy.is_quiet(rules, local(when)) is expected


@pytest.mark.parametrize(
    ("rules", "now", "expected"),
    [
        (PLAIN, local("2026-03-16 12:00"), local("2026-03-16 12:00")),
        (PLAIN, local("2026-03-16 02:00"), local("2026-03-16 08:00")),
        (PLAIN, local("2026-03-16 20:00"), local("2026-03-17 08:00")),
        (PLAIN, local("2026-03-13 18:00"), local("2026-03-16 08:00")),
        (PLAIN, local("2026-03-13 20:00", NEW_YORK), local("2026-03-16 08:00", NEW_YORK)),
        (PLAIN, local("2026-03-13 20:00", SEOUL), local("2026-03-16 08:00", SEOUL)),
        (WEEKENDS_ONLY, local("2026-03-14 09:00"), local("2026-03-16 00:00")),
        (NIGHT_ONLY, local("2026-03-13 20:00"), local("2026-03-14 08:00")),
        # Over the change of clocks: 08:00 comes an hour sooner, an hour later.
        (PLAIN, local("2026-03-27 20:00"), local("2026-03-30 08:00")),
        (NIGHT_ONLY, local("2026-10-24 20:00"), local("2026-10-25 08:00")),
        # 02:30 does not exist: the first moment after the gap; it comes twice: its first.
        (SMALL_HOURS, local("2026-03-29 01:00"), local("2026-03-29 03:00")),
        (SMALL_HOURS, local("2026-10-25 01:00"), local("2026-10-25 02:30")),
        (SMALL_HOURS, local("2026-10-25 02:10", fold=1), local("2026-10-25 02:30", fold=1)),
    ],
)
def test_quiet_ends_at_the_next_loud_moment_on_the_zones_own_clock(
    rules: Contact, now: dt.datetime, expected: dt.datetime
) -> None:
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    assert contact_policy.quiet_hours_end(rules, now.astimezone(dt.UTC), zone) == expected.astimezone(dt.UTC)


YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
hours = st.times().map(lambda time: time.replace(second=0, microsecond=0))


@given(
    st.integers(0, 365 * 24 * 60).map(lambda minutes: YEAR + minutes * dt.timedelta(minutes=1)),
    st.sampled_from([WARSAW, SEOUL, NEW_YORK, ZoneInfo("Asia/Beirut"), ZoneInfo("Australia/Lord_Howe")]),
    st.tuples(hours, hours).filter(lambda pair: pair[0] != pair[1]),
    st.sampled_from(["quiet", "open"]),
)
def test_the_next_loud_moment_is_loud_and_not_long_ago_nor_far(
    now: dt.datetime, zone: ZoneInfo, pair: tuple[dt.time, dt.time], weekends: Any
) -> None:
    rules = Contact(quiet=Quiet(*pair), weekends=weekends)
    loud = contact_policy.quiet_hours_end(rules, now, zone)
    assert not contact_policy.is_quiet(rules, loud.astimezone(zone))
    assert now <= loud < now + dt.timedelta(days=5)


BUDGET = """\
programme: {name: Orbit Champions}
accounts: []
earn: [{key: report, event: Report Scheduled, points: 15}]
contact: {quiet: "18:00-08:00", weekends: quiet, unasked_per_week: PER_WEEK}
"""
MONDAY = dt.datetime(2026, 3, 16, 9, tzinfo=dt.UTC)
"""Ten in Warsaw."""
SENT, UNKNOWN, ATTEMPTING, DROPPED, WAITING = "sent", "unknown", "attempting", "dropped", "waiting"
THIS_WEEK = "they were written to this week already"


def nudge(key: str, person_id: int = 1, category: Any = "nudge") -> OutboxMessage:
    return OutboxMessage(
        key=key,
        kind="vip",
        category=category,
        workspace=Workspace("", "T1"),
        user_id=f"U{person_id}",
        person_id=person_id,
        subject={},
        due_at=MONDAY,
        good_until=MONDAY + dt.timedelta(days=28),
    )


def settle(database: Database, *, per_week: int = 1) -> None:
    """Two clients of two members each, whose people live in Warsaw."""

    def run(session: Any) -> None:
        text = BUDGET.replace("PER_WEEK", str(per_week))
        session.add(ProgrammeVersion(number=1, text=text, digest=digest(text), author="operator", applied_at=MONDAY))
        for account_id, key in ((1, "northwind"), (2, "contoso")):
            session.add(
                Account(id=account_id, key=key, name=key, timezone="Europe/Warsaw", created_at=MONDAY, serial=9)
            )
            session.flush()
            for number in (1, 2):
                session.add(Person(account_id=account_id, id=number, external_id=f"p{number}", created_at=MONDAY))
            session.flush()
            for number in (1, 2):
                session.add(
                    Member(
                        account_id=account_id, person_id=number, team_id="T1", user_id=f"U{number}", terms="1",
                        joined_at=MONDAY,
                    )
                )  # fmt: skip

    database.write(OPERATOR, run)


def before(database: Database, message: OutboxMessage, state: str, days_ago: float = 0, account_id: int = 1) -> None:
    """Let a message be in a state since so many days."""
    at = MONDAY - dt.timedelta(days=days_ago)
    settled = {"claimed_until": at} if state in {"attempting", "unknown"} else {"settled_at": at}

    def run(session: Any) -> None:
        outbox.put_message(session, account_id, [message], now=at)
        its = (col(Outgoing.account_id) == account_id, col(Outgoing.key) == message.key)
        session.execute(update(Outgoing).where(*its).values(state=state, **settled))

    database.write({account_id}, run)


def leaves(database: Database, message: OutboxMessage, now: dt.datetime = MONDAY) -> Drop | Later | None:
    """Why a message does not leave now; None: nothing holds it back."""
    before(database, message, "attempting")

    def run(session: Any) -> Drop | Later | None:
        row = session.execute(select(Outgoing).where(col(Outgoing.key) == message.key)).scalar_one()
        return contact_policy.contact_hold(session, outbox.as_claimed(row), now)

    return database.read({1}, run)


@pytest.mark.parametrize(
    ("per_week", "states", "expected"),
    [
        (1, [], None),
        (1, [(SENT, 7)], None),
        (1, [(SENT, 6.9)], Later(local("2026-03-16 12:24").astimezone(dt.UTC), THIS_WEEK)),
        (1, [(UNKNOWN, 3)], Later(local("2026-03-20 10:00").astimezone(dt.UTC), THIS_WEEK)),
        # Seven days after is Sunday evening, which is quiet.
        (1, [(SENT, 0.5), (SENT, 5)], Later(local("2026-03-23 08:00").astimezone(dt.UTC), THIS_WEEK)),
        (2, [(SENT, 3)], None),
        (2, [(SENT, 3), (SENT, 4)], Later(local("2026-03-19 10:00").astimezone(dt.UTC), THIS_WEEK)),
        (1, [(DROPPED, 1), (WAITING, 1)], None),
        (
            1,
            [(ATTEMPTING, 0)],
            Later(MONDAY + 2 * contact_policy.SENDING_TIME, "another message to them is just being sent"),
        ),
        (0, [], Drop("the programme lets nobody be written to unasked")),
    ],
)
def test_nobody_is_written_to_unasked_more_often_than_the_budget_allows(
    database: Database, per_week: int, states: list[tuple[str, float]], expected: Drop | Later | None
) -> None:
    settle(database, per_week=per_week)
    for number, (state, days_ago) in enumerate(states):
        before(database, nudge(f"old {number}"), state, days_ago)
    before(database, nudge("another's", person_id=2), SENT)
    before(database, nudge("an answer", category="answer"), SENT)
    before(database, nudge("another client's"), SENT, account_id=2)
    assert leaves(database, nudge("new")) == expected


def test_what_was_asked_for_is_not_held_back(database: Database) -> None:
    settle(database)
    before(database, nudge("old"), SENT)
    assert leaves(database, nudge("new", category="answer"), MONDAY + dt.timedelta(hours=9)) is None


def test_what_nobody_asked_for_waits_for_the_end_of_the_quiet_hours(database: Database) -> None:
    settle(database)
    evening, morning = local("2026-03-16 18:00"), local("2026-03-17 08:00").astimezone(dt.UTC)
    assert leaves(database, nudge("new"), evening.astimezone(dt.UTC)) == Later(morning, "quiet hours")
