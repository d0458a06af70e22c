"""Choosing the account that is meant, for somebody who is a member of several."""

from handlers.request import Reply, Routes, SlackRequest
from loyalty.accounts.requester import StrangerError
from loyalty.members.account_choice import choose_account
from messages.actions import SettingsAction
from messages.members import account_choice as say
from storage.database import OPERATOR


def switch_account(request: SlackRequest) -> Reply:
    """Take the account on the button as the one that is meant from now on, if they are a member of it."""
    if not request.value.isdecimal():
        raise StrangerError(f"{request.value!r} is no account")
    request.write_as_requester(
        OPERATOR, lambda session: choose_account(session, int(request.value), request.requester.user)
    )
    request = request.refreshed()
    message = say.account_receipt(request.reader, request.requester.known_account)
    return Reply(message=message, replaces_message=True, shown_in_home=True)


ROUTES = Routes(actions={SettingsAction.ACCOUNT: switch_account})
