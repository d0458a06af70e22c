"""An account's own terms at the desk: stock, another price, rewards of its own; in a local Slack, with the real bot."""

from typing import Any

import pytest

from sandbox.driver import Shown
from tests.handlers.desk.test_overview import audited
from tests.handlers.rewards.approval_builders import holds, labelled, settle, window
from tests.handlers.rewards.builders import opens, sends, states, view
from tests.support.workspace import Town

OWN: dict[str, Any] = {
    "name": "Day with our team",
    "kind": "consulting",
    "worth": "Your hardest month, together",
    "cost": "45",
    "value": "150",
    "not_money": ["yes"],
}


@pytest.fixture
def desk(town: Town) -> Town:
    """The town with two account managers of Northwind."""
    settle(town)
    return town


def listed(town: Town, who: str = "U_NEW") -> Shown:
    """The rewards of the account, as its managers see them."""
    return town.presses(town.types(who, "/desk"), "Rewards")


def edits(town: Town, reward: str) -> Shown:
    """The window in which a reward is changed."""
    return window(town, "U_NEW", town.driver.presses(listed(town), f"Change {reward}"))


def adds(town: Town) -> Shown:
    """The window in which a reward of the account's own is written."""
    return window(town, "U_NEW", town.driver.presses(listed(town), "Add a reward of their own"))


def test_the_rewards_of_an_account_are_listed_eight_at_a_time(desk: Town) -> None:
    shown = listed(desk)
    assert shown.words[0] == "*Rewards of Northwind*"
    assert "*Seat at Reporting Day*, seminar seat, 15 points 1 left. At most 2 times a year." in shown.text
    assert "140" not in shown.text
    assert desk.driver.submits(adds(desk), OWN) == {}
    assert desk.driver.submits(adds(desk), OWN | {"name": "Another day"}) == {}
    shown = listed(desk)
    assert "More rewards" in shown.buttons
    assert "Change Day with our team" in answers_here(desk, shown, "More rewards").buttons


def answers_here(town: Town, shown: Shown, label: str) -> Shown:
    """Return what comes of a press in the channel."""
    return town.presses(shown, labelled(shown, label))


def test_a_reward_of_ones_own_is_added_with_a_word_that_it_is_no_money(desk: Town) -> None:
    form = adds(desk)
    assert desk.driver.submits(form, OWN) == {}
    assert view(desk, "U_NEW").words[:2] == [
        "*Done.* Northwind finds it so from now on:",
        "*Day with our team*, time with experts, 45 points\nYour hardest month, together",
    ]
    assert "*Day with our team*, time with experts, 45 points" in desk.types("U_ANIA", "/rewards").text
    desk.joins("U_JUN", channel="C_HANBIT")
    desk.uses("hanbit", "jun", times=9)
    assert "Day with our team" not in desk.types("U_JUN", "/rewards", channel="C_HANBIT").text
    sends(desk, opens(desk, "U_ANIA", "/redeem day with"))
    assert states(desk) == [("day-with-our-team-own", "requested", 45)]
    assert [(action, details) for _, _, action, details in audited(desk) if action.startswith("terms.")] == [
        ("terms.add", {"reward": "day-with-our-team-own"})
    ]
    holds(desk)


MONEY = "Words that promise no money, please: no sum, no voucher, nothing of the kind."
WHOLE = "A whole number from 1 on, please."


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"name": "A voucher for 50 euros"}, {"name": MONEY}),
        ({"worth": "A cash bonus of $50"}, {"worth": MONEY}),
        ({"gives": "Your gift card is in the mail"}, {"gives": MONEY}),
        ({"cost": "0"}, {"cost": WHOLE}),
        ({"cost": "1.5"}, {"cost": WHOLE}),
        ({"cost": "-5"}, {"cost": WHOLE}),
        ({"stock": "many", "limit": "x"}, {"stock": WHOLE, "limit": WHOLE}),
        ({"limit": "0"}, {"limit": WHOLE}),
        ({"approval": "-1"}, {"approval": "A whole number from 0 on, please."}),
        ({"value": "201"}, {"value": "A number, please, and no higher than the programme's cap for one reward."}),
        ({"value": "nan"}, {"value": "A number, please, and no higher than the programme's cap for one reward."}),
    ],
)
def test_what_is_wrong_with_a_reward_is_said_beside_its_field(
    desk: Town, given: dict[str, str], faults: dict[str, str]
) -> None:
    assert desk.driver.submits(adds(desk), OWN | given) == faults
    assert "Day with our team" not in listed(desk).text


