"""What an account manager puts in place of points."""

import datetime as dt

import pytest
from sqlmodel import col, select

from loyalty.people.people import NoSuchPersonError
from loyalty.points.corrections import NoReasonError
from loyalty.tiers import override
from loyalty.tiers.override import NoSuchTierError, NothingChosenError, OverAlreadyError
from loyalty.tiers.progress import held
from loyalty.tiers.review import Reviewed
from storage.outbox import Drop
from storage.tables import AuditEntry, TierHeld
from tests.loyalty.tiers.builders import DAY, Climbing, meet_manager


def audited(climb: Climbing) -> list[tuple[str, str, dict[str, object]]]:
    wanted = select(AuditEntry).where(
        col(AuditEntry.account_id) == climb.id(), col(AuditEntry.action).startswith("tier")
    )
    rows = climb.earning.look(lambda session: session.exec(wanted.order_by(col(AuditEntry.id))).all())
    return [(row.author, row.action, row.details) for row in rows]


def counts(climb: Climbing, by: str = "ania") -> frozenset[str]:
    account_id, person = climb.id(), climb.earning.person(by)
    return climb.earning.database.read(
        {account_id}, lambda session: held(session, account_id, person, today=climb.now.date())
    )


def test_a_choice_counts_at_once_is_told_and_announced_and_audited_by_numbers(climb: Climbing) -> None:
    until = climb.now.date() + 60 * DAY
    assert climb.chooses("gold", until=until, reason="Spoke at our conference") is True
    assert climb.chooses("gold", until=until, reason="Spoke at our conference") is False
    assert counts(climb) == {"gold"}
    assert climb.shouted() == [("ania", "gold")]
    assert climb.private() == [("chosen", "gold", "U_ania_northwind")]
    said = climb.said()
    assert (said.tier, said.until, said.reason, said.author) == ("Gold", until, "Spoke at our conference", None)  # type: ignore[union-attr]
    [(author, action, details)] = audited(climb)
    assert (author, action) == ("operator", "tier.choose")
    person = climb.earning.person("ania")
    assert details == {"held": details["held"], "person": person, "tier": "gold", "until": until.isoformat()}
    assert climb.holds("fulton") == {}


def test_its_end_is_told_seven_days_before_and_then_points_decide(climb: Climbing) -> None:
    climb.earns(2)
    climb.reviewed()
    climb.chooses("gold", until=climb.now.date() + 30 * DAY)
    climb.pass_days(22)
    assert climb.reviewed() == Reviewed()
    climb.pass_days(1)
    assert climb.reviewed() == Reviewed(noticed=1)
    said = climb.said(at=climb.outbox("tier")[-1].due_at)
    assert (said.word, said.tier, said.then) == ("ends", "Gold", "Silver")  # type: ignore[union-attr]
    climb.pass_days(1)
    climb.reviewed()
    assert [word for word, _, _ in climb.private()] == ["chosen", "ends"]
    climb.pass_days(6)
    assert counts(climb) == {"silver"}
    assert climb.reviewed() == Reviewed(lost=1)
    assert climb.holds() == {"ania": ("silver", None, None)}
    assert [word for word, _, _ in climb.private()] == ["chosen", "ends", "lost"]


def test_a_choice_without_an_end_holds_until_it_is_taken_back(climb: Climbing) -> None:
    climb.chooses("gold")
    climb.pass_days(400)
    climb.reviewed()
    assert counts(climb) == {"gold"}
    climb.releases()
    assert counts(climb) == frozenset()
    assert climb.private()[-1] == ("lost", "gold", "U_ania_northwind")
    with pytest.raises(NothingChosenError):
        climb.releases()
    assert [action for _, action, _ in audited(climb)] == ["tier.choose", "tier.release"]


def test_points_that_reach_more_beneath_a_choice_count_when_it_is_taken_back_silently(climb: Climbing) -> None:
    climb.chooses("silver")
    climb.earns(4)
    assert climb.reviewed() == Reviewed()
    assert counts(climb) == {"silver"}
    assert climb.holds() == {"ania": ("gold", None, "silver")}
    climb.releases()
    assert counts(climb) == {"gold"}
    assert [word for word, _, _ in climb.private()] == ["chosen"]


def test_no_tier_at_all_can_be_chosen(climb: Climbing) -> None:
    climb.earns(4)
    climb.reviewed()
    climb.chooses(None)
    assert counts(climb) == frozenset()
    assert climb.said().tier == ""  # type: ignore[union-attr]


def test_an_account_holds_by_choice_what_points_never_reach(climb: Climbing) -> None:
    meet_manager(climb)
    assert climb.chooses("strategic", None) is True
    assert counts(climb, "zoe") == {"strategic"}
    assert climb.shouted() == [(None, "strategic")]
    assert climb.private() == [("chosen", "strategic", "U_ania_northwind"), ("chosen", "strategic", "U_EWA")]
    standing = climb.standing("zoe")
    assert standing is not None
    assert standing.accounts is not None
    assert standing.accounts.key == "strategic"
    climb.earns(3, name="Dashboard Shared")
    assert climb.reviewed() == Reviewed()
    climb.releases(None)
    assert climb.said(at=climb.outbox("tier")[-1].due_at).then == "Partner"  # type: ignore[union-attr]


def test_a_choice_taken_back_before_its_word_leaves_is_not_told(climb: Climbing) -> None:
    climb.chooses("gold")
    climb.releases()
    assert [word for word, _, _ in climb.private()] == ["chosen", "lost"]
    assert climb.said(which=0) == Drop("it is not so any more")
    climb.chooses("gold")
    assert climb.said(which=1) == Drop("it is not so any more")


def test_what_is_wrong_is_refused_and_nothing_is_chosen(climb: Climbing) -> None:
    today = climb.now.date()
    for error, facts in (
        (NoSuchTierError, {"tier": "partner"}),
        (NoSuchTierError, {"tier": "strategic"}),
        (NoSuchTierError, {"tier": "gold", "by": None}),
        (OverAlreadyError, {"tier": "gold", "until": today}),
        (OverAlreadyError, {"tier": "gold", "until": today - 1 * DAY}),
        (NoReasonError, {"tier": "gold", "reason": "  "}),
        (NoReasonError, {"tier": "gold", "reason": "x" * 501}),
    ):
        with pytest.raises(error):
            climb.chooses(**facts)
    posting = climb.earning.posting(now=climb.now)
    with pytest.raises(NoSuchPersonError):
        climb.earning.database.write(
            {posting.account_id},
            lambda session: override.override_tier(
                session, posting, person_id=10**6, tier="gold", until=None, reason="why", today=today
            ),
        )
    assert (climb.holds(), audited(climb), climb.private()) == ({}, [], [])
    assert climb.earning.look(lambda session: session.exec(select(TierHeld)).all()) == []


def test_a_choice_a_day_long_ends_the_next_day(climb: Climbing) -> None:
    climb.chooses("gold", until=climb.now.date() + dt.timedelta(days=1))
    assert counts(climb) == {"gold"}
    climb.pass_days(1)
    assert counts(climb) == frozenset()
    assert climb.reviewed() == Reviewed(lost=1)
