"""Rewards in Slack: what there is, what was asked for, goals."""

import pytest

from loyalty.rewards import redemptions
from tests.handlers.rewards.builders import (  # fmt: skip
    REWARDS,
    asks,
    bring,
    decide,
    deliver,
    opens,
    role,
    sends,
    states,
    view,
    wallets,
    withdraw,
)
from tests.support.workspace import PROGRAMME, Town


@pytest.fixture
def shop(town: Town) -> Town:
    """The town with rewards, Ania with 60 points, and 30 in the pool of her company."""
    bring(town)
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=4)
    town.uses("northwind", "ania", times=3, name="Dashboard Shared")
    return town


def test_rewards_say_what_can_be_had_and_what_is_near(shop: Town) -> None:
    reply = shop.types("U_ANIA", "/rewards")
    assert reply.only_visible_to_them
    assert reply.text == (
        "*60 points to spend.*\n"
        "*What you can have now*\n"
        "*Benchmark report*, research report, 30 points\nHow others do it\n"
        "Redeem Benchmark report\n"
        "*Hour with an expert*, time with experts, 45 points\nBring your hardest report\n"
        "Redeem Hour with an expert\n"
        "*Seat at Reporting Day*, seminar seat, 15 points\nA day among colleagues\n"
        "Redeem Seat at Reporting Day\n"
        "*On the way*\n"
        "*Advanced reporting*, course, 400 points\nFour mornings\n340 points to go.\n"
        "Details of Advanced reporting · Make it my goal: Advanced reporting\n"
        "My requests · My goal · My points\n"
        "Only you see this."
    )


def test_the_team_s_rewards_are_for_champions_with_what_the_pool_has(shop: Town) -> None:
    role(shop, "northwind", "ania", "champion")
    reply = shop.types("U_ANIA", "/rewards")
    assert (
        "*For the whole team*, paid from its pool: 30 points.\n"
        "*Workshop for your team*, onboarding, 20 points\nTwo hours with your data\n"
        "Redeem Workshop for your team\n"
    ) in reply.text
    assert "council" not in reply.text


def test_rewards_come_five_at_a_time_none_twice_none_missing(town: Town) -> None:
    line = "  - {{key: r{n}, kind: swag, name: Reward {n}, worth: Nice, cost: {n}0, value: 1}}"
    more = [line.format(n=n) for n in range(1, 13)]
    bring(town, "\n".join((PROGRAMME + "value_cap: 5", "rewards:", *more)))
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=4)
    reply = town.types("U_ANIA", "/rewards")
    seen = [line.split("*")[1] for line in reply.text.splitlines() if line.startswith("*Reward")]
    places = [reply.text.splitlines()[-1]]
    while "More rewards" in reply.buttons:
        reply = town.presses(reply, "More rewards")
        seen += [line.split("*")[1] for line in reply.text.splitlines() if line.startswith("*Reward")]
        places.append(reply.text.splitlines()[-1])
    assert seen == [f"Reward {n}" for n in range(1, 13)]
    assert places == [
        "1 to 5 of 12. Only you see this.", "6 to 10 of 12. Only you see this.", "11 to 12 of 12. Only you see this."
    ]  # fmt: skip
    assert town.presses(reply, "Earlier rewards").text.splitlines()[-1] == places[1]


def test_where_there_are_none_it_is_said(town: Town) -> None:
    town.joins("U_ANIA")
    assert town.types("U_ANIA", "/rewards").text.startswith(
        "*0 points to spend.*\n*No rewards yet.* Your points stay yours until there are some."
    )


def test_nothing_within_reach_says_what_is_nearest(town: Town) -> None:
    bring(town)
    town.joins("U_ANIA")
    reply = town.types("U_ANIA", "/rewards").text
    assert reply.startswith(
        "*0 points to spend.* Not enough for one of your own yet; the nearest stands first.\n*On the way*\n*Seat at"
    )


