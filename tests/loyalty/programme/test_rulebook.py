from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor, inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.programme import Exclusion, PerUnit, Programme, ReadyRule, Rule, Rulebook, Skip, read
from loyalty.programme.rulebook import units
from tests.loyalty.programme.builders import CLIENTS

MARCH = date(2026, 3, 1)


def rule(fields: str) -> ReadyRule:
    return ReadyRule(read(CLIENTS + f"earn:\n  - {{key: a, event: A, {fields}}}\n").earn[0])


def per_unit(each: str, *, worth: int = 1, at_most: int | None = None) -> ReadyRule:
    points = PerUnit(each=Decimal(each), of="rows", worth=worth, at_most=at_most)
    return ReadyRule(Rule(key="a", event="A", points=points))


@pytest.mark.parametrize(
    ("properties", "given"),
    [
        ({"rows": 0}, 0),
        ({"rows": 99}, 0),
        ({"rows": 100}, 2),
        ({"rows": 199.999}, 2),
        ({"rows": 950}, 18),
        ({"rows": 1050}, 20),
        ({"rows": 10**40}, 20),
        ({"rows": 1e300}, 20),
        ({"rows": -0.0}, 0),
        ({}, Skip("`rows` is missing")),
        ({"rows": None}, Skip("`rows` is missing")),
        ({"rows": -1}, Skip("`rows` is negative")),
        ({"rows": -0.5}, Skip("`rows` is negative")),
        ({"rows": "100"}, Skip("`rows` is not a number")),
        ({"rows": True}, Skip("`rows` is not a number")),
        ({"rows": [100]}, Skip("`rows` is not a number")),
        ({"rows": nan}, Skip("`rows` is not a number")),
        ({"rows": inf}, Skip("`rows` is not a number")),
    ],
)
def test_points_by_a_property_are_counted_in_full_steps_up_to_the_most(
    properties: dict[str, Any], given: int | Skip
) -> None:
    assert per_unit("100", worth=2, at_most=20).worth(properties) == given


def test_fixed_points_ask_for_no_property() -> None:
    assert rule("points: 15").worth({}) == 15


@pytest.mark.parametrize(
    ("value", "each", "steps"),
    [(0.3, "0.1", 3), (0.7, "0.1", 7), (4.35, "0.01", 435), (1e16, "0.1", 10**17), (1e23, "1", 10**23), (7, "2.5", 2)],
)
def test_a_decimal_counts_as_it_is_written(value: float, each: str, steps: int) -> None:
    assert units(value, Fraction(each)) == steps


@given(st.integers(0, 10**15), st.integers(0, 6), st.integers(1, 10**6), st.integers(0, 4))
def test_steps_are_exact_for_every_decimal(digits: int, places: int, each: int, each_places: int) -> None:
    value, step = Decimal(digits).scaleb(-places), Decimal(each).scaleb(-each_places)
    assert units(float(value), Fraction(step)) == floor(Fraction(value) / Fraction(step))


def test_more_points_than_anything_is_worth_are_none() -> None:
    assert per_unit("1").worth({"rows": 1_000_000_000}) == 1_000_000_000
    assert per_unit("1").worth({"rows": 1_000_000_001}) == Skip(
        "`rows` is too large: more than 1,000,000,000 points for one event"
    )


@pytest.mark.parametrize(
    ("where", "holding", "failing"),
    [
        ("{p: pro}", ["pro"], ["Pro", "", None, 1, ["pro"]]),
        ("{p: 1}", [1, 1.0], [True, "1", 2, None]),
        ("{p: true}", [True], [1, "true", False, None]),
        ("{p: {in: [pro, 1, false]}}", ["pro", 1, 1.0, False], [True, 0, "false", None, {"a": 1}]),
        ("{p: {at_least: 2.5}}", [2.5, 3, 10**400], [2.4, True, "3", nan, inf, None]),
        ("{p: {at_most: 2}}", [2, -5, 1.9], [2.1, False, "1", nan, -inf, None]),
        ("{p: {at_least: 1, at_most: 2}}", [1, 2], [0, 3]),
        ("{p: {exists: true}}", ["", 0, False, []], [None]),
        ("{p: {exists: false}}", [None], ["", 0, False, []]),
    ],
)
def test_where_holds_for_the_values_it_names_and_no_others(where: str, holding: list[Any], failing: list[Any]) -> None:
    ready = rule(f"points: 5, where: {where}")
    assert [value for value in holding if not ready.holds({"p": value})] == []
    assert [value for value in failing if ready.holds({"p": value})] == []


def test_where_wants_everything_it_says() -> None:
    ready = rule("points: 5, where: {plan: pro, size: {at_least: 3}, trial: {exists: false}}")
    assert ready.holds({"plan": "pro", "size": 3})
    assert not ready.holds({"plan": "pro", "size": 3, "trial": True})
    assert not ready.holds({"plan": "pro"})
    assert not ready.holds({})
    assert rule("points: 5").holds({})


@pytest.mark.parametrize(
    ("fields", "applying"),
    [
        ("", {"northwind before", "northwind on", "northwind last", "northwind after", "haneul on"}),
        ("from: 2026-03-01", {"northwind on", "northwind last", "northwind after", "haneul on"}),
        ("until: 2026-04-01", {"northwind before", "northwind on", "northwind last", "haneul on"}),
        ("from: 2026-03-01, until: 2026-04-01", {"northwind on", "northwind last", "haneul on"}),
        ("cohort: pilot", {"northwind before", "northwind on", "northwind last", "northwind after"}),
        ("accounts: [haneul]", {"haneul on"}),
        ("accounts: [northwind], cohort: pilot, until: 2026-03-01", {"northwind before"}),
    ],
)
def test_a_rule_applies_within_its_days_to_its_accounts(fields: str, applying: set[str]) -> None:
    ready = rule(f"points: 5, {fields}")
    asked = {
        "northwind before": ("northwind", "pilot", MARCH - timedelta(days=1)),
        "northwind on": ("northwind", "pilot", MARCH),
        "northwind last": ("northwind", "pilot", date(2026, 3, 31)),
        "northwind after": ("northwind", "pilot", date(2026, 4, 1)),
        "haneul on": ("haneul", None, MARCH),
    }
    assert {name for name, question in asked.items() if ready.applies_to(*question)} == applying


def test_a_rulebook_finds_the_rules_of_an_event_in_the_order_of_the_file() -> None:
    text = CLIENTS + (
        "earn:\n"
        "  - {key: b, event: Report Scheduled, points: 5}\n"
        "  - {key: other, event: report scheduled, points: 5}\n"
        "  - {key: a, event: Report Scheduled, points: 5}\n"
        "exclude: {people: ['robot-*', qa-?, '[ab]x.c']}\n"
    )
    book = Rulebook(read(text))
    assert [ready.rule.key for ready in book.rules("Report Scheduled")] == ["b", "a"]
    assert book.rules("Feature Used") == ()
    asked = ["robot-", "robot-17", "Robot-17", "a-robot-1", "qa-1", "qa-12", "ax.c", "axxc", "cx.c", "robot-\n1"]
    assert [person for person in asked if book.excludes(person)] == ["robot-", "robot-17", "qa-1", "ax.c", "robot-\n1"]


def test_nobody_is_excluded_by_no_pattern() -> None:
    assert not Exclusion(())("")
    assert not Rulebook(Programme.model_validate({"programme": {"name": "A"}})).excludes("anna")
