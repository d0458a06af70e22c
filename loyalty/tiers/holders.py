"""Who holds a tier in an account, for the command line."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.programme import Programme
from loyalty.tier_rules import Override, effective, grace_ends, tier_index, tiers_of
from storage.tables import Person, TierHeld


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """What a person (the product's user id), or None: the account, holds; all by their keys.

    `tier` counts; `by_points` is what points say. `lost_on`: when grace is over. `until`: when a choice is.
    """

    person: str | None
    name: str | None
    tier: str | None
    by_points: str | None
    lost_on: dt.date | None
    chosen: bool
    until: dt.date | None
    reason: str | None


def holders(session: Session, account_id: int, programme: Programme, *, today: dt.date) -> list[Holder]:
    """Return who holds a tier, or was given one: the account first, then people from the highest tier down."""
    same = (col(Person.account_id) == col(TierHeld.account_id)) & (col(Person.id) == col(TierHeld.person_id))
    rows = session.exec(
        select(TierHeld, Person.external_id, Person.name)
        .outerjoin(Person, same)
        .where(col(TierHeld.account_id) == account_id)
        .where(col(TierHeld.tier).is_not(None) | col(TierHeld.chosen).is_not(None))
        .order_by(col(TierHeld.id))
    )
    held = [(row, _holder(row, person, name, programme, today)) for row, person, name in rows]
    held.sort(
        key=lambda row_and_holder: (
            row_and_holder[0].person_id is not None,
            -tier_index(programme.tiers.members, row_and_holder[1].tier),
        )
    )
    return [holder for _, holder in held]


def _holder(row: TierHeld, person: str | None, name: str | None, programme: Programme, today: dt.date) -> Holder:
    tiers = tiers_of(programme, row.person_id)
    index = tier_index(tiers, row.tier)
    return Holder(
        person=person,
        name=name,
        tier=effective(row, today),
        by_points=row.tier,
        lost_on=grace_ends(row.below_since, tiers[index]) if row.below_since is not None and index >= 0 else None,
        chosen=row.chosen is not None and Override(row.chosen, row.chosen_until).holds(today),
        until=row.chosen_until,
        reason=row.reason,
    )
