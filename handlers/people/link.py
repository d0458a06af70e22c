"""Connecting somebody who was not matched: an account manager says whose user id in the product is theirs."""

from handlers import managers
from handlers.form_values import filled, kept
from handlers.request import Asked, FieldsError, Reply, Routes
from loyalty.accounts.requester import SlackUser
from loyalty.members.join import TakenError, UncertainError, link
from loyalty.people.people import NobodyChosenError
from loyalty.people.roster import Knock, unmatched
from messages.kit.modals import Window
from messages.people import link as say
from messages.people.link import Field, Step


def start(asked: Asked) -> Window:
    """Open the window in which it is said who somebody is."""
    account_id, _, who = asked.words.partition("/")
    account = managers.one(asked, account_id).client.id
    enterprise, _, rest = who.partition("/")
    team, _, user = rest.partition("/")
    return say.form(asked.reader, account, _knock(asked, account, SlackUser(enterprise, team, user)))


def connect(asked: Asked) -> Reply:
    """Link them to the person of that user id."""
    wish, given = kept(asked), filled(asked)
    account = managers.one(asked, str(wish["account"])).client.id
    user = SlackUser(wish["enterprise"], wish["team"], wish["user"])
    chosen, written = given.get(Field.CANDIDATE, ""), given[Field.OTHER]
    if not (written or chosen):
        raise FieldsError({Field.OTHER: NobodyChosenError("nobody was chosen")})
    knock, external_id = _knock(asked, account, user), written or chosen
    try:
        asked.write({account}, lambda session: link(session, account, external_id, user, now=asked.now))
    except TakenError as fault:
        raise FieldsError({Field.OTHER if written else Field.CANDIDATE: fault}) from None
    return Reply(message=say.connected(asked.reader, knock, external_id))


def _knock(asked: Asked, account: int, user: SlackUser) -> Knock:
    waiting = asked.database.read({account}, lambda session: unmatched(session, account))
    found = next((knock for knock in waiting if knock.user == user), None)
    if found is None:
        raise UncertainError(f"{user.user_id} does not wait any more")
    return found


ROUTES = Routes(views={Step.FORM: connect})
