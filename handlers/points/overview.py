"""One's own points: /points [why | history | statement [last] | settings | help]."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from handlers import command_words
from handlers.members import settings
from handlers.points import history
from handlers.request import Listener, Reply, Response, Routes, SlackRequest
from loyalty.overview.overview import overview
from loyalty.points.entries import Mark, entries
from messages import help as helping
from messages.points import overview as say
from messages.points.overview import Action

PAGE = 8
"""So many entries are explained at a time."""


class Word(StrEnum):
    """What one can type after /points."""

    WHY = "why"
    HISTORY = "history"
    STATEMENT = "statement"
    LAST = "last"
    THIS = "this"
    SETTINGS = "settings"
    HELP = "help"


WORDS = {
    Word.WHY: ("why", "dlaczego", "왜"),
    Word.HISTORY: ("history", "historia", "내역", "기록"),
    Word.STATEMENT: ("statement", "month", "zestawienie", "miesiąc", "명세서", "달", "이번달"),
    Word.LAST: ("last", "previous", "poprzedni", "poprzednie", "지난", "지난달"),
    Word.THIS: ("this", "ten", "이번"),
    Word.SETTINGS: ("settings", "ustawienia", "설정"),
    Word.HELP: ("help", "pomoc", "도움말"),
}


def points(asked: SlackRequest) -> Response:
    """Answer /points by the word after it."""
    read = command_words.read(asked.value, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.mistyped(asked.reader, "/points", read.unknown, read.nearest))
    if Word.HELP in read.words:
        return Reply(message=helping.of_points(asked.reader), replaces_message=True)
    if not read.words:
        return show_overview(asked)
    return _MEANT[read.words[0]](replace(asked, value=" ".join(read.words[1:])))


def _statement(asked: SlackRequest) -> Reply:
    return history.last_statement(asked) if Word.LAST in asked.value.split() else history.statement(asked)


def show_overview(asked: SlackRequest) -> Reply:
    """Show how somebody stands."""
    account, person, today = asked.requester.known_account, asked.requester.member, asked.today
    found = asked.database.read_autocommit({account.id}, lambda session: overview(session, account.id, person, today=today))
    return Reply(message=say.overview_message(asked.reader, found, now=asked.now), replaces_message=True)


def show_entries(asked: SlackRequest) -> Reply:
    """Explain the entries after the mark that was pressed, the latest ones without one."""
    return _explained(asked, history.entry_mark(asked.value))


def show_latest(asked: SlackRequest) -> Reply:
    """Explain the latest entries."""
    return _explained(asked, None)


def show_help(asked: SlackRequest) -> Reply:
    """Say what one can ask."""
    return Reply(message=helping.asking(asked.reader, manages=asked.requester.manages), replaces_message=True)


def _explained(asked: SlackRequest, before: Mark | None) -> Reply:
    account, person = asked.requester.known_account, asked.requester.member
    found = asked.database.read(
        {account.id}, lambda session: entries(session, account.id, person, limit=PAGE + 1, before=before)
    )
    shown = say.entries_message(asked.reader, found[:PAGE], more=len(found) > PAGE, now=asked.now)
    return Reply(message=shown, replaces_message=True)


_MEANT: Mapping[Word, Listener] = {
    Word.WHY: show_latest,
    Word.HISTORY: history.history,
    Word.STATEMENT: _statement,
    Word.LAST: history.last_statement,
    Word.THIS: _statement,
    Word.SETTINGS: settings.show_settings,
}
ROUTES = Routes(
    commands={"/points": points},
    actions={
        Action.POINTS: show_overview,
        Action.WHY: show_entries,
        Action.HISTORY: history.history,
        Action.STATEMENT: history.statement,
        Action.HELP: show_help,
    },
)
