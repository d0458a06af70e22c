"""What holds for all webinars, as the programme says, else as below."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.programme.versions import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarRules:
    """`min_share` of the length is enough to have come; `silent_until`: how long before the start moves are silent."""

    min_share: float = 0.5
    remind: tuple[dt.timedelta, ...] = (dt.timedelta(days=1), dt.timedelta(minutes=30))
    silent_until: dt.timedelta = dt.timedelta(hours=12)


def webinar_rules(session: Session) -> WebinarRules:
    """Return what holds for all webinars now: what the programme in force says under `webinars`. `NoProgrammeError`."""
    found = getattr(in_force(session).programme, "webinars", None)
    if found is None:
        return WebinarRules()
    return WebinarRules(
        min_share=float(found.min_share),
        remind=tuple(found.remind),
        silent_until=getattr(found, "silent_until", SILENT),
    )


SILENT = dt.timedelta(hours=12)
"""From how long before the start on nobody is moved silently."""
