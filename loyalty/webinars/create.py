"""A webinar, or a series of them, is made: a draft, which nobody is told of."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlmodel import Session

from loyalty.webinars.audience.row import write_audience
from loyalty.webinars.details import AudienceSpec, WebinarDetails, WebinarSpec
from loyalty.webinars.errors import BadSeriesError, KeyTakenError
from loyalty.webinars.local_time import start_instant
from loyalty.webinars.rows import audit_webinar, details_of
from loyalty.webinars.rules import webinar_rules
from loyalty.webinars.validate import audience_faults, check_key, webinar_faults
from storage.tables import Webinar, WebinarSeries

MAX_PARTS = 52
MAX_KEY_CHARS = 60
"""Of a series: its parts' keys are up to four longer."""


@dataclass(frozen=True, slots=True)
class EveryWeeks:
    """A series: every so many weeks, so many times, the first as the webinar says."""

    weeks: int
    times: int


@dataclass(frozen=True, slots=True)
class OnDates:
    """A series: on these local days, at the webinar's time of day; the first is the webinar's own."""

    dates: tuple[dt.date, ...]


def series_specs(spec: WebinarSpec, repeat: EveryWeeks | OnDates) -> tuple[WebinarSpec, ...]:
    """Return the parts of a series, in order: `spec` on each date, their keys ending in `-1`, `-2` and so on.

    `spec.series` names it (else its own key); each part is then a webinar of its own. Errors: `BadSeriesError`.
    """
    first = spec.local_start.date()
    if isinstance(repeat, EveryWeeks):
        if repeat.weeks < 1 or not 2 <= repeat.times <= MAX_PARTS:
            raise BadSeriesError(f"every {repeat.weeks} weeks, {repeat.times} times is no series: 2 to 52 times")
        dates = tuple(first + dt.timedelta(weeks=repeat.weeks * part) for part in range(repeat.times))
    else:
        dates = repeat.dates
    if not 2 <= len(dates) <= MAX_PARTS or any(one >= other for one, other in pairwise(dates)):
        raise BadSeriesError(f"a series has 2 to {MAX_PARTS} dates, each later than the one before")
    if spec.complete is not None and not 1 <= spec.complete <= len(dates):
        raise BadSeriesError(f"{spec.complete} of {len(dates)} parts cannot complete a course")
    if len(spec.key) > MAX_KEY_CHARS:
        raise BadSeriesError(f"a series has a key of at most {MAX_KEY_CHARS} characters")
    series, time = spec.series or spec.key, spec.local_start.time()
    return tuple(
        replace(spec, key=f"{spec.key}-{part}", series=series, local_start=dt.datetime.combine(day, time))
        for part, day in enumerate(dates, 1)
    )


def create_webinar(
    session: Session, spec: WebinarSpec, audiences: Mapping[int, AudienceSpec], *, author: str, now: dt.datetime
) -> WebinarDetails:
    """Write a webinar down as a draft, with who is to be invited by account, and return it.

    `audiences` may be empty: accounts are then invited later, before it is announced. Wants the operator's scope.
    Errors: the first of `webinar_faults` and `audience_faults`, `KeyTakenError`.
    """
    faults = webinar_faults(spec, now=now) or (audience_faults(session, audiences, now=now) if audiences else ())
    if faults:
        raise faults[0]
    if session.get(Webinar, spec.key) is not None:
        raise KeyTakenError(spec.key)
    _open_series(session, spec, now)
    row = _row(session, spec, author, now)
    session.add(row)
    session.flush()
    for account_id, audience in sorted(audiences.items()):
        write_audience(session, account_id, row.key, audience, author=author, now=now)
    audit_webinar(session, row.key, "create", author, now)
    return details_of(session, row, now)


def create_series(
    session: Session,
    spec: WebinarSpec,
    repeat: EveryWeeks | OnDates,
    audiences: Mapping[int, AudienceSpec],
    *,
    author: str,
    now: dt.datetime,
) -> tuple[WebinarDetails, ...]:
    """Write the parts of a series, or course, down as drafts and return them; else as `create_webinar`."""
    parts = series_specs(spec, repeat)
    return tuple(create_webinar(session, part, audiences, author=author, now=now) for part in parts)


def _open_series(session: Session, spec: WebinarSpec, now: dt.datetime) -> None:
    if spec.complete is not None and (spec.series is None or spec.complete < 1):
        raise BadSeriesError("a course is a series: name it, and how many parts complete it")
    if spec.series is None:
        return
    check_key(spec.series)
    known = session.get(WebinarSeries, spec.series)
    if known is None:
        session.add(WebinarSeries(key=spec.series, complete=spec.complete, created_at=now))
    elif spec.complete is not None:
        known.complete = spec.complete
        session.add(known)
    session.flush()


def _row(session: Session, spec: WebinarSpec, author: str, now: dt.datetime) -> Webinar:
    rules = webinar_rules(session)
    starts_at = start_instant(spec.local_start, spec.timezone, spec.fold)
    remind = rules.remind if spec.remind is None else spec.remind
    return Webinar(
        key=spec.key,
        kind=spec.kind,
        title=spec.title.root,
        why=None if spec.why is None else spec.why.root,
        local_start=spec.local_start,
        timezone=spec.timezone,
        fold=spec.fold or 0,
        minutes=spec.minutes,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=spec.minutes),
        link=spec.link,
        place=None if spec.link else spec.place,
        seats=spec.seats,
        organizer=None if spec.organizer is None else spec.organizer.strip().lower(),
        remind=sorted({round(each.total_seconds()) for each in remind}, reverse=True),
        min_minutes=spec.min_minutes or max(1, math.ceil(spec.minutes * rules.min_share)),
        recording=spec.recording,
        recording_at=now if spec.recording else None,
        survey=spec.survey,
        series=spec.series,
        created_at=now,
        created_by=author,
    )