def test_a_small_one_is_there_at_once(shop: Town) -> None:
    window = opens(shop, "U_ANIA", "/redeem benchmark report")
    assert window.title == "Redeem"
    assert window.words == [
        "*Benchmark report*, research report, 30 points\nHow others do it",
        (
            "It takes 30 of your 60 points and leaves 30.\nIt is approved at once; nobody has to decide.\n"
            "Once approved it is yours."
        ),
    ]
    done = sends(shop, window)
    assert done.words[0] == "*Benchmark report* is yours. Enjoy it.\nIt lies in your library, under Benchmarks."
    assert states(shop) == [("report", "fulfilled", 30)]
    assert wallets(shop, "northwind", "ania") == {"person": 30, "person_held": 0, "pool": 30, "pool_held": 0}


def test_what_somebody_decides_is_asked_for_once_and_waits(shop: Town) -> None:
    window = opens(shop, "U_ANIA", "/redeem hour")
    assert window.words[1] == (
        "It takes 45 of your 60 points and leaves 15.\n"
        "The answer comes from your account manager, by 19 March at the latest. Until then the points are set aside;"
        " if it is a no, or nobody answers, all of them come back.\n"
        "Once approved it is made ready for you; you hear when it is there.\n"
        "Once a quarter."
    )
    done = sends(shop, window)
    assert done.words[0] == (
        "*You have asked for Hour with an expert.*\n"
        "It waits for your account manager; the answer comes by 19 March at the latest.\n"
        "45 points are set aside for it. You can take it back while it waits."
    )
    assert shop.driver.submits(window) == {}
    assert states(shop) == [("hour", "requested", 45)]
    assert wallets(shop, "northwind", "ania") == {"person": 15, "person_held": 45, "pool": 30, "pool_held": 0}
    mine = shop.types("U_ANIA", "/rewards mine")
    assert mine.text.startswith(
        "*Under way*\n*Hour with an expert*, 45 points. Asked today 10:30; waits for your account manager, until 19"
        " March at the latest.\nTake back: Hour with an expert\n"
    )
    back = shop.presses(mine, "Take back: Hour with an expert")
    assert back.text.startswith("*Taken back: Hour with an expert.* All 45 points are back.")
    assert shop.presses(mine, "Take back: Hour with an expert").text == back.text
    assert states(shop) == [("hour", "cancelled", 45)]
    assert wallets(shop, "northwind", "ania") == {"person": 60, "person_held": 0, "pool": 30, "pool_held": 0}
    assert (
        "*Before*\n• Hour with an expert, 45 points: taken back, 12 March."
        in shop.types("U_ANIA", "/rewards mine").text
    )


def test_a_champion_asks_for_what_the_pool_pays(shop: Town) -> None:
    role(shop, "northwind", "ania", "champion")
    window = opens(shop, "U_ANIA", "/redeem workshop")
    assert window.words[1].startswith("It takes 20 of the 30 points in your team's pool and leaves 10.\n")
    sends(shop, window)
    assert wallets(shop, "northwind", "ania") == {"person": 60, "pool": 10, "pool_held": 20}


@pytest.mark.parametrize(
    "typed", ["Hour with an expert", "hour WITH an Expert", "hour", "Hour w", "hóur with än expert"]
)
def test_a_name_is_understood_by_how_it_begins_and_however_it_is_written(shop: Town, typed: str) -> None:
    assert opens(shop, "U_ANIA", f"/redeem {typed}").words[0].startswith("*Hour with an expert*")


def test_a_mistyped_name_is_met_with_the_nearest_and_a_button(shop: Town) -> None:
    reply = shop.types("U_ANIA", "/redeem Advnced reporting")
    assert reply.text.startswith("I know no reward called “Advnced reporting”. Did you mean *Advanced reporting*?")
    assert shop.driver.presses(reply, "Yes: Advanced reporting")
    window = shop.driver.waits_for(lambda: shop.driver.view("U_ANIA"))
    assert window.words == [
        "*Advanced reporting*, course, 400 points\nFour mornings",
        "340 points to go.",
        "Make it my goal: Advanced reporting",
        "Rewards",
    ]
    assert window.raw.get("submit") is None
    nothing = shop.types("U_ANIA", "/redeem xyzzy <!channel>")
    assert nothing.text.startswith("I know no reward called “xyzzy &lt;!channel&gt;”. `/rewards` shows")


def test_without_a_name_redeem_shows_the_rewards(shop: Town) -> None:
    assert shop.types("U_ANIA", "/redeem").text == shop.types("U_ANIA", "/rewards").text
    assert shop.types("U_ANIA", "/redeem help").text == shop.types("U_ANIA", "/rewards help").text


