"""What one sees of tiers: one's own with what it brings, the way to the next, when it ends; the account's own."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from loyalty.programme import Duration, MemberTier, Programme
from loyalty.tier_rules import Override, Tier, effective, grace_ends, tier_index
from loyalty.tiers.notices import to_keep
from loyalty.tiers.qualifying_points import of_person
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import TierHeld, core

TIER_HELD = core(TierHeld)
HOLDINGS = PreparedSelect(
    select(
        TIER_HELD.c.account_id,
        TIER_HELD.c.person_id,
        TIER_HELD.c.tier,
        TIER_HELD.c.below_since,
        TIER_HELD.c.chosen,
        TIER_HELD.c.chosen_until,
    ).where(
        TIER_HELD.c.account_id == bindparam("account_id"),
        or_(TIER_HELD.c.person_id.is_(None), TIER_HELD.c.person_id == bindparam("person_id")),
    )
)
"""What a person holds, and their account."""


@dataclass(frozen=True, slots=True)
class NextTier:
    """The next tier by points: how many more it takes over its time."""

    tier: Tier
    to_go: int
    over: Duration


@dataclass(frozen=True, slots=True)
class Ending:
    """When the tier held is lost; `to_keep`: points that keep it if they are earned before, 0 where none would."""

    day: dt.date
    to_keep: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierStanding:
    """A person's tier and what comes next, and the tier that their account holds."""

    own: Tier | None = None
    next: NextTier | None = None
    ending: Ending | None = None
    accounts: Tier | None = None


def tier_standing(
    session: Session,
    account_id: int,
    person_id: int,
    programme: Programme,
    *,
    today: dt.date,
    holdings: Iterable[Any] | None = None,
) -> TierStanding | None:
    """Return how a person stands with tiers on a local day; None, asking nothing, where the programme has none.

    `holdings`: what `HOLDINGS` found, where it was asked already.
    """
    tiers = programme.tiers
    if not (tiers.members or tiers.accounts):
        return None
    if holdings is None:
        holdings = HOLDINGS.all(session, {"account_id": account_id, "person_id": person_id})
    holding_by_person = {holding.person_id: holding for holding in holdings}
    own = holding_by_person.get(person_id)
    index = tier_index(tiers.members, effective(own, today)) if own else -1
    account_holding = holding_by_person.get(None)
    account_index = tier_index(tiers.accounts, effective(account_holding, today)) if account_holding else -1
    return TierStanding(
        own=tiers.members[index] if index >= 0 else None,
        next=_next_tier(session, account_id, person_id, programme, index, today),
        ending=_ending(session, own, tiers.members, index, today) if own and index >= 0 else None,
        accounts=tiers.accounts[account_index] if account_index >= 0 else None,
    )


def held(session: Session, account_id: int, person_id: int, *, today: dt.date) -> frozenset[str]:
    """Return the keys of the tiers that count for a person on a local day: their own and their account's."""
    holdings = HOLDINGS.all(session, {"account_id": account_id, "person_id": person_id})
    keys = {effective(holding, today) for holding in holdings}
    return frozenset(key for key in keys if key is not None)


def _next_tier(
    session: Session, account_id: int, person_id: int, programme: Programme, index: int, today: dt.date
) -> NextTier | None:
    if index + 1 >= len(programme.tiers.members):
        return None
    tier = programme.tiers.members[index + 1]
    to_go = tier.points - of_person(session, account_id, person_id, tier.over, today)
    # Points may have moved since the last look, or an account manager have chosen a lower one.
    return NextTier(tier, to_go, tier.over) if to_go > 0 else None


def _ending(
    session: Session, holding: TierHeld, tiers: Sequence[MemberTier], index: int, today: dt.date
) -> Ending | None:
    if holding.chosen is not None and Override(holding.chosen, holding.chosen_until).holds(today):
        down = tier_index(tiers, holding.tier) < index
        return Ending(holding.chosen_until, 0) if holding.chosen_until and down else None
    if holding.below_since is None:
        return None
    day = grace_ends(holding.below_since, tiers[index])
    return Ending(day, to_keep(session, holding, tiers[index], today, day))
