"""Scores as the transfers make them: what the kept ones are held against, and what repairs them.

Counted are earn, adjust and their reversals: into or out of a person's own wallet for the person and the team, into or
out of the pool for the team alone.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, delete, func, or_, select
from sqlmodel import Session

from leaderboards.periods import Weekday, starts
from storage import ledger_writes
from storage.account_lock import lock_account
from storage.tables import Score, TeamScore, Transfer, Wallet, core

COUNTED = ("earn", "adjust")

Points = Mapping[tuple[str, dt.date], int]
"""Points by period and its start."""

TRANSFER = core(Transfer)
ORIGINAL = TRANSFER.alias("original")
WALLET = core(Wallet)
SCORE = core(Score)
TEAM_SCORE = core(TeamScore)
_ACCOUNT: Any = bindparam("account_id")
_STREAMED = {"yield_per": 2000}


@dataclass(frozen=True, slots=True)
class Difference:
    """A score that is not what the transfers make it; `person_id` is None for the team's."""

    person_id: int | None
    period: str
    start: dt.date
    kept: int
    recomputed: int


def differences(session: Session, account_id: int, week_starts: Weekday) -> Iterator[Difference]:
    """Return each kept score of the account that differs from its transfers; no row is the same as 0 points."""
    streams = (
        _in_turn(stored_scores(session, account_id), 0),
        _in_turn(recomputed_scores(session, account_id, week_starts), 1),
    )
    for (_, person_id), both in groupby(heapq.merge(*streams, key=lambda entry: entry[:2]), key=lambda entry: entry[0]):
        sides: list[Points] = [{}, {}]
        for _, side, points in both:
            sides[side] = points
        for period, start in sorted({*sides[0], *sides[1]}):
            stored, expected = (side.get((period, start), 0) for side in sides)
            if stored != expected:
                yield Difference(person_id or None, period, start, stored, expected)


def rebuild(session: Session, account_id: int, week_starts: Weekday) -> None:
    """Write the account's scores anew, as its transfers make them."""
    lock_account(session, account_id)
    for table in (SCORE, TEAM_SCORE):
        session.execute(delete(table).where(table.c.account_id == _ACCOUNT), {"account_id": account_id})
    for person_id, points in recomputed_scores(session, account_id, week_starts):
        if person_id is None:
            ledger_writes.team_score(session, account_id, points)
        else:
            own = {(period, start, person_id): gained for (period, start), gained in points.items()}
            ledger_writes.score(session, account_id, own)


def recomputed_scores(session: Session, account_id: int, week_starts: Weekday) -> Iterator[tuple[int | None, Points]]:
    """Return what each person's transfers come to, by id, and at last the team's (None)."""
    totals = {"account_id": account_id}
    pool = session.execute(_POOL_BY_DAY, totals).all()
    together = defaultdict(int, {day: int(points) for day, points in pool})
    people = session.execute(_PEOPLE_BY_DAY, totals, execution_options=_STREAMED)
    for person_id, rows in groupby(people, key=lambda row: row.person_id):
        days = {day: int(points) for _, day, points in rows}
        for day, points in days.items():
            together[day] += points
        yield person_id, _rolled_up(days, week_starts)
    yield None, _rolled_up(together, week_starts)


def stored_scores(session: Session, account_id: int) -> Iterator[tuple[int | None, Points]]:
    """Return each person's scores as they are kept, by id, and at last the team's (None)."""
    totals = {"account_id": account_id}
    people = session.execute(_KEPT, totals, execution_options=_STREAMED)
    for person_id, rows in groupby(people, key=lambda row: row.person_id):
        yield person_id, {(period, start): points for _, period, start, points in rows}
    yield None, {(period, start): points for period, start, points in session.execute(_KEPT_TOGETHER, totals)}


def _in_turn(scores: Iterable[tuple[int | None, Points]], side: int) -> Iterator[tuple[tuple[bool, int], int, Points]]:
    for person_id, points in scores:
        yield (person_id is None, person_id or 0), side, points


def _rolled_up(days: Mapping[dt.date, int], week_starts: Weekday) -> Points:
    points: dict[tuple[str, dt.date], int] = defaultdict(int)
    for day, gained in days.items():
        for period, start in starts(day, week_starts):
            points[period, start] += gained
    return points


def _by_day(wallet: Any) -> Select[Any]:
    gained = func.sum(case((TRANSFER.c.to_id == WALLET.c.id, TRANSFER.c.points), else_=-TRANSFER.c.points))
    return (
        select(TRANSFER.c.local_day, gained)
        .join(
            WALLET,
            and_(
                WALLET.c.account_id == TRANSFER.c.account_id,
                wallet,
                WALLET.c.id.in_([TRANSFER.c.from_id, TRANSFER.c.to_id]),
            ),
        )
        .outerjoin(
            ORIGINAL, and_(ORIGINAL.c.account_id == TRANSFER.c.account_id, ORIGINAL.c.id == TRANSFER.c.reverses_id)
        )
        .where(TRANSFER.c.account_id == _ACCOUNT, or_(TRANSFER.c.kind.in_(COUNTED), ORIGINAL.c.kind.in_(COUNTED)))
        .group_by(TRANSFER.c.local_day)
    )


_POOL_BY_DAY = _by_day(WALLET.c.kind == "pool")
_PEOPLE_BY_DAY = (
    _by_day(and_(WALLET.c.kind == "person", WALLET.c.person_id == TRANSFER.c.person_id))
    .with_only_columns(TRANSFER.c.person_id, *_by_day(WALLET.c.kind == "person").selected_columns)
    .group_by(TRANSFER.c.person_id)
    .order_by(TRANSFER.c.person_id)
)
_KEPT = (
    select(SCORE.c.person_id, SCORE.c.period, SCORE.c.start, SCORE.c.points)
    .where(SCORE.c.account_id == _ACCOUNT)
    .order_by(SCORE.c.person_id)
)
_KEPT_TOGETHER = select(TEAM_SCORE.c.period, TEAM_SCORE.c.start, TEAM_SCORE.c.points).where(
    TEAM_SCORE.c.account_id == _ACCOUNT
)
