"""What holds for all webinars, as the programme says."""

from sqlmodel import Session

from loyalty.programme import Webinars
from loyalty.programme.versions import NoProgrammeError, in_force


def webinar_rules(session: Session) -> Webinars:
    """Return what the programme in force says of all webinars; where none was applied yet, what holds unsaid."""
    try:
        return in_force(session).programme.webinars
    except NoProgrammeError:
        return Webinars()
