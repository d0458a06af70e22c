"""Good news of people who chose to be shown, without ranks: strong weeks, most improved; and one's own best.

Each is measured against oneself, never names the last or anyone tied with them, and says nothing of who did less.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import median

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from leaderboards.disclosure import MIN_RANKED, above_last, top_without_splitting_ties
from leaderboards.periods import Frame
from leaderboards.standings import Standing
from storage.tables import Score, core

USUAL_PERIODS = 4
"""How many periods before this one make up somebody's usual."""
MAX_NAMED_PEOPLE = 3

SCORE = core(Score)


@dataclass(frozen=True, slots=True)
class StrongWeek:
    """Somebody's strong week, or whatever period the board is of."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Improved:
    """Somebody's gain on the period before, in points."""

    name: str
    gained: int


@dataclass(frozen=True, slots=True)
class Best:
    """Somebody's best period: its first local day, and the points."""

    start: dt.date
    points: int


def strong_weeks(standings: Sequence[Standing], earlier: Mapping[int, Sequence[int]]) -> tuple[StrongWeek, ...]:
    """Return at most three of those above their own median of the last four weeks, most points first.

    `standings` are those ranked on the boards, best first; `earlier` the points of each in those weeks, by person id. A
    week without points is a 0, so a first week is a strong one: nobody waits a month for a welcome.
    """
    strong = [s for s in above_last(standings) if s.points > _usual(earlier.get(s.person_id, ()))]
    return tuple(StrongWeek(s.name, s.points) for s in top_without_splitting_ties(strong, MAX_NAMED_PEOPLE))


def _usual(points: Sequence[int]) -> float:
    return median([*points, *[0] * (USUAL_PERIODS - len(points))])


def most_improved(now: Sequence[Standing], before: Sequence[Standing]) -> tuple[Improved, ...]:
    """Return who gained most on the period before, all of them where tied, nobody where more than three are.

    Both are those ranked on the boards, best first. Whoever had no points before is new, not improved.
    """
    had = {standing.person_id: standing.points for standing in before}
    known = [standing for standing in above_last(now) if standing.person_id in had]
    gains = [Improved(standing.name, standing.points - had[standing.person_id]) for standing in known]
    best_gain = max((gain.gained for gain in gains), default=0)
    best = tuple(gain for gain in gains if gain.gained == best_gain > 0)
    return best if len(best) <= MAX_NAMED_PEOPLE else ()


def per_seat(total: int, active: int) -> int | None:
    """Return the team's points for each of the `active` people who earned, rounded down; None where they are too few.

    Among a few it would give away what one of them earned.
    """
    return total // active if active >= MIN_RANKED else None


def personal_best(session: Session, account_id: int, person_id: int, frame: Frame) -> Best | None:
    """Return the person's best period up to this one, the earliest of equal ones; for themself only."""
    which = {"account_id": account_id, "period": frame.period}
    first = session.execute(_FIRST, which).scalar_one()
    if first is None:
        return None
    past = takewhile(lambda period: period.span.end and period.span.end > first, frame.past())
    starts = [period.span.start for period in (frame, *past)]
    row = session.execute(_BEST, which | {"person_id": person_id, "starts": starts}).one_or_none()
    return Best(row.start, row.points) if row else None


_IN_PERIODS = (SCORE.c.account_id == bindparam("account_id"), SCORE.c.period == bindparam("period"))
_FIRST = select(func.min(SCORE.c.start)).where(*_IN_PERIODS)
# Naming each start lets the primary key find one row a period, however many people there are.
_BEST = (
    select(SCORE.c.start, SCORE.c.points)
    .where(*_IN_PERIODS, SCORE.c.start.in_(bindparam("starts", expanding=True)))
    .where(SCORE.c.person_id == bindparam("person_id"), SCORE.c.points > 0)
    .order_by(SCORE.c.points.desc(), SCORE.c.start)
    .limit(1)
)
