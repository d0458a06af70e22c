"""Whom an account manager means in a modal: chosen from the list, or written by user id or e-mail."""

from handlers.form_values import FieldFaults
from handlers.managers import DeskForm
from handlers.request import SlackRequest
from loyalty.errors import LoyaltyError
from loyalty.people.people import KnownPerson, NobodyChosenError, person_called, person_known

PERSON, OTHER = "person", "other"
"""The two fields, as most modals call them."""


def picked_person(
    request: SlackRequest, form: DeskForm, faults: FieldFaults, listed: str = PERSON
) -> KnownPerson | None:
    """Return the person of the account that is meant; where that is wrong, None, and what is wrong among `faults`.

    `listed`: the field in which one chooses.
    """
    account_id, chosen, written = form.account_id, form.values.get(listed, ""), form.values[OTHER]
    try:
        if written:
            return request.database.read({account_id}, lambda session: person_called(session, account_id, written))
        if chosen:
            return request.database.read({account_id}, lambda session: person_known(session, account_id, int(chosen)))
        raise NobodyChosenError("nobody was chosen")
    except LoyaltyError as fault:
        faults.add(OTHER if written or not chosen else listed, fault)
    return None
