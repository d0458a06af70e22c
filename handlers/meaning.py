"""Which account is meant, pressed by somebody who is a member of several."""

from handlers.asked import Asked, Reply, Routes
from loyalty.access import StrangerError
from loyalty.meaning import mean
from messages import meaning as say
from messages.settings import Action
from storage.session import OPERATOR


def choose(asked: Asked) -> Reply:
    """Mean the account that was pressed from now on: one they are a member of, whatever the button said."""
    if not asked.words.isdecimal():
        raise StrangerError(f"{asked.words!r} is no account")
    asked.write(OPERATOR, lambda session: mean(session, int(asked.words), asked.asker.user))
    met = asked.met_again()
    return Reply(message=say.chosen(met.reader, met.asker.client), instead=True, settled=True)


ROUTES = Routes(actions={Action.ACCOUNT: choose})
