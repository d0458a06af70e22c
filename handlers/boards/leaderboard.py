"""Boards: /leaderboard [last] [period] [chart] [me], and the presses that mean the same."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from handlers import command_words
from handlers.programme.queries import badges, frame, programme
from handlers.request import Followup, Reply, Routes, SlackRequest
from leaderboards.boards import OwnBoard
from leaderboards.chart.render import draw
from leaderboards.periods import PERIODS, Frame, Period, frame_of
from leaderboards.seasons import begun_seasons
from loyalty.boards.posts import own_board
from loyalty.programme.versions import InForce
from messages import help as helping
from messages.actions import BoardAction
from messages.boards import board as say
from messages.boards import own_place as say_own
from messages.boards import seasons as say_seasons


class Word(StrEnum):
    """What one can type after /leaderboard."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"
    SEASON = "season"
    LAST = "last"
    THIS = "this"
    CHART = "chart"
    ME = "me"
    HELP = "help"


WORDS = {
    Word.DAY: ("day", "today", "dzień", "dzisiaj", "오늘", "일"),
    Word.WEEK: ("week", "tydzień", "주", "이번주"),
    Word.MONTH: ("month", "miesiąc", "월", "달", "이번달"),
    Word.QUARTER: ("quarter", "kwartał", "분기"),
    Word.YEAR: ("year", "rok", "년", "올해"),
    Word.ALL: ("all", "ever", "time", "zawsze", "całość", "od", "początku", "전체", "기간"),
    Word.SEASON: ("season", "sezon", "시즌"),
    Word.LAST: ("last", "previous", "poprzedni", "ostatni", "zeszły", "지난", "지난주"),
    # What the buttons say can be typed as it stands there: this week, all time.
    Word.THIS: ("this", "ten", "이번"),
    Word.CHART: ("chart", "picture", "wykres", "obrazek", "차트", "그림"),
    Word.ME: ("me", "ja", "moje", "나", "나만"),
    Word.HELP: ("help", "pomoc", "도움말"),
}


_POSTED = re.compile(
    rf"(?P<period>{'|'.join(PERIODS)}) (?P<word>{Word.ME}|{Word.CHART}) (?P<day>\d{{4}}-\d{{2}}-\d{{2}})"
)
"""What a press under a posted board means: one's own place in that very period, however long ago it was; the chart."""


def show_leaderboard(request: SlackRequest) -> Reply:
    """Answer /leaderboard by the words after it; a press has the same words as its value."""
    if (posted := _posted(request.value)) is not None:
        period, day, drawn = posted
        return _then(request, period, day, drawn=drawn)
    read = command_words.read(request.value, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/leaderboard", read.unknown, read.nearest))
    if Word.HELP in read.words:
        return Reply(message=helping.leaderboard_help(request.reader), replaces_message=True)
    return _shown(request, read.words)


def _shown(request: SlackRequest, words: tuple[Word, ...]) -> Reply:
    account, person, reader = request.requester.known_account, request.requester.member, request.reader

    force = programme(request)
    seasons = request.database.read({account.id}, lambda session: begun_seasons(session, account.id, request.today))
    when = _frame(request, words, force, seasons)
    if when is None:
        return Reply(message=say_seasons.no_season_message(reader, last=bool(seasons)), replaces_message=True)
    shown, saved_for = request.database.read({account.id}, lambda session: own_board(session, account.id, person, when))
    last = Word.LAST in words and when.period != "all"
    if Word.ME in words:
        return Reply(
            message=say_own.own_place_message(reader, shown, last=last, seasons=len(seasons)), replaces_message=True
        )
    drawing = (lambda tell: _draw(request, shown, tell)) if Word.CHART in words else None
    names = badges(force, reader.language) | {key: name.get(reader.language) for key, name in saved_for.items() if name}
    told = say_own.own_board_message(reader, shown, names, last=last, seasons=len(seasons))
    return Reply(message=told, replaces_message=True, followup=drawing)


def _posted(words: str) -> tuple[Period, date, bool] | None:
    """Return which board was posted, where a press under it means that one, and whether as a chart."""
    read = _POSTED.fullmatch(words)
    if read is None:
        return None
    try:
        day = date.fromisoformat(read["day"])
    except ValueError:
        return None
    return next(period for period in PERIODS if period == read["period"]), day, read["word"] == Word.CHART


def _then(request: SlackRequest, period: Period, day: date, *, drawn: bool) -> Reply:
    """Answer with one's own place in a period that may be long over; `drawn`: with its chart."""
    account, person, this = (
        request.requester.known_account,
        request.requester.member,
        frame(request, period, programme(request)),
    )
    when = frame_of(period, day, this.week_starts)
    shown, _ = request.database.read({account.id}, lambda session: own_board(session, account.id, person, when))
    seasons = request.database.read({account.id}, lambda session: begun_seasons(session, account.id, request.today))
    last = when == next(this.past(), None)
    older = not last and when != this
    told = say_own.own_place_message(request.reader, shown, last=last, older=older, seasons=len(seasons))
    drawing = (lambda tell: _draw(request, shown, tell)) if drawn else None
    return Reply(message=told, replaces_message=True, followup=drawing)


def _frame(request: SlackRequest, words: tuple[Word, ...], force: InForce, seasons: Sequence[Frame]) -> Frame | None:
    """Return what was asked for; None where there is no such season. `seasons` are those that have begun."""
    if Word.SEASON in words:
        ago = 2 if Word.LAST in words else 1
        return seasons[-ago] if len(seasons) >= ago else None
    period: Period = next((period for period in PERIODS if period in words), "week")
    this = frame(request, period, force)
    return next(this.past(), this) if Word.LAST in words else this


def _draw(request: SlackRequest, shown: OwnBoard, tell: Followup) -> None:
    if not shown.board.rows:
        tell(say.no_chart_message(request.reader))
        return
    chart = say.own_chart(request.reader, shown)
    file_id = request.services.upload(request.slack, draw(chart), chart.title, say.chart_alt(request.reader, chart))
    tell(say.chart_message(request.reader, shown, file_id) if file_id else say.chart_failed_message(request.reader))


ROUTES = Routes(commands={"/leaderboard": show_leaderboard}, actions={BoardAction.SHOW: show_leaderboard})
