"""For which account something was pressed: a button in a direct message, or a window, says whose rewards it shows."""

from dataclasses import replace

from handlers.request import SlackRequest
from loyalty.accounts.requester import member_in
from storage.database import OPERATOR


def as_member_of(asked: SlackRequest, account_id: int) -> SlackRequest:
    """Return the same question of somebody as a member of one account. Errors: `NotJoinedError`."""
    here = asked.requester.account
    if here is not None and here.id == account_id and asked.requester.person_id is not None:
        return asked
    met = asked.database.read(OPERATOR, lambda session: member_in(session, asked.requester.user, account_id))
    return replace(asked, requester=met)


def parse_button_value(asked: SlackRequest) -> SlackRequest:
    """Return what a button asks, whose value is `account/words`; without an account it is the one that is meant.

    Errors: as `of_account`.
    """
    account_id, slash, words = asked.value.partition("/")
    if not slash or not account_id.isdecimal():
        return asked
    return as_member_of(replace(asked, value=words), int(account_id))
