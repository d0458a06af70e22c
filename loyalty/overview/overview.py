"""How a person stands: what there is to spend, what this week brought, what comes next."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlmodel import Session

from leaderboards.periods import ALWAYS
from loyalty.overview.goal_progress import GoalProgress, goal_progress
from loyalty.overview.hints import Hint, hint
from loyalty.points.entries import LATEST_ENTRIES, Entry, entries_by
from loyalty.points.expiry_notice import ExpiringPoints, expiring
from loyalty.programme import LocalizedText, Points, Programme
from loyalty.programme.versions import NEWEST, in_force_by
from loyalty.rewards.goals import SAVED_FOR
from loyalty.tiers.progress import HOLDINGS, TierStanding, tier_standing
from storage.fast_reads.combined_select import CombinedSelect
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import Account, Reached, Score, Wallet, core

ACCOUNT = core(Account)
REACHED = core(Reached)
SCORE = core(Score)
WALLET = core(Wallet)


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next milestone by points: its key, what it is called, how many points it still takes, and a way there."""

    milestone: str
    badge: LocalizedText | None
    to_go: int
    hint: Hint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A person's standing. `owed` is paid by whatever comes in next; `goal` is the reward they save for.

    `reached` are milestones' keys, oldest first.
    """

    balance: int
    owed: int
    earned: int
    this_week: int
    ahead: Ahead | None
    latest: Entry | None
    goal: GoalProgress | None = None
    reached: tuple[str, ...] = ()
    tier: TierStanding | None = None
    expiring: ExpiringPoints | None = None


ALL_SCORE = SCORE.alias("all_score")
WEEK_SCORE = SCORE.alias("week_score")


_DAYS = [f"day_{back}" for back in range(7)]
"""A week's days up to today: one of them begins this week, whichever day the programme says."""


@lru_cache(maxsize=8)
def _days_up_to(today: dt.date) -> dict[str, dt.date]:
    return {name: today - dt.timedelta(days=back) for back, name in enumerate(_DAYS)}


def _scored(score: Any, period: str) -> ColumnElement[bool]:
    return and_(
        score.c.account_id == ACCOUNT.c.id,
        score.c.person_id == bindparam("person_id"),
        score.c.period == period,
    )


_IN_WALLET = and_(
    WALLET.c.account_id == ACCOUNT.c.id, WALLET.c.person_id == bindparam("person_id"), WALLET.c.kind == "person"
)
_FIGURES = PreparedSelect(
    select(
        ACCOUNT.c.key,
        ACCOUNT.c.cohort,
        func.coalesce(WALLET.c.balance, 0).label("balance"),
        func.coalesce(WALLET.c.owed, 0).label("owed"),
        func.coalesce(ALL_SCORE.c.points, 0).label("earned"),
        func.coalesce(WEEK_SCORE.c.points, 0).label("this_week"),
    )
    .select_from(
        ACCOUNT.outerjoin(WALLET, _IN_WALLET)
        .outerjoin(ALL_SCORE, and_(_scored(ALL_SCORE, "all"), ALL_SCORE.c.start == ALWAYS))
        .outerjoin(
            WEEK_SCORE, and_(_scored(WEEK_SCORE, "week"), or_(*(WEEK_SCORE.c.start == bindparam(day) for day in _DAYS)))
        )
    )
    .where(ACCOUNT.c.id == bindparam("account_id"))
)
# Not ordered by the database: without statistics SQLite would read the account's in that order to find the person's.
_REACHED_BY_PERSON = PreparedSelect(
    select(REACHED.c.id, REACHED.c.milestone).where(
        REACHED.c.account_id == bindparam("account_id"), REACHED.c.person_id == bindparam("person_id")
    )
)
_OVERVIEW = CombinedSelect(
    newest=NEWEST,
    figures=_FIGURES,
    reached=_REACHED_BY_PERSON,
    latest=LATEST_ENTRIES,
    saved=SAVED_FOR,
    holdings=HOLDINGS,
)


def overview(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Overview:
    """Return how a person stands on the local day `today`. Raises NoProgrammeError where none was applied yet.

    One query, and more only where there is a hint to find, a goal, or a tier.
    """
    parameters = {"account_id": account_id, "person_id": person_id, "limit": 1}
    rows = _OVERVIEW.ask(session, parameters | _days_up_to(today))
    force, figures = in_force_by(session, rows.newest), rows.figures[0]
    latest = entries_by(rows.latest)
    reached = tuple(row.milestone for row in sorted(rows.reached))
    next_one = ahead(force.programme, figures.earned, reached)
    if next_one is not None:
        rules = force.book.in_play(figures.key, figures.cohort, today)
        next_one = replace(
            next_one,
            hint=hint(
                session,
                account_id,
                person_id,
                rules,
                next_one.to_go,
                today=today,
                week_starts=force.week_starts,
            ),
        )
    return Overview(
        balance=figures.balance,
        owed=figures.owed,
        earned=figures.earned,
        this_week=figures.this_week,
        ahead=next_one,
        goal=goal_progress(session, account_id, person_id, rows.saved[0].reward, today=today) if rows.saved else None,
        latest=latest[0] if latest else None,
        reached=reached,
        expiring=expiring(session, account_id, person_id, force.programme, today=today),
        tier=tier_standing(session, account_id, person_id, force.programme, today=today, holdings=rows.holdings),
    )


def ahead(programme: Programme, earned: int, reached: Collection[str]) -> Ahead | None:
    """Return the nearest milestone by points that is not reached yet."""
    away = [
        Ahead(milestone.key, milestone.badge, milestone.when.points - earned)
        for milestone in programme.milestones
        if isinstance(milestone.when, Points) and milestone.when.points > earned and milestone.key not in reached
    ]
    return min(away, key=lambda one: one.to_go, default=None)
