"""A member's own request for a reward, with what its receipt says, in one transaction."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.accounts.managers import manager_names
from loyalty.accounts.requester import AccountInfo
from loyalty.points.ledger_context import ledger_context
from loyalty.rewards.redemption_queries import RedemptionState
from loyalty.rewards.redemptions import cancel, redeem


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionReceipt:
    """How a redemption stands, and the names of the account managers, who decide."""

    redemption: RedemptionState
    managers: tuple[str, ...]


def redeem_as_member(
    session: Session,
    account: AccountInfo,
    person_id: int,
    *,
    reward: str,
    key: str,
    seen_cost: int,
    today: dt.date,
    now: dt.datetime,
) -> RedemptionReceipt:
    """Ask for a reward, by its key, on the person's own behalf. Errors: as `redemptions.redeem`."""
    context = ledger_context(session, account, author=f"person:{person_id}", now=now)
    state = redeem(session, context, person_id=person_id, reward=reward, key=key, today=today, seen_cost=seen_cost)
    return RedemptionReceipt(redemption=state, managers=manager_names(session, account.id))


def cancel_as_member(
    session: Session, account: AccountInfo, person_id: int, redemption_id: int, *, now: dt.datetime
) -> RedemptionState:
    """Take back a redemption that still waits, on the person's own behalf. Errors: as `redemptions.cancel`."""
    context = ledger_context(session, account, author=f"person:{person_id}", now=now)
    return cancel(session, context, redemption_id, person_id=person_id)
