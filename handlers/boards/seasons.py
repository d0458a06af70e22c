"""Seasons at the desk: a window in which one is opened, looked at, confirmed; and one press that takes it back."""

import datetime as dt

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.request import Reply, Response, Routes, SlackRequest
from leaderboards.periods import start_of
from loyalty.boards.seasons import open_season, opened, season_months, undo_season
from messages.boards import seasons as say
from messages.boards.seasons import Action, Field, Step
from messages.kit.modals import Modal


def open_season_form(asked: SlackRequest) -> Modal:
    """Open the window in which a season is opened."""
    mine = managers.managed_account(asked, asked.value)
    account, today = mine.account.id, managers.today(asked.now, mine.account)
    found = asked.database.read({account}, lambda session: opened(session, account))
    choice = season_months(found[0].starts if found else None, today)
    this = start_of("month", today)
    return say.season_form(asked.reader, mine.account, choice, this if this in choice else choice[0])


def review_season(asked: SlackRequest) -> Modal:
    """Show what the channel will be told."""
    mine, given = managers.managed_account(asked, str(private_metadata(asked)["account"])), form_values(asked)
    name = " ".join(given[Field.NAME].split())
    return say.confirm_season(asked.reader, mine.account, starts=dt.date.fromisoformat(given[Field.MONTH]), name=name)


def confirm_season(asked: SlackRequest) -> Response:
    """Open the season as confirmed."""
    wish = private_metadata(asked)
    mine = managers.managed_account(asked, str(wish["account"]))
    account, starts = mine.account.id, dt.date.fromisoformat(wish["starts"])
    season = asked.write_as_requester(
        {account},
        lambda session: open_season(
            session, account, starts=starts, name=wish["name"], author=mine.author, now=asked.now
        ),
    )
    return Reply(message=say.season_receipt(asked.reader, mine.account, season))


def withdraw_season(asked: SlackRequest) -> Reply:
    """Take the latest season back."""
    mine, number = managers.managed_item(asked)
    account = mine.account.id
    asked.write_as_requester({account}, lambda session: undo_season(session, account, number, author=mine.author, now=asked.now))
    return Reply(message=say.season_undone(asked.reader))


ROUTES = Routes(
    actions={Action.START: open_season_form, Action.UNDO: withdraw_season},
    views={Step.FORM: review_season, Step.SURE: confirm_season},
)
