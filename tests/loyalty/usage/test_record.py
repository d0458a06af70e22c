import datetime as dt

import pytest
from sqlmodel import col, select

from loyalty.usage.record import Award, Recorded, RefusedEvent, Replayed
from storage.tables import Usage, UsageBefore
from tests.support.usage import NOW, Earning, event


def test_several_rules_pay_for_one_event_each_once(earning: Earning) -> None:
    earning.under("""
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: rows, event: Report Scheduled, points: {each: 100, of: rows, worth: 2, at_most: 20}}
  - {key: shared, event: Report Scheduled, points: 10, to: pool}
  - {key: other, event: Dashboard Shared, points: 1}
""")
    assert earning.use("Report Scheduled", rows=399) == {"report": 15, "rows": 6, "shared": 10}
    assert earning.use("Report Scheduled", rows=99_999) == {"report": 15, "rows": 20, "shared": 10}
    assert earning.use("Report Scheduled", by="jo", account="fulton", rows=0) == {"report": 15, "shared": 10}
    assert earning.use("Something Else") == {}
    assert earning.wallets() == {("person", "ania"): (56, 0), ("pool", None): (20, 0), ("pool_held", None): (0, 0)}
    assert earning.wallets("fulton") == {
        ("person", "jo"): (15, 0),
        ("pool", None): (10, 0),
        ("pool_held", None): (0, 0),
    }
    assert earning.scores("all") == {("1970-01-01", "ania"): 56}
    assert (earning.together(), earning.together("fulton")) == (76, 25)


def test_a_point_goes_to_the_local_day_and_its_periods(earning: Earning) -> None:
    earning.under("earn: [{key: report, event: Report Scheduled, points: 15}]")
    # Half past midnight in Warsaw on a Sunday is still Saturday evening in New York.
    for account in ("northwind", "fulton"):
        earning.use("Report Scheduled", "2026-02-28T23:30:00+00:00", account=account)
    found = {
        account: {
            period: next(iter(earning.scores(period, account)))[0] for period in ("day", "week", "month", "quarter")
        }
        for account in ("northwind", "fulton")
    }
    assert found == {
        "northwind": {"day": "2026-03-01", "week": "2026-02-23", "month": "2026-03-01", "quarter": "2026-01-01"},
        "fulton": {"day": "2026-02-28", "week": "2026-02-23", "month": "2026-02-01", "quarter": "2026-01-01"},
    }


def test_a_limit_in_points_cuts_the_last_and_begins_anew_in_the_next_period(earning: Earning) -> None:
    earning.under("earn: [{key: report, event: Report Scheduled, points: 20, limit: {points: 50, per: week}}]")
    days = ["2026-03-09", "2026-03-11", "2026-03-15", "2026-03-15", "2026-03-16", "2026-03-10"]
    assert [earning.use("Report Scheduled", f"{day}T12:00:00+01:00").get("report", 0) for day in days] == [
        20, 20, 10, 0, 20, 0,
    ]  # fmt: skip
    assert earning.use("Report Scheduled", "2026-03-10T12:00:00+01:00", by="jan") == {"report": 20}
    assert earning.use("Report Scheduled", "2026-03-10T12:00:00+01:00", account="fulton") == {"report": 20}


def test_a_limit_in_times_counts_within_a_batch_as_across_batches(earning: Earning) -> None:
    earning.under("earn: [{key: report, event: Report Scheduled, points: 5, limit: {times: 3, per: month}}]")
    earning.use("Report Scheduled", "2026-03-01T12:00:00+01:00")
    batch = [event("Report Scheduled", f"2026-03-{day:02}T12:00:00+01:00") for day in (31, 2, 3)]
    outcomes = earning.record(batch, now=dt.datetime(2026, 4, 2, tzinfo=dt.UTC))
    assert outcomes == [
        Recorded((Award("report", 5, "person"),)),
        Recorded((Award("report", 5, "person"),)),
        Recorded((Award("report", 0, "person", "limit reached"),)),
    ]


