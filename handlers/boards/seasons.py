"""Seasons at the desk: opened in a modal, reviewed, confirmed; and one press that takes the latest back."""

import datetime as dt

from handlers import managers
from handlers.request import Reply, Response, Routes, SlackRequest
from leaderboards.periods import start_of
from loyalty.boards.seasons import open_season, opened, season_months, undo_season
from messages.actions import SeasonAction, SeasonField, SeasonView
from messages.boards import seasons as say
from messages.kit.modals import Modal


def open_season_form(request: SlackRequest) -> Modal:
    """Return the modal in which a season is opened."""
    account = managers.managed_account(request, request.value).account
    today = managers.today(request.now, account)
    seasons = request.database.read({account.id}, lambda session: opened(session, account.id))
    months = season_months(seasons[0].starts if seasons else None, today)
    this_month = start_of("month", today)
    return say.season_form(request.reader, account, months, this_month if this_month in months else months[0])


def review_season(request: SlackRequest) -> Modal:
    """Return the modal that shows what the channel will be told."""
    form = managers.desk_form(request)
    starts = dt.date.fromisoformat(form.values[SeasonField.MONTH])
    name = " ".join(form.values[SeasonField.NAME].split())
    return say.confirm_season(request.reader, form.managed.account, starts=starts, name=name)


def confirm_season(request: SlackRequest) -> Response:
    """Open the season as confirmed, and return the receipt."""
    form = managers.desk_form(request)
    starts, name = dt.date.fromisoformat(form.metadata["starts"]), form.metadata["name"]
    season = request.write_as_requester(
        {form.account_id},
        lambda session: open_season(
            session, form.account_id, starts=starts, name=name, author=form.managed.author, now=request.now
        ),
    )
    return Reply(message=say.season_receipt(request.reader, form.managed.account, season))


def withdraw_season(request: SlackRequest) -> Reply:
    """Take the latest season back, and return the receipt."""
    managed, number = managers.managed_item(request)
    account_id = managed.account.id
    request.write_as_requester(
        {account_id}, lambda session: undo_season(session, account_id, number, author=managed.author, now=request.now)
    )
    return Reply(message=say.season_undo_receipt(request.reader))


ROUTES = Routes(
    actions={SeasonAction.START: open_season_form, SeasonAction.UNDO: withdraw_season},
    views={SeasonView.FORM: review_season, SeasonView.SURE: confirm_season},
)
