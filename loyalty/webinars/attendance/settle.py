"""Attendance follows the evidence: what changed is recorded, or taken back, and courses with it."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import Session, col, func, select

from loyalty.webinars.attendance.points import (
    attended_event,
    completed_event,
    record_own_events,
    withdraw_own_event,
)
from loyalty.webinars.attendance.verdict import (
    Verdict,
    enough_minutes,
    standing_evidence,
    standing_reports,
    verdict,
)
from storage.account_lock import lock_account
from storage.tables import CourseCompletion, Webinar, WebinarAttendance, WebinarSeries


def verdicts(
    session: Session, account_id: int, row: Webinar, people: Collection[int] | None = None
) -> Mapping[int, Verdict]:
    """Return what all evidence says of an account's people now; `people`: of those alone, also where there is none."""
    reports = [report.id for report in standing_reports(session, row.key)]
    evidence = standing_evidence(session, account_id, row.key, reports, people)
    enough = enough_minutes(row)
    known = select(WebinarAttendance.person_id).where(
        col(WebinarAttendance.account_id) == account_id, col(WebinarAttendance.webinar) == row.key
    )
    everybody = people if people is not None else {*evidence, *session.exec(known)}
    return {person_id: verdict(evidence.get(person_id, ()), enough) for person_id in sorted(everybody)}


def settle_attendance(
    session: Session,
    account_id: int,
    row: Webinar,
    people: Collection[int] | None = None,
    *,
    author: str,
    now: dt.datetime,
) -> None:
    """Bring an account's attendance up to its evidence; the webinar's lock is the caller's, the account's is taken."""
    lock_account(session, account_id)
    found = verdicts(session, account_id, row, people)
    came = []
    for person_id, says in found.items():
        known = session.get(WebinarAttendance, (account_id, row.key, person_id), populate_existing=True)
        known = known or WebinarAttendance(account_id=account_id, webinar=row.key, person_id=person_id, came=False)
        if (known.came, known.minutes) == (says.came, says.minutes):
            session.add(known)
            continue
        if known.came:
            event = attended_event(row.key, person_id, known.revision)
            withdraw_own_event(session, account_id, event, author=author, now=now)
        known.came, known.minutes = says.came, says.minutes
        known.revision += says.came
        session.add(known)
        if says.came:
            event = attended_event(row.key, person_id, known.revision)
            came.append((event, _properties(row, says)))
    session.flush()
    if came:
        record_own_events(session, account_id, came, occurred_at=row.starts_at, now=now)
    settle_course(session, account_id, row, list(found), author=author, now=now)


def _properties(row: Webinar, says: Verdict) -> dict[str, Any]:
    found = {"webinar": row.key, "kind": row.kind, "series": row.series, "minutes": says.minutes}
    return {name: value for name, value in found.items() if value is not None}


def settle_course(
    session: Session, account_id: int, row: Webinar, people: Collection[int], *, author: str, now: dt.datetime
) -> None:
    """Record who completed the webinar's course, and take that back of whom has too few parts now."""
    series = None if row.series is None else session.get(WebinarSeries, row.series)
    if series is None or series.complete is None:
        return
    parts = _parts(session, account_id, series.key, people)
    done = []
    for person_id in people:
        known = session.get(CourseCompletion, (account_id, series.key, person_id))
        complete = parts.get(person_id, 0) >= series.complete
        if complete == (known is not None and known.completed):
            continue
        known = known or CourseCompletion(
            account_id=account_id, series=series.key, person_id=person_id, completed=False
        )
        if known.completed:
            event = completed_event(series.key, person_id, known.revision)
            withdraw_own_event(session, account_id, event, author=author, now=now)
        known.completed, known.revision = complete, known.revision + complete
        session.add(known)
        if complete:
            done.append((completed_event(series.key, person_id, known.revision), {"course": series.key}))
    session.flush()
    if done:
        record_own_events(session, account_id, done, occurred_at=row.starts_at, now=now)


def _parts(session: Session, account_id: int, series: str, people: Collection[int]) -> Mapping[int, int]:
    """Return to how many of a series' webinars each person came."""
    of_series = select(Webinar.key).where(col(Webinar.series) == series)
    wanted = (
        select(WebinarAttendance.person_id, func.count())
        .where(
            col(WebinarAttendance.account_id) == account_id,
            col(WebinarAttendance.webinar).in_(of_series),
            col(WebinarAttendance.came),
            col(WebinarAttendance.person_id).in_(people),
        )
        .group_by(col(WebinarAttendance.person_id))
    )
    return dict(session.exec(wanted).all())
