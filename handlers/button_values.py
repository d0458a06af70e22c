"""The value of a button: the account it belongs to and what of it is meant, as `account/item`."""

from dataclasses import dataclass, replace

from handlers.request import SlackRequest
from loyalty.accounts.requester import member_in
from storage.database import OPERATOR


@dataclass(frozen=True, slots=True)
class ButtonValue:
    """What a button says: an account's id, and after the first slash an item of it; None where there is no slash."""

    account_id: str
    item: str | None = None


def parse_button_value(value: str) -> ButtonValue:
    """Return the account and the item that a button's value names. Nothing is checked: the facts decide."""
    account_id, slash, item = value.partition("/")
    return ButtonValue(account_id, item if slash else None)


def as_button_member(request: SlackRequest) -> SlackRequest:
    """Return the request of whoever pressed, as a member of the account on the button, with the item as its value.

    A value without an account leaves the request as it is. Errors: as `as_member_of`.
    """
    button = parse_button_value(request.value)
    if button.item is None or not button.account_id.isdecimal():
        return request
    return as_member_of(replace(request, value=button.item), int(button.account_id))


def as_member_of(request: SlackRequest, account_id: int) -> SlackRequest:
    """Return the same request of somebody as a member of one account. Errors: `NotJoinedError`."""
    here = request.requester.account
    if here is not None and here.id == account_id and request.requester.person_id is not None:
        return request
    user = request.requester.user
    return request.as_requester(request.database.read(OPERATOR, lambda session: member_in(session, user, account_id)))
