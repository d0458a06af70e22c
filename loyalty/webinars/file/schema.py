"""What a webinar's file may say, and what is said of a wrong value."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from loyalty.programme import LocalizedText
from loyalty.programme.durations import Months, read_duration
from loyalty.programme.errors import WrongValueError, shown
from loyalty.programme.field_types import Day, Email, Key, Name, Zone, one_of, text, whole
from loyalty.programme.localized_text import Title
from loyalty.programme.schema_base import SchemaPart
from loyalty.webinars.details import Kind, Reach

MAX_LINK_CHARS = 2000
Role = Literal["user", "champion", "manager", "executive"]
Which = Literal["first", "second"]
_LOCAL_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2})")
_WEEK = dt.timedelta(weeks=1)


def read_local_time(value: object) -> dt.datetime:
    """Return a local time written as 2026-03-20 15:00, without an offset; a ValueError says what would be one."""
    found = _LOCAL_TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if found:
            return dt.datetime.fromisoformat(f"{found[1]}T{found[2]}")
    except ValueError:
        pass
    raise WrongValueError(f'a day and a time like "2026-03-20 15:00" are wanted, not {shown(value)}')


def _length(value: object) -> dt.timedelta:
    if not isinstance(value, str):
        raise WrongValueError(f"a length of time like 1 day or 30m is wanted, not {shown(value)}")
    length = read_duration(value)
    if isinstance(length, Months):
        raise WrongValueError(f'"{value}" differs from month to month: write it in m, h, days or weeks')
    return length


def _weeks(value: object) -> int:
    length = _length(value)
    if length % _WEEK:
        raise WrongValueError(f'"{value}" is no number of weeks: write it like 1 week')
    return length // _WEEK


LocalTime = Annotated[dt.datetime, BeforeValidator(read_local_time)]
Length = Annotated[dt.timedelta, BeforeValidator(_length)]
Weeks = Annotated[int, BeforeValidator(_weeks)]
Link = Annotated[str, text(MAX_LINK_CHARS)]
Place = Annotated[str, text(500)]
Part = Annotated[int, whole(1, "something takes place at least once", most=52)]


class SeriesPart(SchemaPart):
    """Several webinars of one name: every so many weeks, or on dates."""

    key: Key = Field(description="lowercase letters, digits and hyphens")
    every: Weeks | None = None
    times: Part | None = None
    dates: tuple[Day, ...] = ()


class CoursePart(SchemaPart):
    """A series that so many parts complete."""

    key: Key = Field(description="lowercase letters, digits and hyphens")
    complete: Part = Field(description="how many parts complete it")


class WebinarPart(SchemaPart):
    """A webinar, and who is invited to it."""

    key: Key = Field(description="lowercase letters, digits and hyphens")
    kind: Annotated[Kind, one_of(Kind)] = "webinar"
    title: Title = Field(description="what it is called")
    why: LocalizedText | None = None
    at: LocalTime = Field(description='when it begins, like "2026-03-20 15:00"')
    timezone: Zone = Field(description="the zone of that time, like Europe/Warsaw")
    which: Annotated[Which, one_of(Which)] | None = None
    minutes: Annotated[int, whole(5, "it lasts at least 5 minutes", most=20_160)] | None = None
    ends: LocalTime | None = None
    link: Link | None = None
    place: Place | None = None
    seats: Annotated[int, whole(1, "leave seats out where as many as like may come", most=10_000)] | None = None
    accounts: tuple[Key, ...] = ()
    where: Annotated[Reach, one_of(Reach)] = "channel"
    roles: tuple[Annotated[Role, one_of(Role)], ...] = ()
    tiers: tuple[Key, ...] = ()
    people: tuple[Name, ...] = ()
    remind: tuple[Length, ...] | None = None
    min_minutes: Annotated[int, whole(1, "whoever came was there for a minute", most=20_160)] | None = None
    recording: Link | None = None
    survey: Key | None = None
    series: SeriesPart | None = None
    dates: tuple[Day, ...] = ()
    course: CoursePart | None = None
    organizer: Email | None = None


class WebinarFile(SchemaPart):
    """The whole file."""

    webinar: WebinarPart = Field(description="{key: …, title: …, at: …}")
