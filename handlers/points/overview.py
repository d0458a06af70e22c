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
from messages.actions import PointsAction
from messages.points import overview as say

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


def points(request: SlackRequest) -> Response:
    """Answer /points by the word after it."""
    read = command_words.read(request.value, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/points", read.unknown, read.nearest))
    if Word.HELP in read.words:
        return Reply(message=helping.points_help(request.reader), replaces_message=True)
    if not read.words:
        return show_overview(request)
    return _MEANT[read.words[0]](replace(request, value=" ".join(read.words[1:])))


def _statement(request: SlackRequest) -> Reply:
    return history.last_statement(request) if Word.LAST in request.value.split() else history.statement(request)


def show_overview(request: SlackRequest) -> Reply:
    """Show how somebody stands."""
    account, person, today = request.requester.known_account, request.requester.member, request.today
    found = request.database.read_autocommit(
        {account.id}, lambda session: overview(session, account.id, person, today=today)
    )
    return Reply(message=say.overview_message(request.reader, found, now=request.now), replaces_message=True)


def show_entries(request: SlackRequest) -> Reply:
    """Explain the entries after the mark that was pressed, the latest ones without one."""
    return _explained(request, history.entry_mark(request.value))


def show_latest(request: SlackRequest) -> Reply:
    """Explain the latest entries."""
    return _explained(request, None)


def show_help(request: SlackRequest) -> Reply:
    """Say what one can ask."""
    return Reply(message=helping.help_message(request.reader, manages=request.requester.manages), replaces_message=True)


def _explained(request: SlackRequest, before: Mark | None) -> Reply:
    account, person = request.requester.known_account, request.requester.member
    found = request.database.read(
        {account.id}, lambda session: entries(session, account.id, person, limit=PAGE + 1, before=before)
    )
    shown = say.entries_message(request.reader, found[:PAGE], more=len(found) > PAGE, now=request.now)
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
        PointsAction.POINTS: show_overview,
        PointsAction.WHY: show_entries,
        PointsAction.HISTORY: history.history,
        PointsAction.STATEMENT: history.statement,
        PointsAction.HELP: show_help,
    },
)
