"""Whether what was filled in is a webinar."""

import datetime as dt
from collections.abc import Mapping

from sqlmodel import Session

from loyalty.webinars.details import AudienceSpec, WebinarSpec
from loyalty.webinars.errors import BadWebinarError


def webinar_faults(spec: WebinarSpec, *, now: dt.datetime) -> tuple[BadWebinarError, ...]:
    """Return all that is wrong with what was filled in, by field; nothing where it is a webinar."""
    raise NotImplementedError


def audience_faults(
    session: Session, audiences: Mapping[int, AudienceSpec], *, now: dt.datetime
) -> tuple[BadWebinarError, ...]:
    """Return what is wrong with who is invited, by account: nobody at all, or a part of an account in its channel."""
    raise NotImplementedError
