import datetime as dt

import pytest
from sqlmodel import Session

from loyalty.webinars.changes import cancel_webinar, move_webinar
from loyalty.webinars.details import AudienceSpec
from loyalty.webinars.rows import find_webinar
from loyalty.webinars.schedule.afterwards import put_organizer_question
from storage.database import OPERATOR
from tests.handlers.rewards.builders import deliver
from tests.handlers.webinars.builders import announce, answer
from tests.support.workspace import NOW, Town

YESTERDAY = dt.datetime(2026, 3, 11, 10, 0)  # noqa: DTZ001 - a local time in Warsaw
LATER = dt.datetime(2026, 3, 23, 10, 0)  # noqa: DTZ001 - a local time in Warsaw


def posts(town: Town, channel: str) -> list[str]:
    """Return what everybody sees in a channel."""
    return [each.text for each in town.driver.messages(channel, as_="U_EWA") if not each.only_visible_to_them]


def told(town: Town, who: str) -> list[str]:
    """Return what somebody was told in their conversation with the app."""
    return [each.text for each in town.driver.messages("app", as_=who)]


@pytest.fixture
def announced(paying: Town) -> Town:
    """Both clients' channels have their invitation; Ania and Jun joined."""
    paying.joins("U_ANIA")
    paying.joins("U_JUN", channel="C_HANBIT")
    announce(paying)
    deliver(paying)
    return paying


def test_each_client_is_invited_in_its_own_channel_language_and_hour(announced: Town) -> None:
    [northwind], [hanbit] = posts(announced, "C_NORTHWIND"), posts(announced, "C_HANBIT")
    assert northwind.splitlines()[:3] == [
        "XYZ Reports",
        "Friday 20 March, 15:00–15:30 (Warsaw)",
        "Coming earns 30 points.",
    ]
    assert hanbit.splitlines()[:2] == ["XYZ Reports", "3월 20일 금요일 23:00–23:30 (서울)"]


def test_a_move_changes_what_was_posted_and_is_told_to_whoever_answered(announced: Town) -> None:
    answer(announced, "ania", "going")
    announced.database.write(
        OPERATOR,
        lambda session: move_webinar(session, "reports", LATER, why="Ewa travels", author="manager:1", now=NOW),
    )
    deliver(announced)
    [changed] = posts(announced, "C_NORTHWIND")
    assert "Monday 23 March, 10:00–10:30 (Warsaw)" in changed
    assert "*It has moved.* Before, it was Friday 20 March, 15:00–15:30." in changed
    [told_ania] = told(announced, "U_ANIA")
    assert told_ania.startswith("*A change of XYZ Reports.*\nIt has moved to Monday 23 March, 10:00–10:30")
    assert "The reason: “Ewa travels”" in told_ania
    assert told(announced, "U_JUN") == []


def test_cancelling_closes_the_invitation_and_says_why(announced: Town) -> None:
    answer(announced, "ania", "going")
    announced.database.write(
        OPERATOR, lambda session: cancel_webinar(session, "reports", why="Ewa is ill", author="manager:1", now=NOW)
    )
    deliver(announced)
    assert posts(announced, "C_NORTHWIND") == ["XYZ Reports\n*It is cancelled.* The reason: “Ewa is ill”"]
    assert told(announced, "U_ANIA") == ["*XYZ Reports is cancelled.* The reason: “Ewa is ill”"]


def test_by_direct_message_ones_own_hour_and_buttons_that_answer(paying: Town) -> None:
    paying.joins("U_ANIA")
    announce(paying, accounts=("northwind",), audience=AudienceSpec(reach="direct"))
    deliver(paying)
    [invitation] = paying.driver.messages("app", as_="U_ANIA")
    assert "Friday 20 March, 15:00–15:30 (Warsaw, your time)" in invitation.text
    assert paying.driver.presses(invitation, "webinars.going")
    receipt = paying.driver.waits_for_message("app", "You're coming to XYZ Reports", as_="U_ANIA")
    assert paying.driver.presses(receipt, "webinars.calendar")
    paying.driver.waits_for_message("app", "The file for other calendars is in your messages", as_="U_ANIA")
    assert posts(paying, "C_NORTHWIND") == []


def test_a_seat_that_came_free_is_told_to_whoever_has_it_now(announced: Town) -> None:
    announce(announced, "few", seats=1)
    answer(announced, "ania", "going", key="few")
    answer(announced, "jun", "going", key="few", account="hanbit")
    listed = announced.types("U_ANIA", "/webinars")
    announced.presses(listed, "I can't after all: XYZ Reports")
    deliver(announced)
    [seat] = told(announced, "U_JUN")
    assert seat.startswith("*빈자리가 생겨 참석할 수 있어요: XYZ Reports.* 3월 20일 금요일 23:00–23:30 (서울, 내 시간)")


def test_a_training_is_asked_of_the_account_manager_with_what_the_team_uses(announced: Town) -> None:
    announced.types("U_EWA", "/desk")
    announced.uses("northwind", "ania", times=3)
    listed = announced.types("U_ANIA", "/webinars")
    assert announced.driver.presses(listed, "webinars.ask")
    form = announced.driver.waits_for(lambda: announced.driver.view("U_ANIA"))
    assert announced.driver.submits(form, {"topic": "Forecasts", "wish": "Mornings"}) == {}
    deliver(announced)
    [asked] = told(announced, "U_EWA")
    assert asked.splitlines()[:3] == [
        "*Ania Nowak* (Northwind) prosi o szkolenie: *Forecasts*",
        "„Mornings”",
        "Z czego ten zespół korzysta najczęściej: report scheduled.",
    ]


def test_the_organizer_is_asked_for_report_and_recording_with_numbers_and_the_way_there(announced: Town) -> None:
    announced.types("U_EWA", "/desk")
    announce(announced, "over", local_start=YESTERDAY)

    def ask(session: Session) -> int:
        return put_organizer_question(session, find_webinar(session, "over"), now=NOW)

    assert announced.database.write(OPERATOR, ask) == 1
    deliver(announced)
    [question] = announced.driver.messages("app", as_="U_EWA")
    assert question.text.splitlines()[:3] == [
        "*Po webinarze: XYZ Reports.* Wyniki według kont:",
        "• Hanbit: zaproszenia: 2, będzie: 0",
        "• Northwind: zaproszenia: 5, będzie: 0",
    ]
    assert announced.driver.presses(question, "webinar_desk.open#over")
    announced.driver.waits_for_message("app", "Już po wszystkim.", as_="U_EWA")
