"""Whom an account manager means in a window: chosen from the list, or written by user id or e-mail."""

from collections.abc import Mapping

from handlers.request import SlackRequest
from loyalty.accounts.managers import ManagedAccount
from loyalty.errors import LoyaltyError
from loyalty.people.people import KnownPerson, NobodyChosenError, person_called, person_known

PERSON, OTHER = "person", "other"
"""The two fields, as most windows call them."""


def picked_person(
    request: SlackRequest,
    mine: ManagedAccount,
    given: Mapping[str, str],
    faults: dict[str, LoyaltyError],
    listed: str = PERSON,
) -> KnownPerson | None:
    """Return the person of the account that is meant; where that is wrong, None, and what is wrong among `faults`.

    `listed`: the field in which one chooses.
    """
    account, chosen, written = mine.account.id, given.get(listed, ""), given[OTHER]
    try:
        if written:
            return request.database.read({account}, lambda session: person_called(session, account, written))
        if chosen:
            return request.database.read({account}, lambda session: person_known(session, account, int(chosen)))
        raise NobodyChosenError("nobody was chosen")
    except LoyaltyError as fault:
        faults[OTHER if written or not chosen else listed] = fault
    return None
