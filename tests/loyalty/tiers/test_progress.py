"""What one sees of tiers."""

import datetime as dt
from typing import Any

from loyalty.points.expiry_notice import expiring
from loyalty.programme import Months, read
from loyalty.programme.versions import in_force
from loyalty.tiers.progress import NextTier, TierStanding, tier_standing
from tests.loyalty.tiers.builders import Climbing

TODAY = dt.date(2026, 3, 20)


def test_without_tiers_and_expiry_nothing_is_asked_of_the_database() -> None:
    nowhere: Any = None
    programme = read("programme: {name: Orbit Champions}\n")
    assert tier_standing(nowhere, 1, 1, programme, today=TODAY) is None
    assert expiring(nowhere, 1, 1, programme, today=TODAY) is None


def test_it_says_ones_own_tier_and_the_way_to_the_next_and_the_accounts_own(climb: Climbing) -> None:
    silver, gold = climb.earning.look(in_force).programme.tiers.members
    partner = climb.earning.look(in_force).programme.tiers.accounts[0]
    assert climb.standing() == TierStanding(next=NextTier(silver, 20, Months(3)))
    climb.earns(3)
    climb.earns(2, "marek", name="Dashboard Shared")
    climb.reviewed()
    assert climb.standing() == TierStanding(own=silver, next=NextTier(gold, 10, Months(3)), accounts=partner)
    climb.earns(1)
    climb.reviewed()
    assert climb.standing() == TierStanding(own=gold, accounts=partner)


def test_a_choice_that_leads_down_at_its_end_says_so_and_another_does_not(climb: Climbing) -> None:
    climb.earns(2)
    climb.reviewed()
    until = TODAY + dt.timedelta(days=60)
    climb.chooses("gold", until=until)
    assert climb.standing().ending.day == until  # type: ignore[union-attr]
    climb.chooses("silver", until=until)
    assert climb.standing().ending is None  # type: ignore[union-attr]
