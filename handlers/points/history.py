"""One's history, page by page, and a month's statement: /points history, /points statement [last]."""

import datetime as dt

from handlers.request import Reply, SlackRequest
from leaderboards.periods import ALWAYS, start_of
from loyalty.points.entries import Mark, page
from loyalty.points.monthly_statement import monthly_statement
from loyalty.programme.versions import in_force
from messages.points import history as say
from messages.points.history import LATER

ENTRIES_PER_PAGE = 10
"""So many entries stand on a page."""


def history(request: SlackRequest) -> Reply:
    """Show the page of entries that was turned to, the latest one at first."""
    account_id, person_id = request.requester.known_account.id, request.requester.member
    direction, _, place = request.value.partition(" ")
    mark = entry_mark(place)
    before, after = (None, mark) if direction == LATER else (mark, None)
    entries = request.database.read(
        {account_id},
        lambda session: page(session, account_id, person_id, size=ENTRIES_PER_PAGE, before=before, after=after),
    )
    return Reply(message=say.history_message(request.reader, entries, now=request.now), replaces_message=True)


def statement(request: SlackRequest) -> Reply:
    """Show a month's statement: of the month that was pressed, else of this one."""
    day = _date(request.value)
    return _monthly_statement(request, day if day is not None and ALWAYS < day <= request.today else request.today)


def last_statement(request: SlackRequest) -> Reply:
    """Show the statement of the month before this one."""
    return _monthly_statement(request, start_of("month", request.today) - dt.timedelta(days=1))


def _monthly_statement(request: SlackRequest, day: dt.date) -> Reply:
    account_id, person_id = request.requester.known_account.id, request.requester.member
    month, force = request.database.read(
        {account_id}, lambda session: (monthly_statement(session, account_id, person_id, day), in_force(session))
    )
    events = {rule.key: rule.event for rule in force.programme.earn}
    return Reply(
        message=say.statement_message(request.reader, month, events, today=request.today), replaces_message=True
    )


def entry_mark(value: str) -> Mark | None:
    """Return the place in the entries that a button carries; None where it carries none, or one that cannot be."""
    day, _, number = value.partition("/")
    date = _date(day)
    return Mark(date, int(number)) if date and number.isascii() and number.isdigit() and len(number) < 19 else None


def _date(value: str) -> dt.date | None:
    """Return a day as it is written in ISO 8601; None where it is none."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
