"""Linking somebody who was not matched: an account manager says which user id in the product is theirs."""

from handlers import managers
from handlers.button_values import parse_button_value
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.accounts.slack_profile import SlackUser
from loyalty.members.join import TakenError, UncertainError, link
from loyalty.people.people import NobodyChosenError
from loyalty.people.roster import UnmatchedPerson, unmatched
from messages.actions import ConnectField, ConnectView
from messages.kit.modals import Modal
from messages.people import link as say


def open_connect_form(request: SlackRequest) -> Modal:
    """Return the modal in which it is said who somebody is."""
    button = parse_button_value(request.value)
    account_id = managers.managed_account(request, button.account_id).account.id
    enterprise_id, _, rest = (button.item or "").partition("/")
    team_id, _, user_id = rest.partition("/")
    unmatched_person = _unmatched_person(request, account_id, SlackUser(enterprise_id, team_id, user_id))
    return say.connect_form(request.reader, account_id, unmatched_person)


def connect_person(request: SlackRequest) -> Reply:
    """Link them to the person of that user id, and return the receipt."""
    form = managers.desk_form(request)
    account_id, metadata = form.account_id, form.metadata
    user = SlackUser(metadata["enterprise"], metadata["team"], metadata["user"])
    chosen, written = form.values.get(ConnectField.CANDIDATE, ""), form.values[ConnectField.OTHER]
    if not (written or chosen):
        raise FieldsError({ConnectField.OTHER: NobodyChosenError("nobody was chosen")})
    unmatched_person, external_id = _unmatched_person(request, account_id, user), written or chosen
    try:
        request.write_as_requester(
            {account_id}, lambda session: link(session, account_id, external_id, user, now=request.now)
        )
    except TakenError as fault:
        raise FieldsError({ConnectField.OTHER if written else ConnectField.CANDIDATE: fault}) from None
    return Reply(message=say.connect_receipt(request.reader, unmatched_person, external_id))


def _unmatched_person(request: SlackRequest, account_id: int, user: SlackUser) -> UnmatchedPerson:
    """Return somebody among those who wait to be linked. Errors: `UncertainError`."""
    people = request.database.read({account_id}, lambda session: unmatched(session, account_id))
    person = next((person for person in people if person.user == user), None)
    if person is None:
        raise UncertainError(f"{user.user_id} does not wait any more")
    return person


ROUTES = Routes(views={ConnectView.FORM: connect_person})
