"""What reading a report yields."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from handlers.webinars.attendance_reports.union import Interval


class Platform(StrEnum):
    """Whose report it is."""

    TEAMS = "teams"
    ZOOM = "zoom"
    MEET = "meet"
    WEBEX = "webex"


class Role(StrEnum):
    """What somebody was in the meeting, as the platform says: a hint, since in Teams everybody may be a presenter."""

    HOST = "host"
    PRESENTER = "presenter"
    ATTENDEE = "attendee"


class Attendee(NamedTuple):  # a report has 50,000, and a frozen dataclass takes three times as long to make
    """Somebody who came.

    `intervals` are in UTC, in order and apart from each other; none where the report has no times, or only the first
    and the last of somebody who was away in between. `minutes` are whole ones begun and ended; None where the report
    has neither times nor durations.
    """

    name: str
    email: str | None
    intervals: tuple[Interval, ...]
    minutes: int | None
    role: Role | None = None


class Unread(StrEnum):
    """What could not be read of a row."""

    NOBODY_NAMED = "nobody_named"
    TIME = "time"
    LEFT_BEFORE_JOINED = "left_before_joined"
    ANOTHER_DAY = "another_day"


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row of which something was left out; who is named in it has come all the same, but for another day's."""

    line: int
    reason: Unread
    found: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceReport:
    """The people of one report.

    `unread` has the first rows of which something was left out, `unread_rows` counts all of them. `shift` is what was
    added to the times, where they were in another zone than the webinar's.
    """

    platform: Platform
    attendees: tuple[Attendee, ...]
    no_shows: int = 0
    unread: tuple[UnreadRow, ...] = ()
    unread_rows: int = 0
    shift: timedelta = timedelta()
