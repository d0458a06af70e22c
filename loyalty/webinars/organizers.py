"""Who may change a webinar: its organizer, an account manager by their e-mail; others invite their own accounts."""

import datetime as dt
import re
from collections.abc import Collection
from unicodedata import normalize

from sqlmodel import Session

from loyalty.accounts.managers import manager_emails
from loyalty.accounts.slack_profile import SlackUser
from loyalty.webinars.audience.people import invited_accounts
from loyalty.webinars.details import WebinarDetails
from loyalty.webinars.errors import NoSuchWebinarError, NotOrganizerError
from loyalty.webinars.overview.queries import webinars_listed
from loyalty.webinars.rows import find_webinar

MAX_SLUG_CHARS = 40
_OTHER = re.compile(r"[^a-z0-9]+")


def check_organizer(session: Session, key: str, user: SlackUser) -> str:
    """Return the e-mail of a webinar's organizer, who is somebody in Slack. Wants the operator's scope.

    Errors: `NotOrganizerError` where it is somebody else, `NoSuchWebinarError`.
    """
    organizer = find_webinar(session, key).organizer
    if organizer is None or organizer not in manager_emails(session, user):
        raise NotOrganizerError(f"{user.user_id} does not organize `{key}`")
    return organizer


def check_manages(session: Session, key: str, user: SlackUser, own: Collection[int]) -> bool:
    """Return whether somebody in Slack organizes a webinar; else it is for an account they look after, one of `own`.

    Wants the operator's scope. Errors: `NoSuchWebinarError`, also where it is neither.
    """
    row = find_webinar(session, key)
    organizes = row.organizer in manager_emails(session, user)
    if not organizes and set(own).isdisjoint(invited_accounts(session, key)):
        raise NoSuchWebinarError(key)
    return organizes


def managed_webinars(
    session: Session, user: SlackUser, own: Collection[int], *, now: dt.datetime
) -> tuple[WebinarDetails, ...]:
    """Return the webinars somebody organizes, and those for accounts they look after, by their start.

    Wants the operator's scope.
    """
    emails = manager_emails(session, user)
    return tuple(
        details
        for details in webinars_listed(session, now=now)
        if details.organizer in emails or not set(own).isdisjoint(invited_accounts(session, details.key))
    )


def webinar_key(title: str, day: dt.date, unique: str) -> str:
    """Return a key for a webinar that is made in a window: its title, its day, and what tells it from others."""
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = _OTHER.sub("-", plain).strip("-")[:MAX_SLUG_CHARS].strip("-") or "webinar"
    return f"{slug}-{day:%Y%m%d}-{unique}"
