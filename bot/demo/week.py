"""The weekly post, before its time: what the schedule does on a Monday morning."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from leaderboards.periods import frame_of
from loyalty.board_posts import message
from loyalty.versions import in_force
from storage import outbox
from storage.session import OPERATOR, Database
from storage.tables import Account, Channel


def post_week(database: Database, account: str, now: dt.datetime) -> bool:
    """Put the board of an account's last period that is over into the outbox; return whether it was not there yet."""
    return database.write(OPERATOR, lambda session: _post(session, account, now))


def _post(session: Session, key: str, now: dt.datetime) -> bool:
    programme = in_force(session).programme
    account = session.exec(select(Account).where(col(Account.key) == key)).one()
    today = now.astimezone(ZoneInfo(account.timezone)).date()
    current = frame_of(programme.boards.period, today, programme.programme.week_starts)
    channels = select(Channel).where(col(Channel.account_id) == account.id).order_by(col(Channel.id))
    posts = [message(channel, next(current.past()), now) for channel in session.exec(channels)]
    assert account.id is not None  # noqa: S101 - read from the database
    return outbox.put(session, account.id, posts, now=now) > 0
