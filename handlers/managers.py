"""Who is an account manager, and of which accounts: read from the facts at every press, never from what was shown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from handlers.button_values import parse_button_value
from handlers.form_values import form_values, private_metadata
from handlers.request import SlackRequest
from handlers.slack.profiles import fetch_profile
from loyalty.accounts.managers import (
    ManagedAccount,
    NotManagerError,
    NotYourAccountError,
    managed_accounts,
    meet_manager,
    someone_unseen,
)
from loyalty.accounts.requester import AccountInfo
from storage.database import OPERATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskForm:
    """A modal of the desk as it was submitted: its account, what stands in its fields, what was kept with it."""

    managed: ManagedAccount
    values: dict[str, str]
    metadata: Mapping[str, Any]

    @property
    def account_id(self) -> int:
        """The account's id."""
        return self.managed.account.id


def accounts_of_manager(request: SlackRequest) -> tuple[ManagedAccount, ...]:
    """Return the accounts that whoever asks is known to look after."""
    return request.database.read(OPERATOR, lambda session: managed_accounts(session, request.requester.user))


def refresh_manager(request: SlackRequest) -> None:
    """Look whoever asks up in Slack, where an account manager has not been seen there yet: it may be them."""
    if request.database.read(OPERATOR, someone_unseen):
        profile = fetch_profile(request.slack, request.requester.user)
        request.database.write(OPERATOR, lambda session: meet_manager(session, profile))


def verify_manager(request: SlackRequest) -> tuple[ManagedAccount, ...]:
    """Return the accounts that whoever asks looks after, having asked Slack who they are. Errors: `NotManagerError`."""
    profile = fetch_profile(request.slack, request.requester.user)
    accounts = request.database.write(OPERATOR, lambda session: meet_manager(session, profile))
    if not accounts:
        raise NotManagerError(f"{request.requester.user} looks after no account")
    return accounts


def managed_account(request: SlackRequest, account_id: str) -> ManagedAccount:
    """Return the account of that id, which whoever asks looks after.

    Errors: `NotManagerError`, and `NotYourAccountError` where others look after it.
    """
    accounts = accounts_of_manager(request)
    if not accounts:
        raise NotManagerError(f"{request.requester.user} looks after no account")
    for managed in accounts:
        if str(managed.account.id) == account_id:
            return managed
    raise NotYourAccountError(f"{request.requester.user} does not look after account {account_id}")


def managed_item(request: SlackRequest) -> tuple[ManagedAccount, int]:
    """Return the account and the number on the button that was pressed. Errors: as `managed_account`."""
    button = parse_button_value(request.value)
    return managed_account(request, button.account_id), int(button.item or "")


def desk_form(request: SlackRequest) -> DeskForm:
    """Return the desk's modal that was submitted, if whoever asks looks after its account.

    Errors: as `managed_account`.
    """
    metadata = private_metadata(request)
    managed = managed_account(request, str(metadata["account"]))
    return DeskForm(managed=managed, values=form_values(request), metadata=metadata)


def today(now: dt.datetime, account: AccountInfo) -> dt.date:
    """Return the local day in an account's zone."""
    return now.astimezone(ZoneInfo(account.timezone)).date()
