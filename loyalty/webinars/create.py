"""A webinar, or a series of them, is made: a draft, which nobody is told of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.webinars.details import AudienceSpec, WebinarDetails, WebinarSpec


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
    raise NotImplementedError


def create_webinar(
    session: Session, spec: WebinarSpec, audiences: Mapping[int, AudienceSpec], *, author: str, now: dt.datetime
) -> WebinarDetails:
    """Write a webinar down as a draft, with who is to be invited by account, and return it.

    `audiences` may be empty: accounts are then invited later, before it is announced. Wants the operator's scope.
    Errors: the first of `webinar_faults` and `audience_faults`, `KeyTakenError`.
    """
    raise NotImplementedError


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
    raise NotImplementedError
