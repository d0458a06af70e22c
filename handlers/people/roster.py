"""The roster at the desk: an account's people as a list, and new or changed lines written into a modal."""

import io

from handlers import managers
from handlers.button_values import parse_button_value
from handlers.people.roster_csv import read_roster, write_roster
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from loyalty.accounts.requester import AccountInfo
from loyalty.people.directory import list_people
from loyalty.people.roster import RosterError, renew_roster
from messages.actions import PeopleAction, RosterField, RosterView
from messages.kit.modals import Modal
from messages.people import roster as say
from messages.people.roster import MAX_ROSTER_CHARS

PEOPLE_PER_PAGE = 15
"""So many people stand on a page."""
MAX_PEOPLE_IN_FORM = 400
"""More people than these never fit into a modal: a line has eight characters or more."""


def show_people(request: SlackRequest) -> Reply:
    """Show the page of an account's people that was turned to."""
    button = parse_button_value(request.value)
    account, place = managers.managed_account(request, button.account_id).account, button.item or ""
    first = int(place) if place.isascii() and place.isdigit() else 0
    page = request.database.read(
        {account.id}, lambda session: list_people(session, account.id, first=first, size=PEOPLE_PER_PAGE)
    )
    return Reply(message=say.people_message(request.reader, account, page, size=PEOPLE_PER_PAGE), replaces_message=True)


def open_roster_form(request: SlackRequest) -> Modal:
    """Return the modal in which the roster is written; what is known stands in it, where that fits."""
    account = managers.managed_account(request, request.value).account
    roster = _whole_roster(request, account)
    return say.roster_form(request.reader, account, roster or write_roster(()), whole=roster is not None)


def import_roster_form(request: SlackRequest) -> Response:
    """Take in what was written, all of it or nothing, and return the report. Errors: `FieldsError`."""
    form = managers.desk_form(request)
    account_id, author = form.account_id, form.managed.author
    try:
        rows = read_roster(io.BytesIO(form.values[RosterField.ROSTER].encode()))
        report = request.write_as_requester(
            {account_id},
            lambda session: renew_roster(session, account_id, rows, author=author, now=request.now),
        )
    except RosterError as fault:
        raise FieldsError({RosterField.ROSTER: fault}) from None
    return Reply(message=say.roster_receipt(request.reader, form.managed.account, report))


def _whole_roster(request: SlackRequest, account: AccountInfo) -> str | None:
    """Return the account's roster as text; None where it does not fit into a modal."""
    known = request.database.read(
        {account.id}, lambda session: list_people(session, account.id, size=MAX_PEOPLE_IN_FORM)
    )
    text = write_roster(known.people)
    return text if known.of <= MAX_PEOPLE_IN_FORM and len(text) <= MAX_ROSTER_CHARS else None


ROUTES = Routes(
    actions={PeopleAction.PEOPLE: show_people, PeopleAction.EDIT: open_roster_form},
    views={RosterView.FORM: import_roster_form},
)
