"""Requests reach the account managers, who decide: through the real bot in a local Slack, both clients in it."""

import datetime as dt

import pytest

from loyalty.people.roster import RosterRow, import_roster
from loyalty.rewards.redemptions import expire_due
from tests.handlers.desk.test_overview import audited
from tests.handlers.rewards.approval_builders import answers, asks_for, holds, labelled, settle, told, window
from tests.handlers.rewards.builders import deliver, in_account, states, wallets
from tests.support.workspace import NOW, Town

YES, NO = "Approve Hour with an expert for Ania Nowak", "Decline Hour with an expert for Ania Nowak"


@pytest.fixture
def desk(town: Town) -> Town:
    """The town with two account managers of Northwind, after Ania asked for an hour."""
    settle(town)
    asks_for(town, "hour")
    return town


def test_each_account_manager_is_asked_with_all_that_is_needed(desk: Town) -> None:
    assert told(desk, "U_NEW").words == [
        (
            "*Ania Nowak* (Northwind, user) asks for *Hour with an expert*.\n"
            "Bring your hardest report (time with experts)\n"
            "45 points; 15 are left besides.\n"
            "It is their first request.\n"
            "Asked 12 March; waits until 19 March."
        ),
        YES,
        NO,
    ]
    assert told(desk, "U_EWA").words == [
        (
            "*Ania Nowak* (Northwind, użytkownik) prosi o nagrodę *Hour with an expert*.\n"
            "Bring your hardest report (czas z ekspertami)\n"
            "45 punktów; oprócz tego zostaje 15.\n"
            "To pierwsza prośba tej osoby.\n"
            "Prośba: 12 marca; czeka do 19 marca."
        ),
        "Zgoda: Hour with an expert, Ania Nowak",
        "Odmowa: Hour with an expert, Ania Nowak",
    ]
    assert "Hour with an expert" in desk.types("U_EWA", "/desk").text


def test_a_yes_is_told_the_messages_change_and_the_second_press_hears_who_decided(desk: Town) -> None:
    asked_new, asked_ewa = told(desk, "U_NEW"), told(desk, "U_EWA")
    assert answers(desk, asked_new, YES).words[0] == (
        "*Approved: Hour with an expert for Ania Nowak.* They are told; press again once it is there."
    )
    late = answers(desk, asked_ewa, "approvals.approve")
    assert late.words[0] == "O tym już zdecydowano. Nic się nie zmieniło."
    assert "*Jest zgoda*: New Person" in late.words[1]
    deliver(desk)
    assert told(desk, "U_ANIA").words[0].startswith("*Hour with an expert* is approved, by New Person.")
    for who, words in (("U_NEW", "*Approved* by New Person; still"), ("U_EWA", "*Jest zgoda*: New Person")):
        changed = told(desk, who)
        assert words in changed.text
        assert changed.place["ts"] == {"U_NEW": asked_new, "U_EWA": asked_ewa}[who].place["ts"]
        assert len(changed.buttons) == 1
    assert states(desk) == [("hour", "approved", 45)]
    assert wallets(desk, "northwind", "ania")["person"] == 15
    holds(desk)


def test_handing_over_spends_the_points_once(desk: Town) -> None:
    early = told(desk, "U_EWA")
    answers(desk, early, "approvals.approve")
    deliver(desk)
    approved = told(desk, "U_EWA")
    for _ in "twice":
        assert answers(desk, approved, "approvals.fulfil").words[0].startswith("*Gotowe: Ania Nowak ma Hour")
    deliver(desk)
    assert told(desk, "U_ANIA").words[0].startswith("*Hour with an expert* is yours.")
    assert told(desk, "U_EWA").buttons == []
    assert wallets(desk, "northwind", "ania") == {
        "person": 15, "person_held": 0, "pool": 30, "pool_held": 0,
    }  # fmt: skip
    ewa = manager_of_ewa(desk)
    assert [(author, action, details) for _, author, action, details in audited(desk) if author == ewa] == [
        (ewa, "redemption.approved", {"redemption": number(desk)}),
        (ewa, "redemption.fulfilled", {"redemption": number(desk)}),
    ]
    holds(desk)


def manager_of_ewa(town: Town) -> str:
    """Return how the audit names Ewa: the first of the account's managers."""
    return next(author for _, author, action, _ in audited(town) if action == "redemption.approved")


def number(town: Town) -> int:
    """Return the id of the one request."""
    return next(int(details["redemption"]) for _, _, action, details in audited(town) if "redemption" in action)