def test_what_others_see_does_not_exist_for_one(shop: Town) -> None:
    assert shop.types("U_ANIA", "/redeem Seat on the council").text.startswith("I know no reward called")
    role(shop, "northwind", "ania", "executive")
    window = opens(shop, "U_ANIA", "/redeem Seat on the council")
    role(shop, "northwind", "ania", "user")
    told = sends(shop, window)
    assert told.words[0].startswith("There is no such reward for you, or not any more.")
    assert states(shop) == []


def test_the_last_one_goes_to_whoever_was_first(shop: Town) -> None:
    bring(shop)
    shop.joins("U_JUN", channel="C_HANBIT")
    shop.uses("hanbit", "jun", times=2)
    hers, his = opens(shop, "U_ANIA", "/redeem seat at"), opens(shop, "U_JUN", "/redeem seat at", channel="C_HANBIT")
    assert "1 is left, for everybody." in hers.words[1]
    assert sends(shop, hers).words[0].startswith("*You have asked for Seat at Reporting Day.*")
    assert sends(shop, his).words[0].startswith("방금 다른 분이 마지막 하나를 신청했어요.")
    assert states(shop) == [("seat", "requested", 15)]
    assert wallets(shop, "hanbit", "jun")["person"] == 30
    assert "None is left." in shop.types("U_ANIA", "/rewards").text


def test_a_price_that_changed_meanwhile_is_shown_and_nothing_moves(shop: Town) -> None:
    window = opens(shop, "U_ANIA", "/redeem hour")
    bring(shop, PROGRAMME + REWARDS.replace("cost: 45", "cost: 50"))
    again = sends(shop, window)
    assert again.words[0] == "*The price changed meanwhile.* Nothing was done; here is how it stands now."
    assert states(shop) == []
    assert sends(shop, again).words[0].startswith("*You have asked for Hour with an expert.*")
    assert states(shop) == [("hour", "requested", 50)]


def test_what_was_withdrawn_while_the_window_stood_open_is_told(shop: Town) -> None:
    window = opens(shop, "U_ANIA", "/redeem hour")
    withdraw(shop, "hour")
    assert sends(shop, window).words[0].startswith("This reward is not offered at the moment.")
    assert states(shop) == []
    assert "Not offered at the moment." in shop.types("U_ANIA", "/rewards").text


def test_points_that_went_elsewhere_meanwhile_are_missed(shop: Town) -> None:
    hour = opens(shop, "U_ANIA", "/redeem hour")
    asks(shop, "northwind", "ania", "report")
    assert sends(shop, hour).words[0] == "15 points are missing for it. Nothing was asked for; it can become your goal."
    assert states(shop) == [("report", "fulfilled", 30)]


def test_a_limit_says_from_when_there_is_room(shop: Town) -> None:
    shop.uses("northwind", "ania", times=6, days=1)
    window = opens(shop, "U_ANIA", "/redeem hour")
    asks(shop, "northwind", "ania", "hour")
    assert sends(shop, window).words[0] == (
        "You have had it as often as one can for now; again from 1 April on. Nothing was asked for."
    )
    assert "*Not just now*\n*Hour with an expert*" in shop.types("U_ANIA", "/rewards").text
    assert "You have had it; again from 1 April on." in shop.types("U_ANIA", "/rewards").text


def test_somebody_of_another_company_and_whoever_left_get_nothing(shop: Town) -> None:
    shop.joins("U_JUN", channel="C_HANBIT")
    assert shop.types("U_JUN", "/redeem hour").text.startswith("*참여하신 분을 위한 기능이에요.*")
    window = opens(shop, "U_ANIA", "/redeem hour")
    shop.presses(shop.types("U_ANIA", "/points settings"), "settings.leave")
    assert sends(shop, window).words[0].startswith("*This is for those who joined.*")
    assert states(shop) == []


