"""Gifts and the VIP club, through the real bot in a local Slack, both clients in it."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from loyalty.points.corrections import reverse_transfers
from loyalty.points.post import LedgerContext
from loyalty.rewards.gifts import give_points
from sandbox.driver import Shown
from storage.tables import Manager
from tests.handlers.desk.test_overview import audited
from tests.handlers.points.test_corrections import transfers
from tests.handlers.rewards.approval_builders import answers, holds, settle, told, window
from tests.handlers.rewards.builders import deliver, in_account, states, view, wallets, withdraw
from tests.support.workspace import NOW, Town

WORDS = "For your help with March."


@pytest.fixture
def desk(town: Town) -> Town:
    """The town with two account managers of Northwind, who may give 100 points a month."""
    settle(town)
    return town


def opens(town: Town, button: str, who: str = "U_NEW") -> Shown:
    """The window behind a button of the desk."""
    return window(town, who, town.driver.presses(town.types(who, "/desk"), button))


def sure(town: Town, **given: str) -> Shown:
    """The window that asks whether a gift is right."""
    form = opens(town, "Give thanks")
    assert town.driver.submits(form, {"other": "ania", "words": WORDS, **given}) == {}
    return view(town, "U_NEW")


def test_points_are_given_to_a_member_with_words(desk: Town) -> None:
    asked = sure(desk, points="20")
    assert asked.words == [
        "*20 points* for *Ania Nowak (ania)*, Northwind.",
        f"“{WORDS}”",
        "They are told in a direct message, with your words and your name. 80 points of the allowance are left then.",
    ]
    assert transfers(desk, "gift") == []
    assert desk.driver.submits(asked) == {}
    assert view(desk, "U_NEW").words[0] == "*Given:* 20 points for Ania Nowak (ania)."
    assert desk.driver.submits(asked) == {}
    deliver(desk)
    assert told(desk, "U_ANIA").words == ["*New Person gives you 20 points.*", f"“{WORDS}”", "My points"]
    assert wallets(desk, "northwind", "ania") == {"person": 80, "pool": 30, "pool_held": 0}
    [(account, given, author)] = transfers(desk, "gift")
    assert (account, given) == (desk.accounts["northwind"], 20)
    assert [(by, action, set(details)) for _, by, action, details in audited(desk)] == [
        (author, "gift.points", {"transfer", "points"})
    ]
    holds(desk)


def test_the_team_gets_points_in_its_channel(desk: Town) -> None:
    form = opens(desk, "Give thanks")
    assert desk.driver.submits(form, {"person": "team", "points": "50", "words": WORDS}) == {}
    assert "The team's channel is told" in view(desk, "U_NEW").words[2]
    assert desk.driver.submits(view(desk, "U_NEW")) == {}
    deliver(desk)
    posted = desk.driver.messages("C_NORTHWIND", as_="U_PIOTR")[-1]
    assert posted.words == ["*New Person gives all of Northwind 50 points for the pool.*", f"“{WORDS}”"]
    assert wallets(desk, "northwind", "ania")["pool"] == 80
    assert wallets(desk, "hanbit", "jun").get("pool") in {0, None}
    holds(desk)


def test_a_reward_is_given_and_costs_nobody_points(desk: Town) -> None:
    asked = sure(desk, reward="hour")
    assert asked.words[0] == "*Hour with an expert* for *Ania Nowak (ania)*, Northwind."
    assert desk.driver.submits(asked) == {}
    deliver(desk)
    assert told(desk, "U_ANIA").words[0].startswith("*Hour with an expert* is a gift for you, from New Person.")
    assert WORDS in told(desk, "U_ANIA").text
    assert states(desk) == [("hour", "approved", 0)]
    assert told(desk, "U_EWA").text.startswith("*Ania Nowak* (Northwind, użytkownik) dostaje w prezencie *Hour")
    assert "55 points of this month" in opens(desk, "Give thanks").words[0]
    holds(desk)


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"points": "101"}, {"points": "100 points of this month's allowance are left. Nothing was given."}),
        ({"points": "x"}, {"points": "Points or a reward, one of both: a whole number from 1 on, please."}),
        ({"points": "0"}, {"points": "Points or a reward, one of both: a whole number from 1 on, please."}),
        ({}, {"points": "Points or a reward, one of both: a whole number from 1 on, please."}),
        ({"points": "5", "reward": "hour"},
         {"points": "Points or a reward, one of both: a whole number from 1 on, please."}),
        ({"points": "5", "words": "  "}, {"words": "A gift goes with words, at most 500 characters."}),
        ({"points": "5", "other": "jun"}, {"other": "Nobody in this account is called that. Nothing has changed."}),
        ({"points": "5", "other": ""}, {"other": "Please choose somebody, or say who it is."}),
        ({"reward": "hour", "other": "", "person": "team"},
         {"reward": "A reward goes to one person; the team can be given points."}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_gift_is_said_beside_its_field(
    desk: Town, given: dict[str, str], faults: dict[str, str]
) -> None:
    form = opens(desk, "Give thanks")
    assert desk.driver.submits(form, {"other": "ania", "words": WORDS, **given}) == faults
    assert transfers(desk, "gift") == []


def test_what_went_meanwhile_is_not_given(desk: Town) -> None:
    asked = sure(desk, reward="seat")
    withdraw(desk, "seat")
    assert desk.driver.submits(asked) == {}
    assert view(desk, "U_NEW").words[0] == "This reward is not to be had any more. Nothing was given."
    desk.driver.closes(view(desk, "U_NEW"), everything=True)
    asked = sure(desk, points="60")
    spends(desk, 41)
    assert desk.driver.submits(asked) == {}
    assert view(desk, "U_NEW").words[0] == "59 points of this month's allowance are left. Nothing was given."
    assert wallets(desk, "northwind", "ania") == {"person": 60, "pool": 71, "pool_held": 0}
    assert states(desk) == []
    holds(desk)


def spends(town: Town, points: int) -> None:
    """Give the team points in the name of whoever is New Person at Northwind."""

    def run(session: Session, key: int) -> None:
        new = session.exec(select(Manager.id).where(col(Manager.email) == "new@northwind.example")).one()
        posting = LedgerContext(
            account_id=key, account_key="northwind", week_starts="monday", now=NOW, author=f"manager:{new}"
        )
        give_points(session, posting, person_id=None, points=points, words=WORDS, key="k", today=NOW.date())

    in_account(town, "northwind", run)


def test_a_gift_that_is_taken_back_is_told_and_gives_the_allowance_back(desk: Town) -> None:
    assert desk.driver.submits(sure(desk, points="20")) == {}
    deliver(desk)

    def take_back(session: Any, key: int) -> None:
        posting = LedgerContext(
            account_id=key, account_key="northwind", week_starts="monday", now=NOW, author="operator"
        )
        number = next(details["transfer"] for _, _, action, details in audited(desk) if action == "gift.points")
        reverse_transfers(session, posting, transfer_id=number, reason="Meant for another.")

    in_account(desk, "northwind", take_back)
    deliver(desk)
    assert "*20 points were taken back: 80 became 60.*" in told(desk, "U_ANIA").text
    assert "Meant for another." in told(desk, "U_ANIA").text
    assert opens(desk, "Give thanks").words[0] == "*Northwind*: 100 points of this month's allowance are left."
    holds(desk)


def test_the_club_is_by_invitation_and_its_rewards_come_and_go(desk: Town) -> None:
    assert "Early look" not in desk.types("U_ANIA", "/rewards").text
    form = opens(desk, "VIP club")
    assert form.words[:2] == ["*Northwind*", "Nobody is in the club yet."]
    assert desk.driver.submits(form, {"other": "marek"}) == {}
    assert view(desk, "U_NEW").words[0].startswith("They have not joined yet")
    assert desk.driver.submits(opens(desk, "VIP club"), {"other": "ania"}) == {}
    assert view(desk, "U_NEW").words[0].startswith("*Ania Nowak (ania) is invited*, and asked in a direct message: ")
    deliver(desk)
    invitation = told(desk, "U_ANIA")
    assert invitation.words[0] == "*New Person invites you into the VIP club of Orbit Champions.*"
    assert "Early look" not in desk.types("U_ANIA", "/rewards").text
    assert answers(desk, invitation, "Join the club").words[0] == "*You're in the club.*"
    assert answers(desk, invitation, "Join the club").words[0] == "You are in the club already."
    assert "*Early look*" in desk.types("U_ANIA", "/rewards").text
    club = opens(desk, "VIP club")
    assert club.words[1] == "Ania Nowak (ania): in the club."
    assert desk.driver.presses(club, "Take out Ania Nowak (ania)")
    desk.driver.waits_for(lambda: "not in the club any more" in view(desk, "U_NEW").words[0] or None)
    assert "Early look" not in desk.types("U_ANIA", "/rewards").text
    assert answers(desk, invitation, "Join the club").words[0].startswith("This invitation was taken back.")


def test_an_invitation_can_be_declined(desk: Town) -> None:
    desk.driver.submits(opens(desk, "VIP club"), {"other": "ania"})
    deliver(desk)
    assert answers(desk, told(desk, "U_ANIA"), "No thanks").words[0].startswith("*All right:* you are not in the club.")
    assert [action for _, _, action, _ in audited(desk)] == ["vip.invite", "vip.leave"]
    assert opens(desk, "VIP club").words[1] == "Nobody is in the club yet."
