"""Quiet hours and the budget."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty import contact
from loyalty.programme.clocks import Quiet
from loyalty.programme.values import Contact
from storage import outbox
from storage.outbox import Message, Workspace
from storage.session import OPERATOR, Database
from storage.tables import Account, Person

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
    assert contact.quiet(rules, local(when)) is expected


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
    assert contact.next_loud(rules, now.astimezone(dt.UTC), zone) == expected.astimezone(dt.UTC)


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
    loud = contact.next_loud(rules, now, zone)
    assert not contact.quiet(rules, loud.astimezone(zone))
    assert now <= loud < now + dt.timedelta(days=5)


def test_the_budget_is_so_many_nudges_in_seven_days() -> None:
    assert [contact.may_nudge(Contact(unasked_per_week=2), nudges) for nudges in (0, 1, 2, 3)] == [
        True,
        True,
        False,
        False,
    ]
    assert not contact.may_nudge(Contact(unasked_per_week=0), 0)


def test_nudges_are_counted_a_person_and_neither_answers_nor_dropped_ones_nor_anothers(database: Database) -> None:
    now = dt.datetime(2026, 3, 16, 9, tzinfo=dt.UTC)

    def nudge(key: str, person_id: int, days_ago: float, category: Any = "nudge") -> Message:
        due_at = now - dt.timedelta(days=days_ago)
        return Message(
            key=key,
            kind="invitation",
            category=category,
            workspace=Workspace("", "T1"),
            user_id="U1",
            person_id=person_id,
            subject={},
            due_at=due_at,
            good_until=now + dt.timedelta(days=1),
        )

    def set_up(session: Any) -> None:
        for account_id, key in ((1, "northwind"), (2, "contoso")):
            session.add(Account(id=account_id, key=key, name=key, timezone="Europe/Warsaw", created_at=now, serial=9))
            session.flush()
            for person_id in (1, 2, 3):
                session.add(Person(account_id=account_id, id=person_id, external_id=f"p{person_id}", created_at=now))
        session.flush()
        ours = [
            nudge("sent", 1, 6.9),
            nudge("to come", 1, -0.5),
            nudge("long ago", 1, 7.1),
            nudge("answer", 2, 1, "answer"),
            nudge("dropped", 3, 8),
        ]
        outbox.put(session, 1, ours, now=now)
        outbox.put(session, 2, [nudge("theirs", 1, 1), nudge("theirs too", 2, 1)], now=now)
        dropped = outbox.claim(session, Workspace("", "T1"), now=now, lease=dt.timedelta(minutes=1))
        assert dropped is not None
        assert dropped.message.key == "dropped"
        outbox.settle_dropped(session, dropped, reason="they left", now=now)

    database.write(OPERATOR, set_up)
    assert database.read({1}, lambda session: contact.nudged(session, 1, [1, 2, 3], now=now)) == {1: 2}
    assert database.read({1}, lambda session: contact.nudged(session, 1, [2], now=now)) == {}
