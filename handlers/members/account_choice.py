"""Which account is meant, pressed by somebody who is a member of several."""

from handlers.request import Reply, Routes, SlackRequest
from loyalty.accounts.requester import StrangerError
from loyalty.members.account_choice import choose_account
from messages.members import account_choice as say
from messages.members.settings import Action
from storage.database import OPERATOR


def switch_account(asked: SlackRequest) -> Reply:
    """Mean the account that was pressed from now on: one they are a member of, whatever the button said."""
    if not asked.words.isdecimal():
        raise StrangerError(f"{asked.words!r} is no account")
    asked.write(OPERATOR, lambda session: choose_account(session, int(asked.words), asked.asker.user))
    met = asked.met_again()
    return Reply(message=say.chosen(met.reader, met.asker.client), instead=True, settled=True)


ROUTES = Routes(actions={Action.ACCOUNT: switch_account})