def test_once_pays_once_ever_and_once_each_once_a_value(earning: Earning) -> None:
    earning.under("""
earn:
  - {key: first, event: Feature Used, points: 50, once: true}
  - {key: new, event: Feature Used, points: 20, once: {each: feature}}
""")
    uses = ["export", "export", "share", 1, 1.0, "1", True]
    assert [earning.use("Feature Used", feature=feature) for feature in uses] == [
        {"first": 50, "new": 20}, {}, {"new": 20}, {"new": 20}, {}, {"new": 20}, {"new": 20},
    ]  # fmt: skip
    [nothing] = earning.record([event("Feature Used")])
    assert nothing == Recorded(
        (
            Award("first", 0, "person", "paid once already"),
            Award("new", 0, "person", "`feature` is missing", skipped=True),
        )
    )


def test_a_cooldown_looks_at_the_last_arrival_whatever_its_instant(earning: Earning) -> None:
    earning.under("earn: [{key: docs, event: Docs Updated, points: 4, cooldown: 1h}]")
    at = ["10:00:00", "10:59:59", "11:00:00", "10:00:01", "10:00:00", "11:00:00", "09:00:00"]
    paid = [bool(earning.use("Docs Updated", f"2026-03-19T{time}+01:00")) for time in at]
    assert paid == [True, False, True, False, True, True, True]
    batch = earning.record([event("Docs Updated", f"2026-03-18T{time}+01:00", by="jan") for time in at])
    assert [isinstance(each, Recorded) and each.awards[0].points > 0 for each in batch] == paid


def test_dates_cohorts_accounts_and_conditions_say_when_a_rule_is_there(earning: Earning) -> None:
    earning.under("""
earn:
  - {key: spring, event: Used, points: 1, from: 2026-03-01, until: 2026-03-10}
  - {key: pilot, event: Used, points: 2, cohort: pilot}
  - {key: theirs, event: Used, points: 4, accounts: [fulton]}
  - {key: pro, event: Used, points: 8, where: {plan: {in: [pro, team]}, seats: {at_least: 3}}}
""")
    assert earning.use("Used", "2026-03-09T23:59:59+01:00") == {"spring": 1, "pilot": 2}
    assert earning.use("Used", "2026-03-10T00:00:00+01:00", plan="pro", seats=3) == {"pilot": 2, "pro": 8}
    assert earning.use("Used", account="fulton", plan="free", seats=9) == {"theirs": 4}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (None, "`rows` is missing"),
        (-1, "`rows` is negative"),
        ("7", "`rows` is not a number"),
        (True, "`rows` is not a number"),
    ],
)
def test_a_property_that_cannot_be_counted_is_skipped_with_its_reason(
    earning: Earning, rows: object, reason: str
) -> None:
    earning.under("earn: [{key: rows, event: Used, points: {each: 1, of: rows}}]")
    assert earning.record([event("Used", rows=rows)]) == [Recorded((Award("rows", 0, "person", reason, skipped=True),))]
    assert earning.transfers() == []


def test_a_replay_changes_nothing_and_another_body_is_refused(earning: Earning) -> None:
    earning.under("earn: [{key: report, event: Used, points: 5}]")
    first = event("Used", id="m-1", rows=1)
    same = event("Used", "2026-03-20T07:00:00+00:00", id="m-1", rows=1.0)
    other = event("Used", id="m-1", rows=2)
    assert earning.record([first, same]) == [Recorded((Award("report", 5, "person"),)), Replayed()]
    refused = RefusedEvent(
        "the id m-1 is on record with another body: the first stays; give a new event an id of its own"
    )
    assert earning.record([other, same, first]) == [refused, Replayed(), Replayed()]
    # In another account, and from another source, it is another event.
    assert earning.use("Used", id="m-1", account="fulton") == {"report": 5}
    assert earning.use("Used", id="m-1", source="https://orbit.example") == {"report": 5}
    assert len(earning.transfers()) == 2


