import datetime as dt

import pytest
from sqlmodel import Session, select

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.slack_sync import is_refresh_due, members_to_refresh, record_profile
from storage.database import OPERATOR, Database
from storage.tables import Member, Person
from tests.loyalty.people.builders import ANIA, press_join, row, take_in
from tests.support.two_clients import NOW, TwoClients

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
JUN = SlackUser("", "T1", "U_JUN")


@pytest.fixture
def clients(database: Database, two_clients: TwoClients) -> TwoClients:
    """Ania joined both clients, Jun one."""
    for client in (two_clients.northwind, two_clients.hanbit):
        take_in(database, client, row(2, "u1", "ania@example.com"), row(3, "u2", "jun@example.com"))
        press_join(database, client, ANIA, "ania@example.com")
    press_join(database, two_clients.hanbit, JUN, "jun@example.com")
    return two_clients


def known(database: Database, user: SlackUser) -> list[tuple[str | None, str | None, dt.datetime | None, bool]]:
    def find(session: Session) -> list[tuple[str | None, str | None, dt.datetime | None, bool]]:
        gone = {(p.account_id, p.id) for p in session.exec(select(Person)) if p.left_at is not None}
        return [
            (m.slack_language, m.slack_timezone, m.looked_at, (m.account_id, m.person_id) in gone)
            for m in session.exec(select(Member))
            if m.user_id == user.user_id
        ]

    return database.read(OPERATOR, find)


def test_what_slack_says_is_taken_over_in_each_account(database: Database, clients: TwoClients) -> None:
    moved = SlackProfile(user=ANIA, language="pl-PL", timezone="Asia/Seoul")
    before = known(database, JUN)
    assert database.write(OPERATOR, lambda s: record_profile(s, moved, now=NOW)) == 2
    assert known(database, ANIA) == [("pl-PL", "Asia/Seoul", NOW, False)] * 2
    assert known(database, JUN) == before
    unknown = SlackProfile(user=ANIA)
    database.write(OPERATOR, lambda s: record_profile(s, unknown, now=NOW + DAY))
    assert known(database, ANIA) == [("pl-PL", "Asia/Seoul", NOW + DAY, False)] * 2


def test_who_is_switched_off_has_left_and_who_is_back_is_back(database: Database, clients: TwoClients) -> None:
    database.write(OPERATOR, lambda s: record_profile(s, SlackProfile(user=ANIA, deleted=True, outsider=True), now=NOW))
    assert [left for *_, left in known(database, ANIA)] == [True, True]
    assert [left for *_, left in known(database, JUN)] == [False]
    assert database.read(OPERATOR, lambda s: members_to_refresh(s, now=NOW + 2 * WEEK, most=9)) == [JUN]
    database.write(OPERATOR, lambda s: record_profile(s, SlackProfile(user=ANIA), now=NOW))
    assert [left for *_, left in known(database, ANIA)] == [False, False]


def test_members_are_looked_at_once_a_week_longest_ago_first(database: Database, clients: TwoClients) -> None:
    def due(at: dt.datetime, most: int = 9) -> list[SlackUser]:
        return database.read(OPERATOR, lambda s: members_to_refresh(s, now=at, most=most))

    assert sorted(user.user_id for user in due(NOW)) == ["U_ANIA", "U_JUN"]
    database.write(OPERATOR, lambda s: record_profile(s, SlackProfile(user=ANIA), now=NOW))
    assert due(NOW) == [JUN]
    database.write(OPERATOR, lambda s: record_profile(s, SlackProfile(user=JUN), now=NOW + DAY))
    assert due(NOW + WEEK - DAY) == []
    assert due(NOW + WEEK) == [ANIA]
    assert due(NOW + WEEK + DAY) == [ANIA, JUN]
    assert due(NOW + WEEK + DAY, most=1) == [ANIA]


def test_whoever_speaks_is_looked_at_once_a_day() -> None:
    looks = [is_refresh_due(at, NOW) for at in (None, NOW, NOW - DAY + dt.timedelta(seconds=1), NOW - DAY)]
    assert looks == [True, False, False, True]
