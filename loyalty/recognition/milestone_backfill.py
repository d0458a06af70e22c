"""What a programme that comes into force finds already true: milestones that people are past are marked, silently."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import Session, col, func, select

from leaderboards.periods import ALWAYS
from loyalty.digests import value_hash
from loyalty.programme import Count, Distinct, Milestone, Points, Streak, TeamPoints
from loyalty.programme.versions import InForce
from loyalty.recognition.milestones import earned_days, keep_values, longest_run
from storage import bulk
from storage.account_lock import next_ids
from storage.tables import Account, DistinctValue, Person, Reached, Score, TeamScore, Usage


def backfill_milestones(
    session: Session, account: Account, new: InForce, old: InForce | None, *, now: dt.datetime
) -> int:
    """Mark who is past each milestone that is new, or asks for something else than before; return how many marks."""
    account_id: Any = account.id
    before = {milestone.key: milestone.when for milestone in old.programme.milestones} if old else {}
    marked = 0
    for milestone in new.programme.milestones:
        if before.get(milestone.key) != milestone.when:
            if isinstance(milestone.when, Distinct):
                _gather_values(session, account_id, milestone.when)
            marked += _write_marks(
                session, account_id, milestone, _who_is_past(session, account_id, milestone), new.number, now
            )
    return marked


def _who_is_past(session: Session, account_id: int, milestone: Milestone) -> list[int | None]:
    """Return who is past a milestone by now; None stands for all together."""
    when = milestone.when
    if isinstance(when, TeamPoints):
        total = session.get(TeamScore, (account_id, "all", ALWAYS))
        return [None] if total is not None and total.points >= when.team_points else []
    earning = set(session.exec(select(Person.id).where(col(Person.account_id) == account_id, ~col(Person.excluded))))
    return [person_id for person_id in _people_past(session, account_id, when) if person_id in earning]


def _people_past(session: Session, account_id: int, when: Points | Count | Distinct | Streak) -> Iterable[int]:
    match when:
        case Points(points=points):
            return session.exec(
                select(Score.person_id).where(
                    col(Score.account_id) == account_id, col(Score.period) == "all", col(Score.points) >= points
                )
            )
        case Count(count=count, of=name):
            counted = select(Usage.person_id).where(
                col(Usage.account_id) == account_id, col(Usage.name) == name, col(Usage.person_id).is_not(None)
            )
            person_ids = session.exec(counted.group_by(col(Usage.person_id)).having(func.count() >= count))
            return [person_id for person_id in person_ids if person_id is not None]
        case Distinct(distinct=distinct, of=of, event=event):
            values = select(DistinctValue.person_id).where(
                col(DistinctValue.account_id) == account_id,
                col(DistinctValue.event) == event,
                col(DistinctValue.property) == of,
            )
            return session.exec(values.group_by(col(DistinctValue.person_id)).having(func.count() >= distinct))
        case Streak(streak=streak):
            days: dict[int, set[dt.date]] = defaultdict(set)
            for person_id, day in earned_days(session, account_id):
                days[person_id].add(day)
            return [person_id for person_id, own in days.items() if longest_run(own) >= streak]


def _gather_values(session: Session, account_id: int, when: Distinct) -> None:
    """Keep the distinct values of usage that came before anybody asked for them."""
    seen: set[tuple[int, str, str, bytes]] = set()
    for person_id, properties in _properties(session, account_id, when.event):
        value = properties.get(when.of)
        if value is not None:
            seen.add((person_id, when.event, when.of, value_hash(value)))
    keep_values(session, account_id, sorted(seen))


def _properties(session: Session, account_id: int, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = session.exec(
        select(Usage.person_id, Usage.properties)
        .where(col(Usage.account_id) == account_id, col(Usage.name) == name, col(Usage.person_id).is_not(None))
        .execution_options(yield_per=1000)
    )
    for person_id, properties in rows:
        if person_id is not None and properties is not None:
            yield person_id, dict(properties)


def _write_marks(
    session: Session, account_id: int, milestone: Milestone, people: list[int | None], version: int, now: dt.datetime
) -> int:
    reached = select(Reached.person_id).where(
        col(Reached.account_id) == account_id, col(Reached.milestone) == milestone.key
    )
    already_marked = set(session.exec(reached))
    new = sorted((person_id for person_id in people if person_id not in already_marked), key=lambda who: who or 0)
    first = next_ids(session, account_id, len(new))
    rows = [
        {
            "account_id": account_id,
            "id": number,
            "milestone": milestone.key,
            "person_id": person_id,
            "usage_id": None,
            "version": version,
            "occurred_at": now,
            "recorded_at": now,
            "announced": False,
        }
        for number, person_id in enumerate(new, first)
    ]
    bulk.insert(session, Reached, rows)
    return len(rows)