def test_without_the_word_and_with_a_name_that_is_taken_nothing_is_added(desk: Town) -> None:
    without = {name: value for name, value in OWN.items() if name != "not_money"}
    assert set(desk.driver.submits(adds(desk), without)) == {"not_money"}
    desk.driver.closes(view(desk, "U_NEW"), everything=True)
    assert desk.driver.submits(adds(desk), OWN) == {}
    desk.driver.closes(view(desk, "U_NEW"), everything=True)
    assert desk.driver.submits(adds(desk), OWN) == {
        "name": "There is a reward of that name already. Nothing was added."
    }
    assert listed(desk).text.count("*Day with our team*") == 1


def test_another_price_and_limit_hold_for_the_account_alone_and_stay(desk: Town) -> None:
    form = edits(desk, "Advanced reporting")
    assert desk.driver.submits(form, {"cost": "50", "limit": "1", "per": "month"}) == {}
    assert "*Advanced reporting*, course, 50 points" in desk.types("U_ANIA", "/rewards").text
    again = edits(desk, "Advanced reporting")
    assert desk.driver.submits(again, {"stock": "3", "cost": "50", "limit": "1", "per": "month"}) == {}
    assert "course, 50 points 3 left. Once a month." in listed(desk).text
    assert [block["element"].get("initial_value") for block in again.blocks if block["type"] == "input"][:3] == [
        None, "50", "1",
    ]  # fmt: skip
    desk.joins("U_JUN", channel="C_HANBIT")
    assert "400점" in desk.types("U_JUN", "/rewards", channel="C_HANBIT").text
    assert desk.driver.submits(edits(desk, "Advanced reporting"), {"cost": "", "limit": ""}) == {}
    assert "course, 400 points 3 left." in listed(desk).text
    acts = [action for _, _, action, _ in audited(desk)]
    assert [action for action in acts if action == "terms.differ"] == ["terms.differ"] * 2
    holds(desk)


@pytest.mark.parametrize("written", ["x", "-3", "1.5"])
def test_stock_is_a_whole_number_or_a_minus(desk: Town, written: str) -> None:
    assert desk.driver.submits(edits(desk, "Seat at Reporting Day"), {"stock": written}) == {"stock": WHOLE}
    assert desk.driver.submits(edits(desk, "Seat at Reporting Day"), {"stock": "-"}) == {}
    assert "seminar seat, 15 points As many as are asked for." in listed(desk).text


def test_what_is_taken_out_while_a_window_stands_open_is_not_had(desk: Town) -> None:
    hers = opens(desk, "U_ANIA", "/redeem hour")
    shown = answers_here(desk, listed(desk), "Take out Hour with an expert")
    assert "*Taken out for now.*" in shown.text
    assert sends(desk, hers).words[0].startswith("This reward is not offered at the moment.")
    assert states(desk) == []
    shown = answers_here(desk, listed(desk), "Put back Hour with an expert")
    assert "*Taken out for now.*" not in shown.text
    desk.driver.closes(view(desk, "U_ANIA"), everything=True)
    sends(desk, opens(desk, "U_ANIA", "/redeem hour"))
    assert states(desk) == [("hour", "requested", 45)]


def test_a_price_that_changes_while_a_window_stands_open_is_said(desk: Town) -> None:
    hers = opens(desk, "U_ANIA", "/redeem hour")
    assert desk.driver.submits(edits(desk, "Hour with an expert"), {"cost": "30"}) == {}
    shown = sends(desk, hers)
    assert shown.words[0].startswith("*The price changed meanwhile.*")
    assert states(desk) == []
    sends(desk, shown)
    assert states(desk) == [("hour", "requested", 30)]
    holds(desk)


def test_only_its_own_managers_change_an_account(desk: Town) -> None:
    leaked = listed(desk).raw["blocks"]
    desk.bot.app.client.chat_postMessage(channel="C_NORTHWIND", text="leaked", blocks=leaked)
    posted = next(each for each in desk.driver.messages("C_NORTHWIND", as_="U_ANIA") if each.text == "leaked")
    for action in ("terms.add", "terms.edit", "terms.out"):
        assert desk.presses(posted, labelled(posted, action)).text.startswith("*This is for account managers.*")
