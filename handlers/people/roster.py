"""The roster at the desk: an account's people as a list, and new or changed lines written into a window."""

import io

from handlers import managers
from handlers.form_values import filled, kept
from handlers.people.roster_csv import read_roster, write_roster
from handlers.request import Answer, Asked, FieldsError, Reply, Routes
from loyalty.accounts.requester import Client
from loyalty.people.directory import listing
from loyalty.people.roster import RosterError, renew_roster
from messages.actions import Action
from messages.kit.modals import Window
from messages.people import roster as say
from messages.people.roster import LONGEST, Field, Step

PAGE = 15
"""So many people stand on a page."""
FITTING = 400
"""More people than these never fit into a window: a line has eight characters or more."""


def people(asked: Asked) -> Reply:
    """Show the page of an account's people that was turned to."""
    account_id, _, first = asked.words.partition("/")
    client = managers.one(asked, account_id).client
    place = int(first) if first.isascii() and first.isdigit() else 0
    found = asked.database.read({client.id}, lambda session: listing(session, client.id, first=place, size=PAGE))
    return Reply(message=say.people(asked.reader, client, found, size=PAGE), instead=True)


def start(asked: Asked) -> Window:
    """Open the window in which the roster is written; what is known stands there, where it fits."""
    client = managers.one(asked, asked.words).client
    whole = _whole(asked, client)
    return say.form(asked.reader, client, whole or write_roster(()), whole=whole is not None)


def take(asked: Asked) -> Answer:
    """Take in what was written, all of it or nothing; what is wrong is told beside it."""
    mine = managers.one(asked, str(kept(asked)["account"]))
    client = mine.client
    try:
        rows = read_roster(io.BytesIO(filled(asked)[Field.ROSTER].encode()))
        report = asked.write(
            {client.id},
            lambda session: renew_roster(session, client.id, rows, author=mine.author, now=asked.now),
        )
    except RosterError as fault:
        raise FieldsError({Field.ROSTER: fault}) from None
    return Reply(message=say.done(asked.reader, client, report))


def _whole(asked: Asked, client: Client) -> str | None:
    """Return the account's roster as text; None where it does not fit into a window."""
    known = asked.database.read({client.id}, lambda session: listing(session, client.id, size=FITTING))
    text = write_roster(known.people)
    return text if known.of <= FITTING and len(text) <= LONGEST else None


ROUTES = Routes(
    actions={Action.PEOPLE: people, Action.EDIT: start},
    views={Step.FORM: take},
)
