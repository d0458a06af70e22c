"""Everybody's tiers by the clock, on both databases, two clients."""

import datetime as dt

from sqlmodel import col, select

from loyalty.members.erasure import erase
from loyalty.programme import Months
from loyalty.tier_rules import grace_ends
from loyalty.tiers.review import Reviewed, is_review_due
from storage.outbox import Drop, Later
from storage.tables import Account
from tests.loyalty.tiers.builders import PROGRAMME, Climbing, meet_manager


def test_who_earned_since_the_last_look_is_raised_and_told_in_the_channel(climb: Climbing) -> None:
    climb.earns(2)
    climb.earns(4, "marek")
    climb.earns(1, "zoe")
    assert climb.reviewed() == Reviewed(raised=2)
    assert climb.holds() == {"ania": ("silver", None, None), "marek": ("gold", None, None)}
    assert climb.shouted() == [("ania", "silver"), ("marek", "gold")]
    assert climb.private() == []
    assert (climb.holds("fulton"), climb.shouted("fulton")) == ({}, [])
    assert climb.reviewed() == Reviewed()


def test_a_second_step_on_the_same_day_gathers_and_the_first_to_leave_tells_what_is_held_then(climb: Climbing) -> None:
    climb.earns(2)
    climb.reviewed()
    climb.earns(2)
    climb.reviewed()
    first, gathered = climb.outbox("shoutout")
    assert [first.subject["tiers"][0][1], gathered.subject["tiers"][0][1]] == ["silver", "gold"]
    assert climb.shouted() == [("ania", "gold"), ("ania", "gold")]


def test_who_is_not_celebrated_is_raised_silently_and_who_changed_their_mind_is_not_told(climb: Climbing) -> None:
    climb.change("ania", celebrated=False)
    climb.earns(2)
    climb.earns(2, "marek")
    climb.earns(2, "zoe")
    assert climb.reviewed() == Reviewed(raised=3)
    climb.change("marek", celebrated=False)
    assert climb.shouted() == []


def test_in_a_private_account_nobody_is_named_but_its_own_tier_is_told(climb: Climbing) -> None:
    def hide(session: object) -> None:
        session.exec(select(Account).where(col(Account.key) == "northwind")).one().mode = "private"  # type: ignore[attr-defined]

    climb.earning.operate(hide)
    climb.earns(6)
    climb.earns(1, "marek", name="Dashboard Shared")
    assert climb.reviewed() == Reviewed(raised=2)
    assert climb.holds() == {"ania": ("gold", None, None), None: ("partner", None, None)}
    assert climb.shouted() == [(None, "partner")]


def test_history_raises_silently_and_what_is_earned_on_top_of_it_is_told(climb: Climbing) -> None:
    climb.earns(5, ago=5)
    climb.earns(1)
    climb.earns(1, "marek", ago=5)
    climb.earns(1, "marek")
    assert climb.reviewed() == Reviewed(raised=2)
    assert climb.shouted() == [("marek", "silver")]


def test_a_programme_that_brings_tiers_or_lowers_them_raises_silently(climb: Climbing) -> None:
    climb.earns(1)
    climb.earns(3, "marek")
    climb.reviewed()
    lower = PROGRAMME.replace("points: 20", "points: 10").replace("points: 40", "points: 30")
    climb.earning.under(lower, now=climb.now)
    assert climb.holds() == {"ania": ("silver", None, None), "marek": ("gold", None, None)}
    assert climb.reviewed() == Reviewed()
    assert climb.shouted() == [("marek", "gold")]
    assert [row.subject["tiers"][0][1] for row in climb.outbox("shoutout")] == ["silver"]


def test_a_programme_without_tiers_asks_for_no_look(climb: Climbing) -> None:
    climb.earning.under("earn: []", now=climb.now)
    account_id = climb.id()
    assert climb.earning.database.read({account_id}, lambda s: is_review_due(s, account_id, now=climb.now)) is False
    assert climb.reviewed() == Reviewed()
    assert climb.standing() is None


