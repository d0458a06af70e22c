import pytest

from loyalty.webinars.changes import cancel_webinar
from loyalty.webinars.invite import withdraw_account
from sandbox.driver import Shown
from storage.database import OPERATOR
from tests.handlers.webinars.builders import announce, answer, invitation, post_invitation, state
from tests.support.workspace import NOW, Town


def presses_more(town: Town, shown: Shown, what: str, *, value: str) -> Shown:
    """Return what somebody sees who chooses something under the overflow menu."""
    before = town.driver.messages("C_NORTHWIND", as_=shown.seen_by)
    assert town.driver.presses(shown, what, value=value)

    def new() -> Shown | None:
        now = town.driver.messages("C_NORTHWIND", as_=shown.seen_by)
        return next((each for each in reversed(now) if each not in before), None)

    return town.driver.waits_for(new)


@pytest.fixture
def invited(paying: Town) -> Town:
    """A town in which both clients are invited, each by its own message."""
    announce(paying)
    post_invitation(paying)
    return paying


def test_the_invitation_shows_each_reader_their_own_hour_and_says_the_accounts_in_words(invited: Town) -> None:
    shown = invitation(invited, "U_ANIA")
    assert "Friday 20 March, 15:00–15:30 (Warsaw)" in shown.text
    assert "Coming earns 30 points." in shown.text
    dated = next(text for text in shown.words if "<!date^" in text)
    assert dated == "<!date^1774015200^{date_long}, {time}|Friday 20 March, 15:00–15:30 (Warsaw)>"


def test_who_presses_sees_their_answer_and_nobody_else_does(invited: Town) -> None:
    invited.joins("U_ANIA")
    invited.joins("U_JUN", channel="C_HANBIT")
    receipt = invited.presses(invitation(invited, "U_ANIA"), "webinars.going")
    assert receipt.only_visible_to_them
    assert receipt.text.startswith("*You're coming to XYZ Reports.* Friday 20 March, 15:00–15:30 (Warsaw, your time)")
    assert "https://meet.orbit.example/r" in receipt.text
    assert "Coming earns 30 points." in receipt.text
    assert state(invited, "ania").answer == "going"
    assert state(invited, "jun", account="hanbit").answer is None
    assert all("You're coming" not in each.text for each in invited.driver.messages("C_NORTHWIND", as_="U_JUN"))


def test_declining_and_what_stands_under_more(invited: Town) -> None:
    invited.joins("U_ANIA")
    shown, account = invitation(invited, "U_ANIA"), invited.accounts["northwind"]
    assert "you can't come" in invited.presses(shown, "webinars.decline").text
    assert state(invited, "ania").answer == "declined"
    perhaps = presses_more(invited, shown, "webinars.more", value=f"{account}/reports/maybe")
    assert "Perhaps you come" in perhaps.text
    recording = presses_more(invited, shown, "webinars.more", value=f"{account}/reports/recording")
    assert "You get the recording, if there is one." in recording.text
    other = presses_more(invited, shown, "webinars.more", value=f"{account}/reports/time")
    assert "another time would suit you" in other.text
    found = state(invited, "ania")
    assert (found.answer, found.wants_recording, found.other_time) == ("maybe", True, True)


def test_a_full_one_puts_on_the_list_without_a_number_where_several_accounts_are_invited(paying: Town) -> None:
    paying.joins("U_ANIA", "U_PIOTR")
    paying.joins("U_JUN", channel="C_HANBIT")
    announce(paying, seats=1)
    post_invitation(paying)
    answer(paying, "jun", "going", account="hanbit")
    first = paying.presses(invitation(paying, "U_ANIA"), "webinars.going")
    assert first.text.startswith("*XYZ Reports is full at the moment.* You are next on the waitlist.")
    answer(paying, "piotr", "going")
    again = paying.presses(invitation(paying, "U_ANIA"), "webinars.going")
    assert "number" not in again.text


def test_one_account_sees_ones_place_on_the_list(paying: Town) -> None:
    paying.joins("U_ANIA", "U_PIOTR", "U_OLA")
    announce(paying, accounts=("northwind",), seats=1)
    post_invitation(paying)
    answer(paying, "marek", "going")
    answer(paying, "piotr", "going")
    shown = paying.presses(invitation(paying, "U_ANIA"), "webinars.going")
    assert "You are number 2 on the waitlist." in shown.text


def test_a_seat_given_up_goes_to_whoever_is_next_at_once(paying: Town) -> None:
    paying.joins("U_ANIA")
    announce(paying, seats=1)
    post_invitation(paying)
    paying.presses(invitation(paying, "U_ANIA"), "webinars.going")
    answer(paying, "jun", "going", account="hanbit")
    assert state(paying, "jun", account="hanbit").answer == "waitlisted"
    paying.presses(invitation(paying, "U_ANIA"), "webinars.decline")
    assert state(paying, "jun", account="hanbit").answer == "going"


def test_somebody_who_has_not_joined_joins_and_comes_with_one_press(invited: Town) -> None:
    offer = invited.presses(invitation(invited, "U_ANIA"), "webinars.going")
    assert "calendar.google.com" in offer.text
    assert state(invited, "ania").answer is None
    receipt = invited.presses(offer, "Join and come")
    assert receipt.text.startswith("*You're coming to XYZ Reports.*")
    assert state(invited, "ania").answer == "going"


def test_the_calendar_is_there_without_joining_and_with_a_file_for_members(invited: Town) -> None:
    links = invited.presses(invitation(invited, "U_ANIA"), "webinars.calendar")
    assert "Google Calendar" in links.text
    assert "The file for other calendars" not in links.text
    assert state(invited, "ania").answer is None


def test_an_answer_to_one_that_was_cancelled_says_why(invited: Town) -> None:
    invited.joins("U_ANIA")
    shown = invitation(invited, "U_ANIA")
    invited.database.write(
        OPERATOR, lambda session: cancel_webinar(session, "reports", why="Ewa is ill", author="manager:1", now=NOW)
    )
    refused = invited.presses(shown, "webinars.going")
    assert "*It is cancelled.* The reason: “Ewa is ill”" in refused.text
    assert state(invited, "ania").answer is None


def test_an_answer_of_somebody_who_is_not_invited_any_more_gets_words_that_help(invited: Town) -> None:
    invited.joins("U_ANIA")
    shown, account = invitation(invited, "U_ANIA"), invited.accounts["northwind"]
    invited.database.write(
        OPERATOR, lambda session: withdraw_account(session, account, "reports", author="manager:1", now=NOW)
    )
    assert "your account manager can invite you" in invited.presses(shown, "webinars.going").text


def test_somebody_of_another_client_answers_for_nobody_here(invited: Town) -> None:
    invited.joins("U_JUN", channel="C_HANBIT")
    offer = invited.presses(invitation(invited, "U_JUN"), "webinars.going")
    assert "참여하고 참석하기" in offer.text
    assert state(invited, "jun", account="hanbit").answer is None
