"""Goals: the reward that somebody, or an account together, saves for."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from loyalty.programme import Reward
from loyalty.rewards.catalogue import Offer, offers, sees, viewer
from loyalty.rewards.errors import CannotSeeError, NotEligibleError, WithdrawnError
from storage.account_lock import lock_account, next_ids
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import SavingGoal, Wallet, core


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A reward that is saved for: what it costs, what is there, what is missing (0: it can be had)."""

    reward: Reward
    cost: int
    have: int

    @property
    def to_go(self) -> int:
        """How many points are missing."""
        return max(0, self.cost - self.have)


SAVING_GOAL = core(SavingGoal)
SAVED_FOR = PreparedSelect(
    select(SAVING_GOAL.c.reward).where(
        SAVING_GOAL.c.account_id == bindparam("account_id"), SAVING_GOAL.c.person_id == bindparam("person_id")
    )
)
"""What a person saves for; asked at every look at one's points, by most of whom it is nothing."""


def save_for(
    session: Session, account_id: int, *, person_id: int, reward: str, today: dt.date, now: dt.datetime
) -> Goal:
    """Set a reward that the person sees as what they save for, in place of any other, and return the goal.

    One that the pool pays becomes the whole account's goal. Errors: `NotEligibleError`, `CannotSeeError`,
    `WithdrawnError`.
    """
    lock_account(session, account_id)
    reward_viewer = viewer(session, account_id, person_id, today=today)
    if not reward_viewer.eligible:
        raise NotEligibleError(f"person {person_id} has no rewards")
    offer = _offer(session, account_id, reward)
    if offer is None or not sees(offer.reward, reward_viewer):
        raise CannotSeeError(f"there is no reward `{reward}` for person {person_id}")
    if offer.withdrawn:
        raise WithdrawnError(f"`{reward}` is withdrawn")
    owner = None if offer.reward.paid_by == "pool" else person_id
    author = f"person:{person_id}"
    goal = _goal_row(session, account_id, owner)
    if goal is None:
        number = next_ids(session, account_id)
        goal = SavingGoal(account_id=account_id, id=number, person_id=owner, reward=reward, author=author, at=now)
    goal.reward, goal.author, goal.at = reward, author, now
    session.add(goal)
    session.flush()
    return _goal(session, account_id, owner, offer)


def stop_saving(session: Session, account_id: int, *, person_id: int, team: bool = False, today: dt.date) -> bool:
    """Save for nothing any more; return whether there was a goal.

    `team`: the account's goal, for whoever may set it: who sees it. Errors: `CannotSeeError`.
    """
    lock_account(session, account_id)
    goal = _goal_row(session, account_id, None if team else person_id)
    if goal is None:
        return False
    offer = _offer(session, account_id, goal.reward) if team else None
    if offer is not None and not sees(offer.reward, viewer(session, account_id, person_id, today=today)):
        raise CannotSeeError(f"there is no reward `{goal.reward}` for person {person_id}")
    session.delete(goal)
    session.flush()
    return True


def progress(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Goal | None:
    """Return what a person saves for; None where that is nothing, or is not offered to them any more."""
    saved = SAVED_FOR.first(session, {"account_id": account_id, "person_id": person_id})
    return progress_to(session, account_id, person_id, saved.reward, today=today) if saved else None


def progress_to(session: Session, account_id: int, person_id: int, reward: str, *, today: dt.date) -> Goal | None:
    """Return how far a person is who saves for a reward; None where it is not offered to them any more."""
    offer = _offer(session, account_id, reward)
    if offer is None or offer.withdrawn or not sees(offer.reward, viewer(session, account_id, person_id, today=today)):
        return None
    return _goal(session, account_id, person_id, offer)


def goals(session: Session, account_id: int, person_id: int) -> frozenset[str]:
    """Return the keys of what a person saves for and of what their account does, whether they are offered or not."""
    return frozenset(session.execute(_GOALS, {"account_id": account_id, "person_id": person_id}).scalars())


def team_progress(session: Session, account_id: int) -> Goal | None:
    """Return what the account saves for together, out of its pool; None where that is nothing, or not offered now."""
    goal = _goal_row(session, account_id, None)
    offer = _offer(session, account_id, goal.reward) if goal else None
    return None if offer is None or offer.withdrawn else _goal(session, account_id, None, offer)


def _goal_row(session: Session, account_id: int, owner: int | None) -> SavingGoal | None:
    """Return the goal of a person, or of the account (None)."""
    query = select(SavingGoal).where(col(SavingGoal.account_id) == account_id, col(SavingGoal.person_id) == owner)
    return session.exec(query).first()


def _offer(session: Session, account_id: int, reward: str) -> Offer | None:
    return next((offer for offer in offers(session, account_id) if offer.reward.key == reward), None)


def _goal(session: Session, account_id: int, owner: int | None, offer: Offer) -> Goal:
    kind = "pool" if owner is None else "person"
    own = (col(Wallet.account_id) == account_id, col(Wallet.person_id) == owner, col(Wallet.kind) == kind)
    have = session.exec(select(Wallet.balance).where(*own)).first()
    return Goal(reward=offer.reward, cost=offer.reward.cost, have=have or 0)


_GOALS = core_select(SAVING_GOAL.c.reward).where(
    SAVING_GOAL.c.account_id == bindparam("account_id"),
    SAVING_GOAL.c.person_id.is_(None) | (SAVING_GOAL.c.person_id == bindparam("person_id")),
)
