"""Who may be asked now, by when they were asked and when they answered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Cooldowns:
    """Days that pass between two surveys of a kind, and between any two."""

    nps: int = 90
    others: int = 14
    any: int = 7

    def of(self, kind: str) -> int:
        """Return the days between two surveys of this kind."""
        return self.nps if kind == "nps" else self.others


@dataclass(frozen=True, slots=True)
class Asked:
    """When somebody was last asked, by kind of survey, and when they last answered one; moments in UTC.

    `outside_any` has those that do not count for the days between any two: a webinar's, asked in its thanks.
    """

    by_kind: Mapping[str, dt.datetime] = field(default_factory=dict)
    outside_any: Mapping[str, dt.datetime] = field(default_factory=dict)
    answered: dt.datetime | None = None


def may_be_asked(
    kind: str,
    asked: Asked,
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    with_thanks: bool = False,
    days: Cooldowns | None = None,
) -> bool:
    """Return whether somebody may be asked a survey of this kind now.

    A survey that comes `with_thanks`, a webinar's, waits for its own kind alone. Whoever answered another today, by
    their own clock, is left alone until tomorrow.
    """
    if with_thanks:
        return now >= _over(kind, asked, days or Cooldowns())
    return now >= askable_from(kind, asked, days) and not _same_day(asked.answered, now, zone)


def askable_from(kind: str, asked: Asked, days: Cooldowns | None = None) -> dt.datetime:
    """Return the first moment at which the days have passed; long ago for whoever was never asked."""
    days = days or Cooldowns()
    lasts = asked.by_kind.values()
    any_over = max(lasts) + dt.timedelta(days=days.any) if lasts else _LONG_AGO
    return max(any_over, _over(kind, asked, days))


_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _over(kind: str, asked: Asked, days: Cooldowns) -> dt.datetime:
    lasts = [each[kind] for each in (asked.by_kind, asked.outside_any) if kind in each]
    return max(lasts) + dt.timedelta(days=days.of(kind)) if lasts else _LONG_AGO


def _same_day(one: dt.datetime | None, other: dt.datetime, zone: ZoneInfo) -> bool:
    return one is not None and one.astimezone(zone).date() == other.astimezone(zone).date()