def test_a_goal_is_set_seen_and_dropped(shop: Town) -> None:
    saved = shop.types("U_ANIA", "/rewards goal advanced")
    assert saved.text.startswith("*Noted.*\n*Your goal, Advanced reporting*: 60 of 400 points. 340 points to go.")
    assert "340 to go to *Advanced reporting*" in shop.types("U_ANIA", "/points").text
    assert "340 points to go. Your goal." in shop.types("U_ANIA", "/rewards").text
    shown = shop.types("U_ANIA", "/rewards goal")
    assert shown.text.startswith("*Your goal, Advanced reporting*: 60 of 400 points. 340 points to go.")
    assert shop.types("U_ANIA", "/rewards goal none").text.startswith("*The goal is dropped.*")
    assert shop.presses(shown, "Drop my goal").text.startswith("There was no goal to drop.")
    assert "Advanced" not in shop.types("U_ANIA", "/points").text
    near = shop.types("U_ANIA", "/rewards goal advnced reporting")
    assert shop.presses(near, "Yes: Advanced reporting").text == saved.text


def test_the_team_s_goal_is_the_champion_s_to_set(shop: Town) -> None:
    assert shop.types("U_ANIA", "/rewards goal workshop").text.startswith("I know no reward called")
    role(shop, "northwind", "ania", "manager")
    saved = shop.types("U_ANIA", "/rewards goal workshop")
    assert saved.text.startswith("*Noted.*\n*Your team's goal, Workshop for your team*: the pool has")
    shown = shop.types("U_ANIA", "/rewards goal")
    assert "Drop our goal" in shown.buttons
    assert shop.presses(shown, "Drop our goal").text.startswith("*The goal is dropped.*")


def test_a_mistyped_word_after_rewards_is_met_with_the_nearest(shop: Town) -> None:
    assert "Did you mean `/rewards mine`?" in shop.types("U_ANIA", "/rewards minee").text
    assert shop.types("U_ANIA", "/rewards moje").text == shop.types("U_ANIA", "/laurels rewards mine").text


def test_a_declined_request_is_told_in_words_with_a_next_step(shop: Town) -> None:
    sends(shop, opens(shop, "U_ANIA", "/redeem hour"))
    decide(shop, redemptions.decline, words="March is full; the next one starts on 12 May.")
    deliver(shop)
    told = shop.driver.waits_for_message("app", "approved", as_="U_ANIA")
    assert told.text == (
        "*Hour with an expert* wasn't approved this time. All 45 points are back.\n"
        "Ewa Kowal writes: “March is full; the next one starts on 12 May.”\n"
        "Ask again · Other rewards · My requests"
    )
    app = shop.driver.direct("U_ANIA")
    assert shop.driver.presses(told, "Ask again")
    assert view(shop, "U_ANIA").words[0].startswith("*Hour with an expert*")
    others = shop.presses(told, "Other rewards", channel=app)
    assert others.text.startswith("*60 points to spend.*")
    over = shop.presses(told, "My requests", channel=app)
    assert "• Hour with an expert, 45 points: not approved, 12 March. All of it came back. “March is" in over.text


def test_what_was_approved_and_handed_over_is_told(shop: Town) -> None:
    sends(shop, opens(shop, "U_ANIA", "/redeem hour"))
    decide(shop, redemptions.approve)
    deliver(shop)
    approved = shop.driver.waits_for_message("app", "approved", as_="U_ANIA")
    assert approved.text.startswith("*Hour with an expert* is approved, by Ewa Kowal.\nIt is being made ready")
    assert "Approved today 10:30 by Ewa Kowal; it is being made ready" in shop.types("U_ANIA", "/rewards mine").text
    decide(shop, redemptions.fulfil)
    deliver(shop)
    yours = shop.driver.waits_for_message("app", "is yours", as_="U_ANIA")
    assert yours.text.startswith(
        "*Hour with an expert* is yours. Thank you for all that you make of the product.\n"
        "Choose an hour that suits you."
    )


def test_home_has_what_is_within_reach_the_goal_and_what_waits(shop: Town) -> None:
    shop.types("U_ANIA", "/rewards goal advanced")
    sends(shop, opens(shop, "U_ANIA", "/redeem hour"))
    home = shop.driver.opens_home("U_ANIA")
    assert any(words.startswith("*15 points to spend*") and "385 to go to *Adv" in words for words in home.words)
    assert (
        "*Rewards*\nYou can have: *Seat at Reporting Day*.\n*Hour with an expert*, 45 points. Asked today 10:30; waits"
        " for your account manager, until 19 March at the latest."
    ) in home.words
    assert {"Rewards", "My requests", "My goal"} <= set(home.buttons)
