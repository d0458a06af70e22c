"""One's own points: /points, /points why, /points help."""

import datetime as dt
from enum import StrEnum

from handlers import settings, typed
from handlers.asked import Asked, Reply, Routes
from loyalty.entries import Mark, entries
from loyalty.overview import overview
from messages import help as helping
from messages import points as say
from messages.help import Action as Help
from messages.points import Action

PAGE = 8
"""So many entries are explained at a time."""


class Word(StrEnum):
    """What one can type after /points."""

    WHY = "why"
    SETTINGS = "settings"
    HELP = "help"


WORDS = {
    Word.WHY: ("why", "dlaczego", "왜"),
    Word.SETTINGS: ("settings", "ustawienia", "설정"),
    Word.HELP: ("help", "pomoc", "도움말"),
}


def command(asked: Asked) -> Reply:
    """Answer /points by the word after it."""
    read = typed.read(asked.words, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.mistyped(asked.reader, "/points", read.unknown, read.nearest))
    match read.words:
        case ():
            return standing(asked)
        case (Word.WHY, *_):
            return latest(asked)
        case (Word.SETTINGS, *_):
            return settings.show(asked)
        case _:
            return show_help(asked)


def standing(asked: Asked) -> Reply:
    """Show how somebody stands."""
    account, person, today = asked.asker.client, asked.asker.member, asked.today
    found = asked.database.read({account.id}, lambda session: overview(session, account.id, person, today=today))
    return Reply(message=say.standing(asked.reader, found, now=asked.now), instead=True)


def why(asked: Asked) -> Reply:
    """Explain the entries after the mark that was pressed, the latest ones without one."""
    return _explained(asked, _mark(asked.words))


def latest(asked: Asked) -> Reply:
    """Explain the latest entries."""
    return _explained(asked, None)


def show_help(asked: Asked) -> Reply:
    """Say what one can ask."""
    return Reply(message=helping.asking(asked.reader), instead=True)


def _explained(asked: Asked, before: Mark | None) -> Reply:
    account, person = asked.asker.client, asked.asker.member
    found = asked.database.read(
        {account.id}, lambda session: entries(session, account.id, person, limit=PAGE + 1, before=before)
    )
    shown = say.why(asked.reader, found[:PAGE], more=len(found) > PAGE, now=asked.now)
    return Reply(message=shown, instead=True)


def _mark(value: str) -> Mark | None:
    day, _, number = value.partition("/")
    try:
        return Mark(dt.date.fromisoformat(day), int(number))
    except ValueError:
        return None


ROUTES = Routes(
    commands={"/points": command},
    actions={Action.POINTS: standing, Action.WHY: why, Help.HELP: show_help},
)