def test_a_no_goes_with_words_and_gives_all_points_back(desk: Town) -> None:
    asked = told(desk, "U_NEW")
    form = window(desk, "U_NEW", desk.driver.presses(asked, NO))
    assert desk.driver.submits(form, {"words": "   "}) == {
        "words": "Please say why, in at most 500 characters: the person reads it."
    }
    assert states(desk) == [("hour", "requested", 45)]
    assert desk.driver.submits(form, {"words": "March is full; the next one starts on 12 May."}) == {}
    receipt = desk.driver.view("U_NEW")
    assert receipt is not None
    assert receipt.words[0] == (
        "*Declined: Hour with an expert for Ania Nowak.* The points are back, and they are told why."
    )
    desk.driver.closes(receipt, everything=True)
    assert answers(desk, asked, NO).words[0] == "That was decided already. Nothing has changed."
    deliver(desk)
    assert told(desk, "U_ANIA").words[0] == (
        "*Hour with an expert* wasn't approved this time. All 45 points are back.\n"
        "New Person writes: “March is full; the next one starts on 12 May.”"
    )
    assert "*Odmowa*: New Person, 12 marca; punkty wróciły. „March is full;" in told(desk, "U_EWA").text
    assert wallets(desk, "northwind", "ania")["person"] == 60
    holds(desk)


def test_a_no_that_comes_after_a_yes_says_who_decided(desk: Town) -> None:
    form = window(desk, "U_NEW", desk.driver.presses(told(desk, "U_NEW"), NO))
    answers(desk, told(desk, "U_EWA"), "approvals.approve")
    assert desk.driver.submits(form, {"words": "Sorry."}) == {}
    late = desk.driver.view("U_NEW")
    assert late is not None
    assert late.words[0] == "That was decided already. Nothing has changed."
    assert "*Approved* by Ewa Kowal; still to be handed over." in late.words[1]
    assert states(desk) == [("hour", "approved", 45)]


def test_what_was_taken_back_or_waited_too_long_is_not_decided(desk: Town) -> None:
    asked = told(desk, "U_NEW")
    desk.presses(desk.types("U_ANIA", "/rewards mine"), "Take back: Hour with an expert")
    assert answers(desk, asked, YES).words[0] == "That was decided already. Nothing has changed."
    deliver(desk)
    assert "*Taken back*, 12 March; there is nothing to decide any more." in told(desk, "U_NEW").text
    asks_for(desk, "seat at")
    second = told(desk, "U_NEW")
    late = NOW + dt.timedelta(days=15)
    in_account(desk, "northwind", lambda session, key: expire_due(session, key, now=late))
    assert "*Not answered in time*, 27 March" in answers(desk, second, "approvals.approve").words[1]
    assert states(desk) == [("hour", "cancelled", 45), ("seat", "expired", 15)]
    assert wallets(desk, "northwind", "ania")["person"] == 60
    holds(desk)


def test_what_approves_itself_is_done_at_once_and_asks_nobody(desk: Town) -> None:
    desk.uses("northwind", "ania", times=2, minutes=5)
    before = told(desk, "U_EWA").text
    asks_for(desk, "Benchmark")
    assert told(desk, "U_ANIA").words[0].startswith("*Benchmark report* is yours.")
    assert told(desk, "U_EWA").text == before
    assert states(desk)[-1] == ("report", "fulfilled", 30)


def test_nobody_decides_their_own_request(desk: Town) -> None:
    def known(session: object, key: int) -> object:
        row = RosterRow(line=2, external_id="new", email="new@northwind.example", name="New Person")
        return import_roster(session, key, [row], now=NOW)  # type: ignore[arg-type]

    in_account(desk, "northwind", known)
    desk.joins("U_NEW")
    desk.uses("northwind", "new", times=4)
    asks_for(desk, "hour", "U_NEW")
    assert "New Person" not in told(desk, "U_NEW").text
    shown = desk.presses(desk.types("U_NEW", "/desk"), "Approve Hour with an expert for New Person")
    assert shown.words[0].startswith("Nobody decides what they asked for themselves")
    assert [state for _, state, _ in states(desk)] == ["requested", "requested"]


@pytest.mark.parametrize("who", ["U_JUN", "U_ANIA"])
def test_nobody_else_decides(desk: Town, who: str) -> None:
    blocks = told(desk, "U_NEW").raw["blocks"]
    desk.bot.app.client.chat_postMessage(channel="C_NORTHWIND", text="leaked", blocks=blocks)
    leaked = next(each for each in desk.driver.messages("C_NORTHWIND", as_=who) if each.text == "leaked")
    for action in ("approvals.approve", "approvals.decline"):
        assert desk.presses(leaked, labelled(leaked, action)).text.startswith(
            ("*This is for account managers.*", "*고객 담당자를")
        )
    assert states(desk) == [("hour", "requested", 45)]


def test_a_button_of_another_client_s_request_does_nothing(desk: Town) -> None:
    label = {"type": "plain_text", "text": "Approve"}
    value = f"{desk.accounts['hanbit']}/1"
    button = {"type": "button", "action_id": "approvals.approve", "text": label, "value": value}
    desk.bot.app.client.chat_postMessage(
        channel="C_NORTHWIND", text="leaked", blocks=[{"type": "actions", "elements": [button]}]
    )
    leaked = next(each for each in desk.driver.messages("C_NORTHWIND", as_="U_NEW") if each.text == "leaked")
    assert desk.presses(leaked, "Approve").words[0] == "You don't look after this account. Nothing has changed."
