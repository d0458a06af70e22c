"""A person's feed: an address of their own, at which calendars fetch their webinars. Whoever has it can read it."""

import datetime as dt
import re
from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.notifications.recipients import recipient
from loyalty.webinars.calendar.entries import CalendarEntry, feed_entries
from storage.account_lock import lock_account
from storage.tables import CalendarFeed, Person

SECRET_BYTES = 32
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar gets that fetches a feed, and how its owner is spoken to."""

    entries: tuple[CalendarEntry, ...]
    language: str
    timezone: str


def feed_path(secret: str) -> str:
    """Return the path of a feed's address."""
    return f"/calendar/{secret}.ics"


def renew_feed(session: Session, account_id: int, person_id: int, secret: str, *, now: dt.datetime) -> None:
    """Give somebody the feed of a secret that the caller made, at random; the one they had ends."""
    if not _SECRET.fullmatch(secret):
        raise ValueError(f"a feed's secret is {SECRET_BYTES} bytes of base64url")
    lock_account(session, account_id)
    made = CalendarFeed(account_id=account_id, person_id=person_id, secret_hash=_digest(secret), made_at=now)
    session.merge(made)
    session.flush()


def revoke_feed(session: Session, account_id: int, person_id: int) -> bool:
    """End somebody's feed, and return whether they had one."""
    feed = session.get(CalendarFeed, (account_id, person_id))
    if feed is None:
        return False
    session.delete(feed)
    session.flush()
    return True


def feed_made_at(session: Session, account_id: int, person_id: int) -> dt.datetime | None:
    """Return since when somebody has their feed, None where they have none."""
    feed = session.get(CalendarFeed, (account_id, person_id))
    return None if feed is None else feed.made_at


def find_feed(session: Session, secret: str, *, now: dt.datetime) -> Feed | None:
    """Return what is at a feed's address; None where nothing is, or its owner left. Wants the operator's scope."""
    if not _SECRET.fullmatch(secret):
        return None
    feed = session.exec(select(CalendarFeed).where(col(CalendarFeed.secret_hash) == _digest(secret))).first()
    person = None if feed is None else session.get(Person, (feed.account_id, feed.person_id))
    if feed is None or person is None or person.left_at is not None or person.erased_at is not None:
        return None
    account, to = by_id(session, feed.account_id), recipient(session, feed.account_id, feed.person_id)
    entries = feed_entries(session, feed.account_id, feed.person_id, now=now)
    return Feed(entries, to.language if to else account.language, to.timezone if to else account.timezone)


def _digest(secret: str) -> bytes:
    """Return what is stored. The secret is as long as the hash, and random: nobody guesses it from this."""
    return sha256(b"calendar feed\0" + secret.encode()).digest()
