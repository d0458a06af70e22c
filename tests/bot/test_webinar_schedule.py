"""Webinars by the clock."""

import datetime as dt

import pytest
from sqlmodel import Session

from bot.webinar_schedule import announce_due, refresh_webinars, tend_webinars
from loyalty.webinars.announce import schedule_announcement
from loyalty.webinars.changes import cancel_webinar
from loyalty.webinars.details import AudienceSpec
from loyalty.webinars.outbox.kinds import INVITATION_KIND, REMINDER_KIND
from storage.database import Database
from storage.tables import Person, Webinar
from tests.loyalty.webinars.builders import AUTHOR, Inviting
from tests.support.usage import NOW

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def inviting(database: Database) -> Inviting:
    found = Inviting(database)
    found.under()
    for account in ("northwind", "fulton"):
        found.people("ania", "marek", key=account)
    return found


def scheduled(inviting: Inviting, at: dt.datetime, **given: object) -> None:
    inviting.create(**given)  # type: ignore[arg-type]
    inviting.operate(lambda session: schedule_announcement(session, "reports", at, author=AUTHOR, now=NOW))


def test_what_is_to_be_announced_later_is_announced_then_and_once(inviting: Inviting) -> None:
    scheduled(inviting, NOW + HOUR)
    tend_webinars(inviting.database, NOW)
    assert inviting.row().state == "scheduled"
    for _ in range(2):
        tend_webinars(inviting.database, NOW + HOUR)
    assert inviting.row().state == "announced"
    assert [len(inviting.sent(INVITATION_KIND, account)) for account in ("northwind", "fulton")] == [2, 2]


def test_one_that_cannot_be_announced_any_more_is_a_draft_again(inviting: Inviting) -> None:
    account_id, person_id = inviting.account_id("northwind"), inviting.person("ania", "northwind")
    scheduled(inviting, NOW + HOUR, accounts=("northwind",), audience=AudienceSpec(people=(person_id,), reach="direct"))

    def leave(session: Session) -> None:
        session.get_one(Person, (account_id, person_id)).left_at = NOW

    inviting.operate(leave)
    for _ in range(2):
        announce_due(inviting.database, NOW + HOUR)
    assert inviting.row().state == "draft"


def test_it_begins_and_ends_and_whoever_comes_is_reminded_before(inviting: Inviting) -> None:
    starts = inviting.announce().facts.starts_at
    inviting.answer("ania", "going")
    for at in (starts - dt.timedelta(hours=24), starts - dt.timedelta(minutes=30), starts, starts + HOUR):
        tend_webinars(inviting.database, at)
    assert inviting.row().state == "over"
    assert {message.person_id for message in inviting.sent(REMINDER_KIND)} == {inviting.person("ania", "northwind")}
    assert inviting.sent(REMINDER_KIND, "fulton") == []


def test_a_seat_that_came_free_goes_to_the_next(inviting: Inviting) -> None:
    inviting.announce(seats=1)
    inviting.answer("ania", "going")
    inviting.answer("ania", "going", "fulton")
    inviting.answer("ania", "declined")
    tend_webinars(inviting.database, NOW)
    assert inviting.answers("fulton") == {inviting.person("ania", "fulton"): "going"} | dict.fromkeys(
        inviting.answers("fulton").keys() - {inviting.person("ania", "fulton")}
    )


def test_an_instant_by_the_zones_rules_of_before_is_worked_out_again(inviting: Inviting) -> None:
    right = inviting.announce().facts.starts_at

    def as_if_rules_changed(session: Session) -> None:
        row = session.get_one(Webinar, "reports")
        row.starts_at, row.ends_at = row.starts_at - HOUR, row.ends_at - HOUR

    inviting.operate(as_if_rules_changed)
    for _ in range(2):
        refresh_webinars(inviting.database, NOW)
    row = inviting.row()
    assert (row.starts_at, row.local_start, row.sequence) == (right, dt.datetime(2026, 3, 24, 15, 0), 1)  # noqa: DTZ001


def test_nothing_of_a_cancelled_one_is_due(inviting: Inviting) -> None:
    starts = inviting.announce().facts.starts_at
    inviting.answer("ania", "going")
    inviting.operate(lambda session: cancel_webinar(session, "reports", why="Ill", author=AUTHOR, now=NOW))
    tend_webinars(inviting.database, starts - HOUR / 2)
    assert inviting.sent(REMINDER_KIND) == []
