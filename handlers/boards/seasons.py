"""Seasons at the desk: a window in which one is opened, looked at, confirmed; and one press that takes it back."""

import datetime as dt

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.request import Reply, Response, Routes, SlackRequest
from leaderboards.periods import start_of
from loyalty.boards.seasons import open_season, opened, season_months, undo_season
from messages.actions import SeasonAction, SeasonField, SeasonView
from messages.boards import seasons as say
from messages.kit.modals import Modal


def open_season_form(request: SlackRequest) -> Modal:
    """Open the window in which a season is opened."""
    mine = managers.managed_account(request, request.value)
    account, today = mine.account.id, managers.today(request.now, mine.account)
    found = request.database.read({account}, lambda session: opened(session, account))
    choice = season_months(found[0].starts if found else None, today)
    this = start_of("month", today)
    return say.season_form(request.reader, mine.account, choice, this if this in choice else choice[0])


def review_season(request: SlackRequest) -> Modal:
    """Show what the channel will be told."""
    mine, given = managers.managed_account(request, str(private_metadata(request)["account"])), form_values(request)
    name = " ".join(given[SeasonField.NAME].split())
    return say.confirm_season(
        request.reader, mine.account, starts=dt.date.fromisoformat(given[SeasonField.MONTH]), name=name
    )


def confirm_season(request: SlackRequest) -> Response:
    """Open the season as confirmed."""
    wish = private_metadata(request)
    mine = managers.managed_account(request, str(wish["account"]))
    account, starts = mine.account.id, dt.date.fromisoformat(wish["starts"])
    season = request.write_as_requester(
        {account},
        lambda session: open_season(
            session, account, starts=starts, name=wish["name"], author=mine.author, now=request.now
        ),
    )
    return Reply(message=say.season_receipt(request.reader, mine.account, season))


def withdraw_season(request: SlackRequest) -> Reply:
    """Take the latest season back."""
    mine, number = managers.managed_item(request)
    account = mine.account.id
    request.write_as_requester(
        {account}, lambda session: undo_season(session, account, number, author=mine.author, now=request.now)
    )
    return Reply(message=say.season_undo_receipt(request.reader))


ROUTES = Routes(
    actions={SeasonAction.START: open_season_form, SeasonAction.UNDO: withdraw_season},
    views={SeasonView.FORM: review_season, SeasonView.SURE: confirm_season},
)
