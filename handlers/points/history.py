"""One's history, page by page, and a month's statement: /points history, /points statement [last]."""

import datetime as dt

from handlers.programme.queries import programme
from handlers.request import Reply, SlackRequest
from leaderboards.periods import ALWAYS, start_of
from loyalty.points.entries import Mark, page
from loyalty.points.monthly_statement import monthly_statement
from messages.points import history as say
from messages.points.history import LATER

ENTRIES_PER_PAGE = 10
"""So many entries stand on a page."""


def history(request: SlackRequest) -> Reply:
    """Show the page of entries that was turned to, the latest one at first."""
    account, person = request.requester.known_account, request.requester.member
    way, _, place = request.value.partition(" ")
    at = entry_mark(place)
    before, after = (None, at) if way == LATER else (at, None)
    found = request.database.read(
        {account.id},
        lambda session: page(session, account.id, person, size=ENTRIES_PER_PAGE, before=before, after=after),
    )
    return Reply(message=say.history_message(request.reader, found, now=request.now), replaces_message=True)


def statement(request: SlackRequest) -> Reply:
    """Tell a month in words: the one that was pressed, else this one."""
    day = _day(request.value)
    return _told(request, day if day is not None and ALWAYS < day <= request.today else request.today)


def last_statement(request: SlackRequest) -> Reply:
    """Tell the month before this one in words."""
    return _told(request, start_of("month", request.today) - dt.timedelta(days=1))


def _told(request: SlackRequest, day: dt.date) -> Reply:
    account, person = request.requester.known_account, request.requester.member
    found = request.database.read({account.id}, lambda session: monthly_statement(session, account.id, person, day))
    events = {rule.key: rule.event for rule in programme(request).programme.earn}
    return Reply(
        message=say.statement_message(request.reader, found, events, today=request.today), replaces_message=True
    )


def entry_mark(value: str) -> Mark | None:
    """Return the place in the entries that a button carries; None where it carries none, or one that cannot be."""
    day, _, number = value.partition("/")
    found = _day(day)
    return Mark(found, int(number)) if found and number.isascii() and number.isdigit() and len(number) < 19 else None


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
