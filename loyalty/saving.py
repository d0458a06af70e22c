"""Goals: the reward that somebody, or an account together, saves for."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.programme import Reward


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


def save_for(
    session: Session, account_id: int, *, person_id: int, reward: str, today: dt.date, now: dt.datetime
) -> Goal:
    """Set a reward that the person sees as what they save for, in place of any other, and return the goal.

    One that the pool pays becomes the whole account's goal. Errors: `NotEligibleError`, `CannotSeeError`,
    `WithdrawnError`.
    """
    raise NotImplementedError


def stop_saving(session: Session, account_id: int, *, person_id: int, team: bool = False, today: dt.date) -> bool:
    """Save for nothing any more; return whether there was a goal.

    `team`: the account's goal, for whoever may set it: who sees it. Errors: `CannotSeeError`.
    """
    raise NotImplementedError


def progress(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Goal | None:
    """Return what a person saves for; None where that is nothing, or is not offered to them any more."""
    raise NotImplementedError


def team_progress(session: Session, account_id: int) -> Goal | None:
    """Return what the account saves for together, out of its pool; None where that is nothing, or not offered now."""
    raise NotImplementedError
