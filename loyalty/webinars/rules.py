"""What holds for all webinars, as the programme says, else as below."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarRules:
    """`min_share` of the length is enough to have come; `silent_until`: how long before the start moves are silent."""

    min_share: float = 0.5
    remind: tuple[dt.timedelta, ...] = (dt.timedelta(days=1), dt.timedelta(minutes=30))
    silent_until: dt.timedelta = dt.timedelta(hours=12)


def webinar_rules(session: Session) -> WebinarRules:
    """Return what holds for all webinars now."""
    raise NotImplementedError
