"""Tier holdings: read for a whole account at once, and written where they changed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, select, text
from sqlmodel import Session

from loyalty.programme import Duration
from loyalty.tier_rules import Held, Override, What
from loyalty.tiers.qualifying_points import CHANGED
from storage import bulk
from storage.account_lock import next_ids
from storage.tables import TierHeld, core

TIER_HELD = core(TierHeld)
_ACCOUNT: Any = bindparam("account_id")
_ROWS = select(
    TIER_HELD.c.id,
    TIER_HELD.c.person_id,
    TIER_HELD.c.tier,
    TIER_HELD.c.below_since,
    TIER_HELD.c.told,
    TIER_HELD.c.chosen,
    TIER_HELD.c.chosen_until,
).where(TIER_HELD.c.account_id == _ACCOUNT)
_OF_CHANGED = _ROWS.where(or_(TIER_HELD.c.person_id.is_(None), TIER_HELD.c.person_id.in_(CHANGED)))
_TYPES = (
    bindparam("below_since", type_=TIER_HELD.c.below_since.type),
    bindparam("told", type_=TIER_HELD.c.told.type),
)
_LOOKED_AT = text(
    "UPDATE tier_held SET below_since = :below_since, told = :told WHERE account_id = :account_id AND id = :id"
).bindparams(*_TYPES)
_STEPPED = text(
    "UPDATE tier_held SET below_since = :below_since, told = :told, tier = :tier, since = :since"
    " WHERE account_id = :account_id AND id = :id"
).bindparams(*_TYPES, bindparam("since", type_=TIER_HELD.c.since.type))
_ENDED = text(
    "UPDATE tier_held SET chosen = NULL, chosen_until = NULL, chosen_by = NULL, reason = NULL"
    " WHERE account_id = :account_id AND id = :id"
)


class TierHolding(NamedTuple):
    """What a person, or (None) the account, holds, and the number of the row that says so; None: there is none yet."""

    person_id: int | None
    row: int | None = None
    held: Held = Held()
    chosen: Override | None = None


class TierChange(NamedTuple):
    """A holding before and after, the points that decided, by the time they are counted over, and what is told."""

    before: TierHolding
    after: TierHolding
    points: Mapping[Duration, int]
    what: What | None


TierHoldings = dict[int | None, TierHolding]


def tier_holdings(session: Session, account_id: int, *, changed_since: int | None = None) -> TierHoldings:
    """Return what is held in an account, by person, None being the account itself.

    `changed_since`: only of those whose points a transfer after that one moved.
    """
    if changed_since is None:
        return _read_holdings(session, _ROWS, {"account_id": account_id})
    return _read_holdings(session, _OF_CHANGED, {"account_id": account_id, "mark": changed_since})


def keep_holdings(
    session: Session, account_id: int, changes: Sequence[TierChange], *, now: dt.datetime
) -> list[TierChange]:
    """Write down what changed, and return it, each with the row it is kept in. Wants the account's lock."""
    existing = [change for change in changes if change.before.row is not None]
    _update_rows(
        session,
        _LOOKED_AT,
        [_holding_values(account_id, change, now) for change in existing if _moved(change) is False],
    )
    _update_rows(session, _STEPPED, [_holding_values(account_id, change, now) for change in existing if _moved(change)])
    ended_rows = [change.after.row for change in existing if change.after.chosen != change.before.chosen]
    _update_rows(session, _ENDED, [{"account_id": account_id, "id": row} for row in ended_rows])
    new_changes = [change for change in changes if change.before.row is None]
    first = next_ids(session, account_id, len(new_changes))
    numbered = [change._replace(after=change.after._replace(row=row)) for row, change in enumerate(new_changes, first)]
    bulk.insert(session, TierHeld, [_holding_row(account_id, change.after, now) for change in numbered])
    return existing + numbered


def _read_holdings(session: Session, statement: Any, parameters: dict[str, Any]) -> TierHoldings:
    return {
        row.person_id: TierHolding(
            row.person_id,
            row.id,
            Held(row.tier, row.below_since, row.told),
            None if row.chosen is None else Override(row.chosen, row.chosen_until),
        )
        for row in session.execute(statement, parameters)
    }


def _moved(change: TierChange) -> bool | None:
    """Return whether another tier is held by points than before; None where nothing is different."""
    before, after = change.before.held, change.after.held
    return None if before == after else before.tier != after.tier


def _update_rows(session: Session, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(statement, rows)


def _holding_values(account_id: int, change: TierChange, now: dt.datetime) -> dict[str, Any]:
    held = change.after.held
    values = {
        "account_id": account_id,
        "id": change.after.row,
        "below_since": held.below_since,
        "told": held.noticed,
    }
    return values | ({"tier": held.tier, "since": now} if _moved(change) else {})


def _holding_row(account_id: int, holding: TierHolding, now: dt.datetime) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "id": holding.row,
        "person_id": holding.person_id,
        "tier": holding.held.tier,
        "since": now,
        "below_since": holding.held.below_since,
        "told": holding.held.noticed,
    }
