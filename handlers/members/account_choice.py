"""Which account is meant, pressed by somebody who is a member of several."""

from handlers.request import Reply, Routes, SlackRequest
from loyalty.accounts.requester import StrangerError
from loyalty.members.account_choice import choose_account
from messages.actions import SettingsAction
from messages.members import account_choice as say
from storage.database import OPERATOR


def switch_account(request: SlackRequest) -> Reply:
    """Mean the account that was pressed from now on: one they are a member of, whatever the button said."""
    if not request.value.isdecimal():
        raise StrangerError(f"{request.value!r} is no account")
    request.write_as_requester(
        OPERATOR, lambda session: choose_account(session, int(request.value), request.requester.user)
    )
    met = request.refreshed()
    return Reply(
        message=say.account_receipt(met.reader, met.requester.known_account), replaces_message=True, shown_in_home=True
    )


ROUTES = Routes(actions={SettingsAction.ACCOUNT: switch_account})
