"""For which account something was pressed: a button in a direct message, or a window, says whose rewards it shows."""

from dataclasses import replace

from handlers.request import SlackRequest
from loyalty.accounts.requester import member_in
from storage.database import OPERATOR


def as_member_of(request: SlackRequest, account_id: int) -> SlackRequest:
    """Return the same question of somebody as a member of one account. Errors: `NotJoinedError`."""
    here = request.requester.account
    if here is not None and here.id == account_id and request.requester.person_id is not None:
        return request
    met = request.database.read(OPERATOR, lambda session: member_in(session, request.requester.user, account_id))
    return replace(request, requester=met)


def parse_button_value(request: SlackRequest) -> SlackRequest:
    """Return what a button asks, whose value is `account/words`; without an account it is the one that is meant.

    Errors: as `of_account`.
    """
    account_id, slash, words = request.value.partition("/")
    if not slash or not account_id.isdecimal():
        return request
    return as_member_of(replace(request, value=words), int(account_id))
