"""Who is an account manager, and of what: asked of the facts at every press, never of what was shown."""

import datetime as dt
from zoneinfo import ZoneInfo

from handlers.request import SlackRequest
from handlers.slack.identity import fetch_profile
from loyalty.accounts.managers import (
    ManagedAccount,
    NotManagerError,
    NotYourAccountError,
    managed_accounts,
    meet_manager,
    someone_unseen,
)
from loyalty.accounts.requester import AccountInfo
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force
from storage.database import OPERATOR


def accounts_of_manager(request: SlackRequest) -> tuple[ManagedAccount, ...]:
    """Return the accounts that whoever asks is known to look after."""
    return request.database.read(OPERATOR, lambda session: managed_accounts(session, request.requester.user))


def refresh_manager(request: SlackRequest) -> None:
    """Look at whoever asks in Slack, where an account manager has not been seen there yet: it may be them."""
    if request.database.read(OPERATOR, someone_unseen):
        seen = fetch_profile(request.slack, request.requester.user)
        request.database.write(OPERATOR, lambda session: meet_manager(session, seen))


def verify_manager(request: SlackRequest) -> tuple[ManagedAccount, ...]:
    """Return the accounts that whoever asks looks after, having looked at them in Slack. Errors: `NotManagerError`."""
    seen = fetch_profile(request.slack, request.requester.user)
    found = request.database.write(OPERATOR, lambda session: meet_manager(session, seen))
    if not found:
        raise NotManagerError(f"{request.requester.user} looks after no account")
    return found


def managed_account(request: SlackRequest, account_id: str) -> ManagedAccount:
    """Return the account of that id, which whoever asks looks after.

    Errors: `NotManagerError`, and `NotYourAccountError` where others look after it.
    """
    mine = accounts_of_manager(request)
    if not mine:
        raise NotManagerError(f"{request.requester.user} looks after no account")
    for each in mine:
        if str(each.account.id) == account_id:
            return each
    raise NotYourAccountError(f"{request.requester.user} does not look after account {account_id}")


def managed_item(request: SlackRequest) -> tuple[ManagedAccount, int]:
    """Return the account and the number of what was pressed, whose value is `account/number`. Errors: as `one`."""
    account_id, _, number = request.value.partition("/")
    return managed_account(request, account_id), int(number)


def ledger_context(request: SlackRequest, mine: ManagedAccount) -> LedgerContext:
    """Return what a correction by an account manager needs to know."""
    force = request.database.read({mine.account.id}, in_force)
    return LedgerContext(
        account_id=mine.account.id,
        account_key=mine.account.key,
        week_starts=force.week_starts,
        now=request.now,
        author=mine.author,
    )


def today(now: dt.datetime, client: AccountInfo) -> dt.date:
    """Return the local day in an account's zone."""
    return now.astimezone(ZoneInfo(client.timezone)).date()
