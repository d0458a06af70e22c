"""How many of each reward there are for all clients together, and which were taken out for a while.

The programme file says the first total; once it was changed by hand, the file leaves it. What was promised is counted
whatever becomes of the reward: one that leaves the programme and comes back has given what it gave.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select, update

from loyalty import audit
from loyalty.errors import LoyaltyError
from loyalty.programme import Programme
from loyalty.programme.versions import in_force
from loyalty.suggestions import nearest
from storage.tables import RewardStock

_NO_ROWS_HERE = {"synchronize_session": False}  # rows are never held as objects: there is nothing to bring up to date


class NoSuchRewardError(LoyaltyError):
    """The programme in force has no reward of that key."""


@dataclass(frozen=True, slots=True)
class Stock:
    """How many of a reward there are (None: as many as are asked for), how many were promised or given."""

    total: int | None = None
    taken: int = 0
    withdrawn: bool = False

    @property
    def left(self) -> int | None:
        """Return how many can still be asked for; None: any number."""
        return None if self.total is None else max(0, self.total - self.taken)


def totals(session: Session) -> dict[str, Stock]:
    """Return what there is of each reward, by key; of those that left the programme, too."""
    rows = session.exec(
        select(RewardStock.reward, RewardStock.total, RewardStock.taken, RewardStock.withdrawn).order_by(
            col(RewardStock.reward)
        )
    )
    return {reward: Stock(total, taken, withdrawn) for reward, total, taken, withdrawn in rows}


def changed(session: Session, old: Programme | None) -> dict[str, int | None]:
    """Return the totals that no longer are what the file in force says, by the reward's key."""
    stock_by_key = totals(session)
    file_and_now = [
        (reward, stock_by_key[reward.key].total)
        for reward in (old.rewards if old else ())
        if reward.key in stock_by_key
    ]
    return {reward.key: total for reward, total in file_and_now if total != reward.stock}


def bring_stock(session: Session, new: Programme, old: Programme | None) -> None:
    """Give every reward of a programme its row, and the total its file says where nobody changed that by hand.

    Wants the operator's scope. What left the programme keeps its row: what was promised stays counted.
    """
    known = totals(session)
    before = {reward.key: reward for reward in old.rewards} if old else {}
    for reward in new.rewards:
        if reward.key not in known:
            session.add(RewardStock(reward=reward.key, total=reward.stock))
            continue
        changes = update(RewardStock).where(col(RewardStock.reward) == reward.key).values(total=reward.stock)
        if reward.key in before:
            # Compared as it is written: somebody may set it by hand at this moment.
            changes = changes.where(col(RewardStock.total).is_not_distinct_from(before[reward.key].stock))
        session.exec(changes, execution_options=_NO_ROWS_HERE)
    session.flush()


def set_total(
    session: Session, reward: str, total: int | None, *, author: str, now: dt.datetime, account_id: int | None = None
) -> bool:
    """Say how many there are, None for as many as are asked for; return whether that is another number.

    Fewer than were taken is allowed: then none is left. `account_id` is of the account manager who says so, None the
    operator's. Errors: `NoSuchRewardError`, and `ValueError` for less than 0.
    """
    if total is not None and total < 0:
        raise ValueError(f"{total} is less than nothing")
    if not _set_stock(session, reward, "total", total):
        return False
    audit.record(session, account_id, "reward.stock", {"reward": reward, "total": total}, author=author, now=now)
    return True


def set_left(
    session: Session, reward: str, left: int | None, *, author: str, now: dt.datetime, account_id: int | None = None
) -> bool:
    """Say how many more can be asked for, None any number; else as `set_total`."""
    taken = totals(session).get(reward, Stock()).taken
    total = None if left is None else taken + left
    return set_total(session, reward, total, author=author, now=now, account_id=account_id)


def withdraw_reward(
    session: Session, reward: str, *, author: str, now: dt.datetime, account_id: int | None = None
) -> bool:
    """Take a reward out, so that nobody can ask for it until it is put back; return whether it was there.

    What was asked for before stays promised. Errors: `NoSuchRewardError`.
    """
    if not _set_stock(session, reward, "withdrawn", True):
        return False
    audit.record(session, account_id, "reward.withdraw", {"reward": reward}, author=author, now=now)
    return True


def restore_reward(
    session: Session, reward: str, *, author: str, now: dt.datetime, account_id: int | None = None
) -> bool:
    """Let a reward that was taken out be asked for again; return whether it was out. Errors: `NoSuchRewardError`."""
    if not _set_stock(session, reward, "withdrawn", False):
        return False
    audit.record(session, account_id, "reward.restore", {"reward": reward}, author=author, now=now)
    return True


def _set_stock(session: Session, reward: str, field: str, value: Any) -> bool:
    known = [reward_in_force.key for reward_in_force in in_force(session).programme.rewards]
    if reward not in known:
        raise NoSuchRewardError(f"there is no reward `{reward}` in the programme{nearest(reward, known)}")
    column = col(getattr(RewardStock, field))
    changes = update(RewardStock).where(col(RewardStock.reward) == reward, column.is_distinct_from(value))
    return session.exec(changes.values({field: value}), execution_options=_NO_ROWS_HERE).rowcount > 0
