import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.recognition.milestones import longest_run, run_through
from tests.support.usage import NOW, Earning, event

MONDAY = dt.date(2026, 3, 2)


def days(*offsets: int) -> set[dt.date]:
    return {MONDAY + dt.timedelta(days=offset) for offset in offsets}


@pytest.mark.parametrize(
    ("own", "through", "length"),
    [
        ({0, 1, 2, 3, 4}, 2, 5),
        ({3, 4, 7, 8}, 7, 4),  # Thursday, Friday, Monday, Tuesday: the weekend does not break
        ({4, 5, 6, 7}, 4, 2),  # … nor does it add
        ({0, 2, 3}, 3, 2),
        ({5}, 5, 0),
        ({0}, 1, 0),
    ],
)
def test_a_run_goes_from_friday_to_monday(own: set[int], through: int, length: int) -> None:
    assert run_through(days(*own), MONDAY + dt.timedelta(days=through)) == length


@given(st.sets(st.integers(0, 40)))
def test_the_longest_run_is_the_longest_through_any_day(own: set[int]) -> None:
    held = days(*own)
    assert longest_run(held) == max((run_through(held, day) for day in held), default=0)


def test_points_and_team_points_are_reached_once_by_the_event_that_completes_them(earning: Earning) -> None:
    earning.under("""
earn: [{key: own, event: A, points: 60}, {key: shared, event: B, points: 90, to: pool}]
milestones:
  - {key: hundred, when: {points: 100}, badge: Hundred}
  - {key: together, when: {team_points: 200}, says: "{account} together"}
""")
    earning.use("A")
    earning.use("A", account="fulton")
    assert earning.reached() == set()
    earning.record([event("B"), event("A"), event("A", by="jan")])
    assert earning.reached() == {("hundred", "ania", True), ("together", None, True)}
    earning.use("A")
    assert earning.reached() == {("hundred", "ania", True), ("together", None, True)}
    assert earning.reached("fulton") == set()


def test_counts_and_distinct_values_count_what_was_recorded_paid_or_not(earning: Earning) -> None:
    earning.under("""
earn: [{key: once, event: Feature Used, points: 5, once: true}]
milestones:
  - {key: third, when: {count: 3, of: Feature Used}, badge: Third}
  - {key: round, when: {distinct: 2, of: feature, event: Feature Used}, badge: Round}
""")
    earning.record(
        [event("Feature Used", feature="a"), event("Feature Used", feature="a"), event("Other", feature="b")]
    )
    assert earning.reached() == set()
    earning.use("Feature Used", account="fulton", feature="b")
    earning.record([event("Feature Used", feature="b"), event("Feature Used")])
    assert earning.reached() == {("third", "ania", True), ("round", "ania", True)}


def test_a_streak_wants_days_earned_for_oneself_and_not_reversed(earning: Earning) -> None:
    earning.under("""
earn: [{key: own, event: A, points: 1}, {key: shared, event: B, points: 1, to: pool}]
milestones: [{key: steady, when: {streak: 3}, badge: Steady}]
""")
    for name, day in (("A", "12"), ("B", "13"), ("A", "14"), ("A", "17")):
        earning.use(name, f"2026-03-{day}T12:00:00+01:00")
    assert earning.reached() == set()
    # Late: Monday closes the gap from Friday, which the pool's event did not make a day.
    earning.use("A", "2026-03-16T12:00:00+01:00")
    assert earning.reached() == set()
    earning.use("A", "2026-03-13T12:00:00+01:00")
    assert earning.reached() == {("steady", "ania", False)}


def test_what_was_completed_more_than_a_day_ago_is_no_news(earning: Earning) -> None:
    earning.under("""
earn: [{key: own, event: A, points: 100}]
milestones: [{key: hundred, when: {points: 100}, badge: Hundred}]
""")
    earning.use("A", (NOW - dt.timedelta(hours=24)).isoformat())
    earning.use("A", (NOW - dt.timedelta(hours=24, seconds=1)).isoformat(), by="jan")
    assert earning.reached() == {("hundred", "ania", True), ("hundred", "jan", False)}


def test_a_new_milestone_marks_those_already_past_it_silently(earning: Earning) -> None:
    rules = """
earn:
  - {key: own, event: A, points: 50}
  - {key: feature, event: Feature Used, points: 1}
"""
    earning.under(rules)
    for day in ("12", "13", "16"):
        earning.use("A", f"2026-03-{day}T12:00:00+01:00")
        earning.use("Feature Used", f"2026-03-{day}T12:00:00+01:00", feature=day)
    earning.use("A", by="robot-1")
    earning.use("A", account="fulton")
    earning.under(
        rules
        + """
milestones:
  - {key: hundred, when: {points: 100}, badge: Hundred}
  - {key: fifty, when: {points: 50}, badge: Fifty}
  - {key: third, when: {count: 3, of: A}, badge: Third}
  - {key: round, when: {distinct: 3, of: feature, event: Feature Used}, badge: Round}
  - {key: steady, when: {streak: 3}, badge: Steady}
  - {key: together, when: {team_points: 200}, says: "{account} together"}
exclude: {people: ["robot-*"]}
"""
    )
    keys = ("hundred", "fifty", "third", "round", "steady")
    assert earning.reached() == {(key, "ania", False) for key in keys} | {("together", None, False)}
    assert earning.reached("fulton") == {("fifty", "ania", False)}
    earning.use("Feature Used", feature="12")
    earning.use("A", account="fulton")
    assert earning.reached() == {(key, "ania", False) for key in keys} | {("together", None, False)}
    assert earning.reached("fulton") == {("fifty", "ania", False), ("hundred", "ania", True)}
