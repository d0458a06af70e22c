"""Which account is meant, pressed by somebody who is a member of several."""

from handlers.request import Asked, Reply, Routes
from loyalty.accounts.requester import StrangerError
from loyalty.members.account_choice import mean
from messages.members import account_choice as say
from messages.members.settings import Action
from storage.database import OPERATOR


def choose(asked: Asked) -> Reply:
    """Mean the account that was pressed from now on: one they are a member of, whatever the button said."""
    if not asked.words.isdecimal():
        raise StrangerError(f"{asked.words!r} is no account")
    asked.write(OPERATOR, lambda session: mean(session, int(asked.words), asked.asker.user))
    met = asked.met_again()
    return Reply(message=say.chosen(met.reader, met.asker.client), instead=True, settled=True)


ROUTES = Routes(actions={Action.ACCOUNT: choose})
