"""Connecting somebody who was not matched: an account manager says whose user id in the product is theirs."""

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.accounts.slack_profile import SlackUser
from loyalty.members.join import TakenError, UncertainError, link
from loyalty.people.people import NobodyChosenError
from loyalty.people.roster import UnmatchedPerson, unmatched
from messages.kit.modals import Modal
from messages.people import link as say
from messages.people.link import Field, Step


def open_connect_form(asked: SlackRequest) -> Modal:
    """Open the window in which it is said who somebody is."""
    account_id, _, who = asked.value.partition("/")
    account = managers.managed_account(asked, account_id).account.id
    enterprise, _, rest = who.partition("/")
    team, _, user = rest.partition("/")
    return say.connect_form(asked.reader, account, _knock(asked, account, SlackUser(enterprise, team, user)))


def connect_person(asked: SlackRequest) -> Reply:
    """Link them to the person of that user id."""
    wish, given = private_metadata(asked), form_values(asked)
    account = managers.managed_account(asked, str(wish["account"])).account.id
    user = SlackUser(wish["enterprise"], wish["team"], wish["user"])
    chosen, written = given.get(Field.CANDIDATE, ""), given[Field.OTHER]
    if not (written or chosen):
        raise FieldsError({Field.OTHER: NobodyChosenError("nobody was chosen")})
    knock, external_id = _knock(asked, account, user), written or chosen
    try:
        asked.write_as_requester({account}, lambda session: link(session, account, external_id, user, now=asked.now))
    except TakenError as fault:
        raise FieldsError({Field.OTHER if written else Field.CANDIDATE: fault}) from None
    return Reply(message=say.connected(asked.reader, knock, external_id))


def _knock(asked: SlackRequest, account: int, user: SlackUser) -> UnmatchedPerson:
    waiting = asked.database.read({account}, lambda session: unmatched(session, account))
    found = next((knock for knock in waiting if knock.user == user), None)
    if found is None:
        raise UncertainError(f"{user.user_id} does not wait any more")
    return found


ROUTES = Routes(views={Step.FORM: connect_person})
