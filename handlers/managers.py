"""Who is an account manager, and of what: asked of the facts at every press, never of what was shown."""

import datetime as dt
from zoneinfo import ZoneInfo

from handlers.request import Asked
from handlers.slack.identity import profile
from loyalty.accounts.managers import Managed, NotManagerError, NotYourAccountError, managed, meet, someone_unseen
from loyalty.accounts.requester import Client
from loyalty.points.post import Posting
from loyalty.programme.versions import in_force
from storage.database import OPERATOR


def known(asked: Asked) -> tuple[Managed, ...]:
    """Return the accounts that whoever asks is known to look after."""
    return asked.database.read(OPERATOR, lambda session: managed(session, asked.asker.user))


def look(asked: Asked) -> None:
    """Look at whoever asks in Slack, where an account manager has not been seen there yet: it may be them."""
    if asked.database.read(OPERATOR, someone_unseen):
        seen = profile(asked.slack, asked.asker.user)
        asked.database.write(OPERATOR, lambda session: meet(session, seen))


def met(asked: Asked) -> tuple[Managed, ...]:
    """Return the accounts that whoever asks looks after, having looked at them in Slack. Errors: `NotManagerError`."""
    seen = profile(asked.slack, asked.asker.user)
    found = asked.database.write(OPERATOR, lambda session: meet(session, seen))
    if not found:
        raise NotManagerError(f"{asked.asker.user} looks after no account")
    return found


def one(asked: Asked, account_id: str) -> Managed:
    """Return the account of that id, which whoever asks looks after.

    Errors: `NotManagerError`, and `NotYourAccountError` where others look after it.
    """
    mine = known(asked)
    if not mine:
        raise NotManagerError(f"{asked.asker.user} looks after no account")
    for each in mine:
        if str(each.client.id) == account_id:
            return each
    raise NotYourAccountError(f"{asked.asker.user} does not look after account {account_id}")


def thing(asked: Asked) -> tuple[Managed, int]:
    """Return the account and the number of what was pressed, whose value is `account/number`. Errors: as `one`."""
    account_id, _, number = asked.words.partition("/")
    return one(asked, account_id), int(number)


def posting(asked: Asked, mine: Managed) -> Posting:
    """Return what a correction by an account manager needs to know."""
    force = asked.database.read({mine.client.id}, in_force)
    return Posting(
        account_id=mine.client.id,
        account_key=mine.client.key,
        week_starts=force.programme.programme.week_starts,
        now=asked.now,
        author=mine.author,
    )


def today(now: dt.datetime, client: Client) -> dt.date:
    """Return the local day in an account's zone."""
    return now.astimezone(ZoneInfo(client.timezone)).date()