def test_the_future_is_refused_and_the_api_takes_ninety_days(earning: Earning) -> None:
    earning.under("earn: [{key: report, event: Used, points: 5}]")
    soon, later = (event("Used", (NOW + dt.timedelta(minutes=minutes)).isoformat()) for minutes in (5, 6))
    old = event("Used", (NOW - dt.timedelta(days=91)).isoformat())
    assert earning.record([soon, later, old], door="api") == [
        Recorded((Award("report", 5, "person"),)),
        RefusedEvent(
            "2026-03-20T09:06:00+00:00 is in the future: at most 5 minutes ahead of 2026-03-20T09:00:00+00:00 is taken"
        ),
        RefusedEvent(
            "2025-12-19T09:00:00+00:00 is more than 90 days ago: import older usage with `laurels usage import`"
        ),
    ]
    assert earning.record([old]) == [Recorded((Award("report", 5, "person"),))]


def test_the_excluded_are_recorded_and_earn_nothing_not_even_for_the_pool(earning: Earning) -> None:
    earning.under("""
earn: [{key: own, event: Used, points: 5}, {key: shared, event: Used, points: 5, to: pool}]
milestones: [{key: first, when: {count: 1, of: Used}, badge: First}]
exclude: {people: ["robot-*"]}
""")
    assert earning.record([event("Used", by="robot-1"), event("Used", by="Robot-1")]) == [
        Recorded(excluded=True),
        Recorded((Award("own", 5, "person"), Award("shared", 5, "pool"))),
    ]
    assert earning.reached() == {("first", "Robot-1", False)} or earning.reached() == {("first", "Robot-1", True)}
    assert earning.together() == 10


def test_usage_before_the_invitation_is_counted_by_day_without_people(earning: Earning) -> None:
    earning.under("""
programme: {name: Orbit Champions}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, invited: 2026-03-01}
  - {key: fulton, name: Fulton & Reed, timezone: America/New_York}
earn: [{key: report, event: Used, points: 5}]
""")
    before = [event("Used", "2026-02-28T23:30:00+01:00", by=who) for who in ("ania", "jan")]
    since = event("Used", "2026-03-01T00:00:00+01:00")
    assert earning.record([*before, since]) == [
        Recorded(counted=True),
        Recorded(counted=True),
        Recorded((Award("report", 5, "person"),)),
    ]
    assert earning.record(before) == [Replayed(), Replayed()]
    counts = earning.look(
        lambda session: session.exec(select(col(UsageBefore.local_day), col(UsageBefore.events))).all()
    )
    assert counts == [(dt.date(2026, 2, 28), 2)]
    names = earning.look(
        lambda session: session.exec(select(Usage.person_id, Usage.name).order_by(col(Usage.id))).all()
    )
    assert names == [(None, None), (None, None), (earning.person("ania"), "Used")]


def test_whatever_the_batches_the_result_is_the_same(earning: Earning) -> None:
    earning.under("""
earn:
  - {key: report, event: Used, points: 7, limit: {points: 20, per: day}}
  - {key: calm, event: Used, points: 1, cooldown: 10m}
milestones: [{key: thirty, when: {points: 30}, badge: Thirty}]
""")
    times = [f"2026-03-{18 + minute // 30:02}T10:{minute % 60:02}:00" for minute in range(0, 60, 3)]
    northwind = [event("Used", f"{time}+01:00") for time in times]
    fulton = [event("Used", f"{time}-04:00", account="fulton") for time in times]
    earning.record(northwind)
    for each in fulton:
        earning.record([each])
    assert [each.points for each in earning.transfers()] == [each.points for each in earning.transfers("fulton")]
    assert earning.reached() == earning.reached("fulton") == {("thirty", "ania", True)}
