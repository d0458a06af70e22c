"""The reward that a person saves for, and one thing they could do to get there."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.accounts.accounts import by_id
from loyalty.overview.hints import Hint, hint
from loyalty.programme import Reward
from loyalty.programme.versions import in_force
from loyalty.rewards.goals import progress_to


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A reward, how many points it still takes (0: none are missing), and a way there."""

    reward: Reward
    to_go: int
    hint: Hint | None = None


def goal_progress(
    session: Session, account_id: int, person_id: int, reward: str, *, today: dt.date
) -> GoalProgress | None:
    """Return how far a person is who saves for a reward, None where it is not offered to them any more.

    `today`: the account's local day. Errors: `NoProgrammeError`.
    """
    goal = progress_to(session, account_id, person_id, reward, today=today)
    if goal is None:
        return None
    return GoalProgress(goal.reward, goal.to_go, _hint_to_goal(session, account_id, person_id, goal.to_go, today))


def _hint_to_goal(session: Session, account_id: int, person_id: int, to_go: int, today: dt.date) -> Hint | None:
    if to_go == 0:
        return None
    account, force = by_id(session, account_id), in_force(session)
    rules = force.book.in_play(account.key, account.cohort, today)
    week_starts = force.week_starts
    return hint(session, account_id, person_id, rules, to_go, today=today, week_starts=week_starts)
