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

ENTRIES_PER_PAGE = 8
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
    return _LISTENERS[read.words[0]](replace(request, value=" ".join(read.words[1:])))


def _statement(request: SlackRequest) -> Reply:
    return history.last_statement(request) if Word.LAST in request.value.split() else history.statement(request)


def show_overview(request: SlackRequest) -> Reply:
    """Show the points somebody has, and what comes next."""
    account_id, person_id, today = request.requester.known_account.id, request.requester.member, request.today
    standing = request.database.read_autocommit(
        {account_id}, lambda session: overview(session, account_id, person_id, today=today)
    )
    return Reply(message=say.overview_message(request.reader, standing, now=request.now), replaces_message=True)


def show_entries(request: SlackRequest) -> Reply:
    """Explain the entries after the mark that was pressed, the latest ones without one."""
    return _entries_page(request, history.entry_mark(request.value))


def show_latest(request: SlackRequest) -> Reply:
    """Explain the latest entries."""
    return _entries_page(request, None)


def show_help(request: SlackRequest) -> Reply:
    """Say what one can ask."""
    return Reply(message=helping.help_message(request.reader, manages=request.requester.manages), replaces_message=True)


def _entries_page(request: SlackRequest, before: Mark | None) -> Reply:
    account_id, person_id = request.requester.known_account.id, request.requester.member
    latest = request.database.read(
        {account_id},
        lambda session: entries(session, account_id, person_id, limit=ENTRIES_PER_PAGE + 1, before=before),
    )
    page, more = latest[:ENTRIES_PER_PAGE], len(latest) > ENTRIES_PER_PAGE
    return Reply(message=say.entries_message(request.reader, page, more=more, now=request.now), replaces_message=True)


_LISTENERS: Mapping[Word, Listener] = {
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
