"""The roster at the desk: an account's people as a list, and new or changed lines written into a window."""

import io

from handlers import managers
from handlers.form_values import form_values, private_metadata
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
"""More people than these never fit into a window: a line has eight characters or more."""


def show_people(request: SlackRequest) -> Reply:
    """Show the page of an account's people that was turned to."""
    account_id, _, first = request.value.partition("/")
    client = managers.managed_account(request, account_id).account
    place = int(first) if first.isascii() and first.isdigit() else 0
    found = request.database.read(
        {client.id}, lambda session: list_people(session, client.id, first=place, size=PEOPLE_PER_PAGE)
    )
    return Reply(message=say.people_message(request.reader, client, found, size=PEOPLE_PER_PAGE), replaces_message=True)


def open_roster_form(request: SlackRequest) -> Modal:
    """Open the window in which the roster is written; what is known stands there, where it fits."""
    client = managers.managed_account(request, request.value).account
    whole = _whole(request, client)
    return say.roster_form(request.reader, client, whole or write_roster(()), whole=whole is not None)


def import_roster_form(request: SlackRequest) -> Response:
    """Take in what was written, all of it or nothing; what is wrong is told beside it."""
    mine = managers.managed_account(request, str(private_metadata(request)["account"]))
    client = mine.account
    try:
        rows = read_roster(io.BytesIO(form_values(request)[RosterField.ROSTER].encode()))
        report = request.write_as_requester(
            {client.id},
            lambda session: renew_roster(session, client.id, rows, author=mine.author, now=request.now),
        )
    except RosterError as fault:
        raise FieldsError({RosterField.ROSTER: fault}) from None
    return Reply(message=say.roster_receipt(request.reader, client, report))


def _whole(request: SlackRequest, client: AccountInfo) -> str | None:
    """Return the account's roster as text; None where it does not fit into a window."""
    known = request.database.read({client.id}, lambda session: list_people(session, client.id, size=MAX_PEOPLE_IN_FORM))
    text = write_roster(known.people)
    return text if known.of <= MAX_PEOPLE_IN_FORM and len(text) <= MAX_ROSTER_CHARS else None


ROUTES = Routes(
    actions={PeopleAction.PEOPLE: show_people, PeopleAction.EDIT: open_roster_form},
    views={RosterView.FORM: import_roster_form},
)
