"""Webinars after a new tzdata: their local times stay, their instants move, and who answered is told."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.webinars.changes import move_start
from loyalty.webinars.local_time import instant_again
from loyalty.webinars.rows import lock_webinar
from storage.tables import Webinar

ZONE_CHANGED = None
"""A zone's change has no reason in anybody's words: the message says that the hour is another."""


@dataclass(frozen=True, slots=True)
class RefreshedWebinar:
    """A webinar whose zone changed its rules: its local time stayed, its instant went from `before` to `after`."""

    key: str
    before: dt.datetime
    after: dt.datetime


def webinars_to_refresh(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the webinars ahead whose instant is another by the zones' rules of now. Wants the operator's scope.

    For each start of the bot and once a day; each is then moved by `refresh_instant`, in a transaction of its own.
    """
    ahead = select(Webinar).where(
        col(Webinar.state).in_(("draft", "scheduled", "announced")), col(Webinar.starts_at) > now
    )
    rows = session.exec(ahead.order_by(col(Webinar.key)))
    return tuple(row.key for row in rows if _again(row) not in {row.starts_at, None})


def refresh_instant(session: Session, key: str, *, now: dt.datetime) -> RefreshedWebinar | None:
    """Work a webinar's instant out again, and return how it moved, None where it did not. The operator's scope."""
    row = lock_webinar(session, key)
    before, after = row.starts_at, _again(row)
    if after is None or after == before or before <= now:
        return None
    move_start(session, row, after, now=now, why=ZONE_CHANGED)
    return RefreshedWebinar(key, before, after)


def refresh_instants(session: Session, *, now: dt.datetime) -> tuple[RefreshedWebinar, ...]:
    """Work the instants of all webinars ahead out again, in one transaction, and return those that moved."""
    found = [refresh_instant(session, key, now=now) for key in webinars_to_refresh(session, now=now)]
    return tuple(each for each in found if each is not None)


def _again(row: Webinar) -> dt.datetime | None:
    return instant_again(row.local_start, row.timezone, row.fold)
