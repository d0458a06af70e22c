"""Opening months anew as a season, taking that back while it is the latest, and the channel's word of it.

Nothing is deleted and no points move: a season only says from which month on they are counted together.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from leaderboards.periods import at, months_on, start_of
from loyalty import audit
from loyalty.accounts.accounts import by_id
from loyalty.accounts.channels import channels_of
from loyalty.errors import LoyaltyError
from loyalty.notifications.contact_policy import channel_hold, quiet_hours_end
from loyalty.notifications.outbox_messages import channel_message
from loyalty.programme.versions import in_force
from storage import outbox
from storage.account_lock import lock_account, next_ids
from storage.outbox import Claimed, Drop, Later, OutboxMessage
from storage.tables import Account, Season

SEASON_KIND = "season"
OPENED, UNDONE = "season.open", "season.undo"
"""What the audit calls them."""
MAX_NAME_CHARS = 80
MAX_MONTHS_AHEAD = 12
"""So many months ahead a season may begin: more is a slip of the pen."""
POSTED_AT = dt.time(9)
"""When, by the account's clock, the channel hears of a season that begins later."""
SEASON_NEWS_FOR = dt.timedelta(days=2)


class BadSeasonError(LoyaltyError):
    """No season begins so: it is too far ahead, not a month's first day, or its name too long."""


class SeasonTakenError(LoyaltyError):
    """There is a season from that month on, or from a later one."""


class NoSeasonError(LoyaltyError):
    """There is no such season."""


class LaterSeasonError(LoyaltyError):
    """A later season exists: only the latest one is undone."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A season: its number, its first local day, its name."""

    id: int
    starts: dt.date
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonFacts:
    """What a channel is told of a new season, in the account's language."""

    starts: dt.date
    name: str | None
    language: str
    timezone: str


def opened(session: Session, account_id: int) -> list[Opened]:
    """Return the account's seasons, the latest first, those that are still to begin among them."""
    seasons = session.exec(
        select(Season).where(col(Season.account_id) == account_id).order_by(col(Season.starts).desc())
    )
    return [Opened(season.id, season.starts, season.name) for season in seasons]


def season_months(latest: dt.date | None, today: dt.date, *, so_many: int = 3) -> list[dt.date]:
    """Return months from which a new season may begin: the last one, this one and so on, all after the latest's."""
    first = months_on(start_of("month", today), -1)
    if latest is not None:
        first = max(first, months_on(latest, 1))
    return [months_on(first, further) for further in range(so_many)]


def open_season(
    session: Session, account_id: int, *, starts: dt.date, name: str | None, author: str, now: dt.datetime
) -> Opened:
    """Open the months from `starts` on as a season, tell the account's channels, and return it.

    Errors: `BadSeasonError`, `SeasonTakenError`.
    """
    name = " ".join((name or "").split()) or None
    number = next_ids(session, account_id)
    zone = ZoneInfo(by_id(session, account_id).timezone)
    _check_season(starts, name, now.astimezone(zone).date())
    latest = next(iter(opened(session, account_id)), None)
    if latest is not None and starts <= latest.starts:
        raise SeasonTakenError(
            f"there is a season from {latest.starts:%Y-%m} on: a new one begins in a later month, or undo that one"
        )
    season = Season(account_id=account_id, id=number, starts=starts, name=name, author=author, opened_at=now)
    session.add(season)
    _audit_season(session, account_id, OPENED, season, author=author, now=now)
    session.flush()
    outbox.put_message(session, account_id, _season_messages(session, season, zone, now), now=now)
    return Opened(number, starts, name)


def undo_season(session: Session, account_id: int, season_id: int, *, author: str, now: dt.datetime) -> None:
    """Take a season back, as if it had not been opened; its months count for the one before again.

    Errors: `NoSeasonError`, `LaterSeasonError`.
    """
    lock_account(session, account_id)
    seasons = opened(session, account_id)
    if season_id not in {opened_season.id for opened_season in seasons}:
        raise NoSeasonError(f"there is no season {season_id}, or no more")
    if seasons[0].id != season_id:
        raise LaterSeasonError(f"a season from {seasons[0].starts:%Y-%m} on came later: only the latest is undone")
    season = session.get_one(Season, (account_id, season_id))
    session.delete(season)
    _audit_season(session, account_id, UNDONE, season, author=author, now=now)


def season_facts(session: Session, claimed: Claimed, now: dt.datetime) -> SeasonFacts | Drop | Later:
    """Return what a channel is told of a season, or why it is not told, or not now."""
    account, hold = session.get_one(Account, claimed.account_id), channel_hold(session, claimed, now)
    season = session.get(Season, (claimed.account_id, claimed.message.subject["season"]))
    if isinstance(hold, Drop):
        return hold
    if season is None:
        return Drop("the season was undone")
    if hold is not None:
        return hold
    return SeasonFacts(starts=season.starts, name=season.name, language=account.language, timezone=account.timezone)


def _check_season(starts: dt.date, name: str | None, today: dt.date) -> None:
    if starts.day != 1:
        raise BadSeasonError(f"{starts} is no month's first day; a season begins with a month")
    if starts > months_on(start_of("month", today), MAX_MONTHS_AHEAD):
        raise BadSeasonError(f"{starts:%Y-%m} is more than {MAX_MONTHS_AHEAD} months ahead")
    if len(name or "") > MAX_NAME_CHARS:
        raise BadSeasonError(f"the name has {len(name or '')} characters; at most {MAX_NAME_CHARS} fit")


def _audit_season(
    session: Session, account_id: int, action: str, season: Season, *, author: str, now: dt.datetime
) -> None:
    details = {"season": season.id, "starts": season.starts.isoformat()}
    audit.record(session, account_id, action, details, author=author, now=now)


def _season_messages(session: Session, season: Season, zone: ZoneInfo, now: dt.datetime) -> list[OutboxMessage]:
    contact = in_force(session).programme.contact
    due_at = quiet_hours_end(contact, max(now, at(season.starts, POSTED_AT, zone)), zone)
    return [
        channel_message(
            channel,
            key=f"season/{season.id}/{channel.id}",
            kind=SEASON_KIND,
            subject={"season": season.id},
            due_at=due_at,
            good_for=SEASON_NEWS_FOR,
        )
        for channel in channels_of(session, season.account_id)
    ]
