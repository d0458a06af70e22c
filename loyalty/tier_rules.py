"""Which tier is held: up as soon as points reach it, down only after its grace, and what a choice puts in its place."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from loyalty.programme import AccountTier, Duration, MemberTier, Programme, later
from storage.tables import TierHeld

Tier = MemberTier | AccountTier
NOTICE_BEFORE_END = dt.timedelta(days=7)
"""How long before a choice ends it is told that a step down comes with it."""
NO_TIER = ""
"""What stands where the account manager chose that no tier is held."""

What = Literal["raised", "lost", "notice", "ends"]


@dataclass(frozen=True, slots=True)
class Held:
    """A tier held by points, by its key; None is none.

    `below_since`: the local day since which points no longer reach it; `noticed`: whether notice of that was given.
    """

    tier: str | None = None
    below_since: dt.date | None = None
    noticed: bool = False


@dataclass(frozen=True, slots=True)
class Override:
    """What an account manager put in place of points: a tier's key or `NO_TIER`, until a local day, or for good."""

    tier: str
    until: dt.date | None = None

    def holds(self, today: dt.date) -> bool:
        """Return whether it is in effect on a local day; no longer on the day `until`."""
        return self.until is None or today < self.until


def tiers_of(programme: Programme, person_id: int | None) -> Sequence[Tier]:
    """Return the tiers that a person, or (None) an account, may hold, from the lowest to the highest."""
    return programme.tiers.accounts if person_id is None else programme.tiers.members


def tier_index(tiers: Sequence[Tier], key: str | None) -> int:
    """Return a tier's place among them, the lowest being 0; -1 for none, and for one that the programme has no more."""
    return next((at for at, tier in enumerate(tiers) if tier.key == key), -1)


def reached(points: Mapping[Duration, int], tiers: Sequence[Tier]) -> int:
    """Return the place of the highest tier that points reach, -1 where none; `points` by the time they are earned over.

    What is held by choice is never reached.
    """
    return max(
        (
            at
            for at, tier in enumerate(tiers)
            if tier.points is not None and tier.over is not None and points.get(tier.over, 0) >= tier.points
        ),
        default=-1,
    )


def step_tier(held: Held, points: Mapping[Duration, int], tiers: Sequence[Tier], today: dt.date) -> Held:
    """Return what is held by points on a local day.

    Up at once. Down to what points reach then, when the tier's grace is over since they no longer reached it; if they
    do in time, nothing has happened.
    """
    holds, reach = tier_index(tiers, held.tier), reached(points, tiers)
    if reach >= holds:
        return Held(tiers[reach].key if reach >= 0 else None)
    if held.below_since is None:
        return replace(held, below_since=today)
    if today < grace_ends(held.below_since, tiers[holds]):
        return held
    return Held(tiers[reach].key if reach >= 0 else None)


def grace_ends(below_since: dt.date, tier: Tier) -> dt.date:
    """Return the first local day on which a tier is lost."""
    return later(below_since, tier.grace)


def in_effect(held: Held, chosen: Override | None, today: dt.date) -> str | None:
    """Return the key of the tier that counts on a local day, whether by choice or by points; None is none."""
    if chosen is not None and chosen.holds(today):
        return chosen.tier or None
    return held.tier


def effective(row: TierHeld, today: dt.date) -> str | None:
    """Return the key of the tier that counts for a row that keeps it, on a local day; None is none."""
    chosen = None if row.chosen is None else Override(row.chosen, row.chosen_until)
    return in_effect(Held(row.tier), chosen, today)


def reassess(
    held: Held, chosen: Override | None, points: Mapping[Duration, int], tiers: Sequence[Tier], today: dt.date
) -> tuple[Held, Override | None, What | None]:
    """Return what is held by points and by choice from today on, and what of it there is to tell.

    A choice that is over is gone. While one is in effect, points go up and down beneath it unseen; grace of which
    nobody could know begins when the choice is over.
    """
    before = chosen.tier or None if chosen is not None else held.tier
    after, still = step_tier(held, points, tiers, today), chosen if chosen is not None and chosen.holds(today) else None
    now = in_effect(after, still, today)
    change = tier_index(tiers, now) - tier_index(tiers, before)
    what: What | None = None
    if change:
        what = "raised" if change > 0 else "lost"
    elif still is not None:
        what = "ends" if _ends_soon(after, still, tiers, today) else None
    if still is None and after.below_since is not None and not after.noticed:
        # Where a choice just went, its end is told; the rest the day after.
        after = replace(after, below_since=today, noticed=what is None)
        what = what or "notice"
    return after, still, what


def _ends_soon(held: Held, chosen: Override, tiers: Sequence[Tier], today: dt.date) -> bool:
    if chosen.until is None or chosen.until - today > NOTICE_BEFORE_END:
        return False
    return tier_index(tiers, held.tier) < tier_index(tiers, chosen.tier)