def test_a_tier_is_lost_after_notice_and_grace_and_told_in_private(climb: Climbing) -> None:
    climb.earns(4)
    climb.reviewed()
    climb.pass_days(85)
    climb.earns(2)
    climb.reviewed()
    climb.pass_days(7)
    assert climb.reviewed() == Reviewed(noticed=1)
    below = climb.now.date()
    assert climb.holds() == {"ania": ("gold", below, None)}
    assert climb.private() == [("notice", "gold", "U_ania_northwind")]
    end = below + dt.timedelta(days=30)
    notice = climb.said(at=climb.outbox("tier")[0].due_at)
    assert (notice.tier, notice.until, notice.to_go, notice.over) == ("Gold", end, 20, Months(3))  # type: ignore[union-attr]
    assert climb.standing().ending.day == end  # type: ignore[union-attr]
    climb.pass_days(29)
    assert climb.reviewed() == Reviewed()
    climb.pass_days(1)
    assert climb.reviewed() == Reviewed(lost=1)
    assert climb.holds() == {"ania": ("silver", None, None)}
    assert climb.private()[1:] == [("lost", "gold", "U_ania_northwind")]
    lost = climb.said(at=climb.outbox("tier")[-1].due_at)
    assert (lost.then, lost.to_go) == ("Silver", 20)  # type: ignore[union-attr]
    assert climb.reviewed() == Reviewed()
    assert climb.private("fulton") == []


def test_a_promise_of_points_that_keep_a_tier_counts_what_leaves_until_then(climb: Climbing) -> None:
    climb.earns(3)
    climb.pass_days(70)
    climb.earns(1)
    climb.reviewed()
    climb.corrects(-10)
    climb.pass_days(1)
    climb.reviewed()
    assert climb.standing().ending.to_keep == 40  # type: ignore[union-attr]
    # Northwind's first 30 points leave on 20 June, the day of grace's end is 29 June.
    climb.pass_days(28)
    climb.earns(4)
    climb.reviewed()
    assert climb.holds() == {"ania": ("gold", None, None)}


def test_points_that_come_back_in_time_clear_it_and_a_waiting_notice_is_not_sent(climb: Climbing) -> None:
    climb.earns(2)
    climb.reviewed()
    climb.corrects(-5)
    assert climb.reviewed() == Reviewed()
    climb.pass_days(1)
    assert climb.reviewed() == Reviewed(noticed=1)
    climb.corrects(5)
    climb.reviewed()
    assert climb.holds() == {"ania": ("silver", None, None)}
    assert climb.said(at=climb.outbox("tier")[0].due_at) == Drop("it is not so any more")


def test_notice_waits_for_the_end_of_quiet_hours(climb: Climbing) -> None:
    climb.earns(2)
    climb.reviewed()
    climb.corrects(-5)
    climb.now = dt.datetime(2026, 3, 23, 23, 30, tzinfo=dt.UTC)  # 00:30 on Tuesday in Warsaw
    climb.reviewed()
    row = climb.outbox("tier")[0]
    assert row.due_at == dt.datetime(2026, 3, 24, 7, tzinfo=dt.UTC)
    assert climb.said() == Later(row.due_at, "quiet hours")


def test_an_accounts_own_step_down_is_told_to_its_owners_and_managers(climb: Climbing) -> None:
    meet_manager(climb)
    climb.earns(2, name="Dashboard Shared")
    assert climb.reviewed() == Reviewed(raised=1)
    assert climb.shouted() == [(None, "partner")]
    climb.pass_days(100)
    climb.reviewed()
    assert climb.private() == [("notice", "partner", "U_ania_northwind"), ("notice", "partner", "U_EWA")]
    said = climb.said(at=climb.outbox("tier")[0].due_at)
    assert (said.account, said.to_go) == ("Northwind", 100)  # type: ignore[union-attr]


def test_who_was_erased_or_excluded_holds_nothing(climb: Climbing) -> None:
    climb.earns(2)
    climb.reviewed()
    person, account_id = climb.earning.person("ania"), climb.id()
    climb.earning.database.write(
        {account_id},
        lambda session: erase(session, account_id, person, reason="erased", author="operator", now=climb.now),
    )
    assert climb.holds() == {}
    climb.earns(2, "robot-1")
    climb.earning.under(PROGRAMME + 'exclude: {people: ["robot-*"]}\n', now=climb.now)
    climb.pass_days(1)
    assert climb.reviewed() == Reviewed()
    assert climb.holds() == {}


def test_points_count_over_the_tiers_own_time_in_the_accounts_days(climb: Climbing) -> None:
    climb.earns(2)
    climb.reviewed()
    assert climb.earning.scores("day") == {("2026-03-20", "ania"): 20}
    climb.now = dt.datetime(2026, 6, 19, 21, 30, tzinfo=dt.UTC)  # 19 June in Warsaw: 20 March still counts
    assert climb.reviewed() == Reviewed()
    climb.now = dt.datetime(2026, 6, 19, 22, 30, tzinfo=dt.UTC)
    assert climb.reviewed() == Reviewed(noticed=1)
    assert climb.holds() == {"ania": ("silver", dt.date(2026, 6, 20), None)}
    silver = climb.standing().own  # type: ignore[union-attr]
    assert silver is not None
    assert grace_ends(dt.date(2026, 6, 20), silver) == dt.date(2026, 7, 4)
