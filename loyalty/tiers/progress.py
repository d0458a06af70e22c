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
STANDS = PreparedSelect(
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
    stands: Iterable[Any] | None = None,
) -> TierStanding | None:
    """Return how a person stands with tiers on a local day; None, asking nothing, where the programme has none.

    `stands`: what `STANDS` found, where it was asked already.
    """
    tiers = programme.tiers
    if not (tiers.members or tiers.accounts):
        return None
    if stands is None:
        stands = STANDS.all(session, {"account_id": account_id, "person_id": person_id})
    held = {stand.person_id: stand for stand in stands}
    own = held.get(person_id)
    at = tier_index(tiers.members, effective(own, today)) if own else -1
    accounts = held.get(None)
    theirs = tier_index(tiers.accounts, effective(accounts, today)) if accounts else -1
    return TierStanding(
        own=tiers.members[at] if at >= 0 else None,
        next=_next(session, account_id, person_id, programme, at, today),
        ending=_ending(session, own, tiers.members, at, today) if own and at >= 0 else None,
        accounts=tiers.accounts[theirs] if theirs >= 0 else None,
    )


def held(session: Session, account_id: int, person_id: int, *, today: dt.date) -> frozenset[str]:
    """Return the keys of the tiers that count for a person on a local day: their own and their account's."""
    stands = STANDS.all(session, {"account_id": account_id, "person_id": person_id})
    keys = {effective(stand, today) for stand in stands}
    return frozenset(key for key in keys if key is not None)


def _next(
    session: Session, account_id: int, person_id: int, programme: Programme, at: int, today: dt.date
) -> NextTier | None:
    if at + 1 >= len(programme.tiers.members):
        return None
    tier = programme.tiers.members[at + 1]
    to_go = tier.points - of_person(session, account_id, person_id, tier.over, today)
    # Points may have moved since the last look, or an account manager have chosen a lower one.
    return NextTier(tier, to_go, tier.over) if to_go > 0 else None


def _ending(session: Session, stand: TierHeld, tiers: Sequence[MemberTier], at: int, today: dt.date) -> Ending | None:
    if stand.chosen is not None and Override(stand.chosen, stand.chosen_until).holds(today):
        down = tier_index(tiers, stand.tier) < at
        return Ending(stand.chosen_until, 0) if stand.chosen_until and down else None
    if stand.below_since is None:
        return None
    day = grace_ends(stand.below_since, tiers[at])
    return Ending(day, to_keep(session, stand, tiers[at], today, day))
