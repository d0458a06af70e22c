"""Local times of webinars: the instant that clocks in a zone show, those they skip, those they show twice."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class RefreshedWebinar:
    """A webinar whose zone changed its rules: its local time stayed, its instant went from `before` to `after`."""

    key: str
    before: dt.datetime
    after: dt.datetime


def start_instant(local: dt.datetime, zone: str, fold: Literal[0, 1] | None) -> dt.datetime:
    """Return the instant, in UTC, at which clocks in a zone show a local time.

    Errors: `NoSuchZoneError`, `TimeSkippedError`, `TimeTwiceError` where it comes twice and `fold` says not which.
    """
    raise NotImplementedError


def refresh_instants(session: Session, *, now: dt.datetime) -> tuple[RefreshedWebinar, ...]:
    """Work the instants of webinars ahead out again, and return those that moved; who answered is told of each.

    For each start of the bot and once a day: a new tzdata may have changed a zone. Wants the operator's scope.
    """
    raise NotImplementedError
