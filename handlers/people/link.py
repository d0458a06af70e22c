"""Connecting somebody who was not matched: an account manager says whose user id in the product is theirs."""

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.accounts.slack_profile import SlackUser
from loyalty.members.join import TakenError, UncertainError, link
from loyalty.people.people import NobodyChosenError
from loyalty.people.roster import UnmatchedPerson, unmatched
from messages.actions import ConnectField, ConnectView
from messages.kit.modals import Modal
from messages.people import link as say


def open_connect_form(request: SlackRequest) -> Modal:
    """Open the window in which it is said who somebody is."""
    account_id, _, who = request.value.partition("/")
    account = managers.managed_account(request, account_id).account.id
    enterprise, _, rest = who.partition("/")
    team, _, user = rest.partition("/")
    return say.connect_form(request.reader, account, _knock(request, account, SlackUser(enterprise, team, user)))


def connect_person(request: SlackRequest) -> Reply:
    """Link them to the person of that user id."""
    wish, given = private_metadata(request), form_values(request)
    account = managers.managed_account(request, str(wish["account"])).account.id
    user = SlackUser(wish["enterprise"], wish["team"], wish["user"])
    chosen, written = given.get(ConnectField.CANDIDATE, ""), given[ConnectField.OTHER]
    if not (written or chosen):
        raise FieldsError({ConnectField.OTHER: NobodyChosenError("nobody was chosen")})
    knock, external_id = _knock(request, account, user), written or chosen
    try:
        request.write_as_requester(
            {account}, lambda session: link(session, account, external_id, user, now=request.now)
        )
    except TakenError as fault:
        raise FieldsError({ConnectField.OTHER if written else ConnectField.CANDIDATE: fault}) from None
    return Reply(message=say.connect_receipt(request.reader, knock, external_id))


def _knock(request: SlackRequest, account: int, user: SlackUser) -> UnmatchedPerson:
    waiting = request.database.read({account}, lambda session: unmatched(session, account))
    found = next((knock for knock in waiting if knock.user == user), None)
    if found is None:
        raise UncertainError(f"{user.user_id} does not wait any more")
    return found


ROUTES = Routes(views={ConnectView.FORM: connect_person})
