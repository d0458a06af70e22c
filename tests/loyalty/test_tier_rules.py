"""One step of a tier: pure."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.programme import Duration, MemberTier, Months
from loyalty.tier_rules import Held, Override, in_effect, reached, reassess, step_tier, tier_index

TODAY = dt.date(2026, 3, 20)
YEAR, MONTH = Months(12), dt.timedelta(days=30)
TIERS = (
    MemberTier.model_validate({"key": "bronze", "points": 10, "over": "30 days", "grace": "7 days"}),
    MemberTier.model_validate({"key": "silver", "points": 50, "over": "12 months", "grace": "14 days"}),
    MemberTier.model_validate({"key": "gold", "points": 100, "over": "12 months", "grace": "1 month"}),
)


def points(year: int, month: int = 0) -> dict[Duration, int]:
    return {YEAR: year, MONTH: month}


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("earned", "tier"),
    [
        (points(0), None),
        (points(9, 9), None),
        (points(10, 10), "bronze"),
        (points(50), "silver"),
        (points(99, 10), "silver"),
        (points(100), "gold"),
        (points(5_000), "gold"),
    ],
)
def test_the_highest_tier_that_is_reached_counts(earned: dict[Duration, int], tier: str | None) -> None:
    assert step_tier(Held(), earned, TIERS, TODAY) == Held(tier)


def test_a_tier_is_lost_when_its_grace_is_over_to_what_points_reach_then() -> None:
    held = step_tier(Held("gold"), points(99), TIERS, TODAY)
    assert held == Held("gold", TODAY)
    assert step_tier(held, points(60), TIERS, dt.date(2026, 4, 19)) == held
    assert step_tier(held, points(60), TIERS, dt.date(2026, 4, 20)) == Held("silver")
    assert step_tier(held, points(0), TIERS, dt.date(2026, 4, 20)) == Held(None)


def test_points_that_come_back_in_time_clear_it() -> None:
    assert step_tier(Held("gold", TODAY, noticed=True), points(100), TIERS, days(20)) == Held("gold")
    assert step_tier(Held("silver", TODAY, noticed=True), points(100), TIERS, days(5)) == Held("gold")


def test_a_tier_that_the_programme_has_no_more_is_none() -> None:
    assert step_tier(Held("platinum"), points(60), TIERS, TODAY) == Held("silver")
    assert step_tier(Held("platinum", TODAY), points(0), TIERS, TODAY) == Held(None)


def test_a_choice_is_in_effect_until_its_day() -> None:
    assert in_effect(Held("silver"), Override("gold", days(1)), TODAY) == "gold"
    assert in_effect(Held("silver"), Override("gold", TODAY), TODAY) == "silver"
    assert in_effect(Held("silver"), Override("gold"), TODAY) == "gold"
    assert in_effect(Held("silver"), Override(""), TODAY) is None


def test_beneath_a_choice_points_move_unseen() -> None:
    chosen = Override("gold", days(100))
    assert reassess(Held(), chosen, points(60), TIERS, TODAY) == (Held("silver"), chosen, None)
    assert reassess(Held("silver"), chosen, points(0), TIERS, TODAY) == (Held("silver", TODAY), chosen, None)
    assert reassess(Held("silver", TODAY), chosen, points(0), TIERS, days(14)) == (Held(), chosen, None)


def test_the_end_of_a_choice_is_told_seven_days_before_where_it_leads_down() -> None:
    chosen = Override("gold", days(7))
    assert reassess(Held("silver"), chosen, points(60), TIERS, days(-1)) == (Held("silver"), chosen, None)
    assert reassess(Held("silver"), chosen, points(60), TIERS, TODAY) == (Held("silver"), chosen, "ends")
    assert reassess(Held("silver"), Override("bronze", days(7)), points(60), TIERS, TODAY)[2] is None
    assert reassess(Held("silver"), chosen, points(60), TIERS, days(7)) == (Held("silver"), None, "lost")


def test_grace_that_nobody_could_know_of_begins_when_the_choice_is_over() -> None:
    beneath = Held("silver", days(-10))
    after, chosen, what = reassess(beneath, Override("bronze", TODAY), points(0), TIERS, TODAY)
    assert (after, chosen, what) == (Held("silver", TODAY), None, "raised")
    assert reassess(after, None, points(0), TIERS, days(1)) == (Held("silver", days(1), noticed=True), None, "notice")


def test_notice_is_given_once() -> None:
    held, _, what = reassess(Held("gold"), None, points(60), TIERS, TODAY)
    assert (held, what) == (Held("gold", TODAY, noticed=True), "notice")
    assert reassess(held, None, points(60), TIERS, days(1)) == (held, None, None)


@given(st.lists(st.tuples(st.integers(0, 150), st.integers(1, 20)), max_size=30))
def test_nobody_falls_below_what_points_reach_nor_without_notice_a_whole_grace_ahead(
    days_and_points: list[tuple[int, int]],
) -> None:
    held, today, told_on = Held(), TODAY, TODAY
    for earned, pause in days_and_points:
        today += dt.timedelta(days=pause)
        before = held
        held, _, what = reassess(held, None, points(earned), TIERS, today)
        assert tier_index(TIERS, held.tier) >= reached(points(earned), TIERS)
        if what == "notice":
            told_on = today
        if what == "lost":
            assert before.noticed
            assert before.below_since == told_on
            assert today >= told_on + dt.timedelta(days=7)
