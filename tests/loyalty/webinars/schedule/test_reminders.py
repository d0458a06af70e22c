"""Reminders: what is put by a fake clock is what is expected, in whatever zone, over clock changes and moves."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.notifications.contact_policy import is_quiet
from loyalty.programme import Contact
from loyalty.webinars.changes import move_webinar
from loyalty.webinars.notices import webinar_notice
from loyalty.webinars.outbox.kinds import REMINDER_KIND
from loyalty.webinars.schedule.due import due_webinar_messages
from loyalty.webinars.schedule.reminder_times import last_loud_minute, reminders_of
from storage.outbox import Claimed, Drop, as_claimed
from storage.tables import Outgoing
from tests.loyalty.webinars.builders import AUTHOR, Inviting
from tests.support.usage import NOW

START = dt.datetime(2026, 3, 24, 14, 0, tzinfo=dt.UTC)
DAY, HALF_HOUR = dt.timedelta(days=1), dt.timedelta(minutes=30)
MINUTE = dt.timedelta(minutes=1)
ZONES = ["Europe/Warsaw", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
CONTACT = Contact()


def tick(inviting: Inviting, first: dt.datetime, last: dt.datetime, step: dt.timedelta = 5 * MINUTE) -> None:
    """Let the schedule look, twice at each moment."""
    while first <= last:
        for _ in range(2):
            inviting.operate(partial(due_webinar_messages, now=first))
        first += step


def reminders(inviting: Inviting, account: str = "northwind") -> list[tuple[int | None, dt.datetime, dt.datetime]]:
    return [(row.person_id, row.due_at, row.good_until) for row in inviting.sent(REMINDER_KIND, account)]


def test_whoever_comes_is_reminded_a_day_and_half_an_hour_before_in_their_own_hours(inviting: Inviting) -> None:
    ania, jan, ewa = inviting.people("ania", "jan", "ewa")
    inviting.people("tom", key="fulton")
    inviting.zone("jan", "Asia/Seoul")
    inviting.announce()
    inviting.answer("ania")
    inviting.answer("jan", "maybe")
    inviting.answer("ewa", "declined")
    inviting.answer("tom", account="fulton", now=START - dt.timedelta(hours=23))
    tick(inviting, START - dt.timedelta(hours=36), START + HALF_HOUR, 30 * MINUTE)
    # 14:00 UTC is 23:00 in Seoul: the reminder of the day before comes at 17:59 there; the last one always comes.
    evening = dt.datetime(2026, 3, 23, 8, 59, tzinfo=dt.UTC)
    half = START - HALF_HOUR
    assert sorted(reminders(inviting), key=lambda each: (each[0] or 0, each[1])) == [
        (ania, START - DAY, half),
        (ania, half, START),
        (jan, evening, half),
        (jan, half, START),
    ]
    assert [due for _, due, _ in reminders(inviting, "fulton")] == [half]
    assert ewa not in {person for person, _, _ in reminders(inviting)}


def test_a_moved_webinar_has_new_reminders_once_and_the_old_ones_are_not_said(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.announce()
    inviting.answer("ania")
    tick(inviting, START - DAY, START - DAY)
    later = dt.datetime(2026, 3, 26, 15, 0)  # noqa: DTZ001 - a local time
    moment = START - DAY + MINUTE

    def move() -> None:
        inviting.operate(lambda session: move_webinar(session, "reports", later, author=AUTHOR, now=moment))

    [old] = inviting.sent(REMINDER_KIND)
    move()
    move()
    tick(inviting, moment, START + 3 * DAY, 30 * MINUTE)
    new = START + 2 * DAY
    assert [(row.due_at, row.state) for row in inviting.sent(REMINDER_KIND)] == [
        (START - DAY, "dropped"),
        (new - DAY, "waiting"),
        (new - HALF_HOUR, "waiting"),
    ]
    notice = inviting.look(lambda session: webinar_notice(session, _claimed(old), new - DAY))
    assert isinstance(notice, Drop)


def _claimed(row: Outgoing) -> Claimed:
    return as_claimed(row)


@given(
    start=st.datetimes(dt.datetime(2026, 2, 20), dt.datetime(2026, 11, 20)).map(  # noqa: DTZ001 - made UTC beside
        lambda each: each.replace(second=0, microsecond=0, tzinfo=dt.UTC)
    ),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    remind=st.lists(st.sampled_from([10, 30, 60, 120, 720, 1440, 4320]), unique=True, max_size=4),
)
def test_each_moment_has_at_most_one_reminder_and_none_is_in_quiet_hours(
    start: dt.datetime, zone: ZoneInfo, remind: Sequence[int]
) -> None:
    before = [dt.timedelta(minutes=each) for each in remind]
    found = list(reminders_of(start, before, CONTACT, zone))
    for each in found:
        near = each.before <= dt.timedelta(hours=1)
        assert near or not is_quiet(CONTACT, each.due_at.astimezone(zone))
        assert each.due_at <= start - each.before
        assert each.due_at == start - each.before or is_quiet(CONTACT, (start - each.before).astimezone(zone))
        # Nothing loud lies between: it is the last minute.
        if each.due_at != start - each.before:
            assert is_quiet(CONTACT, (each.due_at + MINUTE).astimezone(zone))
    dues = [each.due_at for each in found]
    assert dues == sorted(set(dues))
    for one, other in zip(found, [*found[1:], None], strict=False):
        assert one.good_until == (other.due_at if other else start)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-23 09:00", "2026-03-23 09:00"),
        ("2026-03-23 18:00", "2026-03-23 17:59"),
        ("2026-03-24 07:59", "2026-03-23 17:59"),
        ("2026-03-22 12:00", "2026-03-20 17:59"),
        ("2026-03-30 03:30", "2026-03-27 17:59"),
    ],
)
def test_the_last_loud_minute(moment: str, expected: str) -> None:
    zone = ZoneInfo("Europe/Warsaw")
    local = [dt.datetime.fromisoformat(each).replace(tzinfo=zone) for each in (moment, expected)]
    assert last_loud_minute(CONTACT, local[0].astimezone(dt.UTC), zone) == local[1]


def test_who_is_never_loud_is_reminded_in_time() -> None:
    never = Contact.model_validate({"quiet": "00:00-23:59", "weekends": "quiet"})
    assert [each.due_at for each in reminders_of(START, [HALF_HOUR], never, ZoneInfo("UTC"))] == [START - HALF_HOUR]


def test_reminders_are_put_for_each_client_apart(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.people("tom", key="fulton")
    inviting.announce(now=NOW)
    inviting.answer("ania")
    tick(inviting, START - HALF_HOUR, START - HALF_HOUR)
    assert (len(reminders(inviting)), reminders(inviting, "fulton")) == (1, [])
