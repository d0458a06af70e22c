"""Seasons at the desk: a window in which one is opened, looked at, confirmed; and one press that takes it back."""

import datetime as dt

from handlers import managers
from handlers.form_values import filled, kept
from handlers.request import Answer, Asked, Reply, Routes
from leaderboards.periods import start_of
from loyalty.boards.seasons import months, open_season, opened, undo_season
from messages.boards import seasons as say
from messages.boards.seasons import Action, Field, Step
from messages.kit.modals import Window


def start(asked: Asked) -> Window:
    """Open the window in which a season is opened."""
    mine = managers.one(asked, asked.words)
    account, today = mine.client.id, managers.today(asked.now, mine.client)
    found = asked.database.read({account}, lambda session: opened(session, account))
    choice = months(found[0].starts if found else None, today)
    this = start_of("month", today)
    return say.form(asked.reader, mine.client, choice, this if this in choice else choice[0])


def look(asked: Asked) -> Window:
    """Show what the channel will be told."""
    mine, given = managers.one(asked, str(kept(asked)["account"])), filled(asked)
    name = " ".join(given[Field.NAME].split())
    return say.sure(asked.reader, mine.client, starts=dt.date.fromisoformat(given[Field.MONTH]), name=name)


def confirm(asked: Asked) -> Answer:
    """Open the season as confirmed."""
    wish = kept(asked)
    mine = managers.one(asked, str(wish["account"]))
    account, starts = mine.client.id, dt.date.fromisoformat(wish["starts"])
    season = asked.write(
        {account},
        lambda session: open_season(
            session, account, starts=starts, name=wish["name"], author=mine.author, now=asked.now
        ),
    )
    return Reply(message=say.done(asked.reader, mine.client, season))


def undo(asked: Asked) -> Reply:
    """Take the latest season back."""
    mine, number = managers.thing(asked)
    account = mine.client.id
    asked.write({account}, lambda session: undo_season(session, account, number, author=mine.author, now=asked.now))
    return Reply(message=say.undone(asked.reader))


ROUTES = Routes(
    actions={Action.START: start, Action.UNDO: undo},
    views={Step.FORM: look, Step.SURE: confirm},
)
