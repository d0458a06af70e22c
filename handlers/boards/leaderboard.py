"""Boards: /leaderboard [last] [period] [chart] [me], and the presses that do the same."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from handlers import command_words
from handlers.programme.queries import badges, frame
from handlers.request import Followup, Reply, Routes, SlackRequest
from leaderboards.boards import OwnBoard
from leaderboards.chart.render import draw
from leaderboards.periods import PERIODS, Frame, Period, frame_of
from leaderboards.seasons import begun_seasons
from loyalty.boards.posts import Names, own_board
from loyalty.programme.versions import InForce, in_force
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
    if (posted := _posted_board(request.value)) is not None:
        period, day, with_chart = posted
        return _posted_reply(request, period, day, with_chart=with_chart)
    read = command_words.read(request.value, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/leaderboard", read.unknown, read.nearest))
    if Word.HELP in read.words:
        return Reply(message=helping.leaderboard_help(request.reader), replaces_message=True)
    return _board_reply(request, read.words)


def _board_reply(request: SlackRequest, words: tuple[Word, ...]) -> Reply:
    """Answer with the board that the words ask for, as the member may see it."""
    account_id, person_id, reader = request.requester.known_account.id, request.requester.member, request.reader

    def read_board(session: Any) -> tuple[InForce, Sequence[Frame], tuple[OwnBoard, Names] | None]:
        force, seasons = in_force(session), begun_seasons(session, account_id, request.today)
        period = _asked_frame(request, words, force, seasons)
        return force, seasons, None if period is None else own_board(session, account_id, person_id, period)

    force, seasons, board_and_rewards = request.database.read({account_id}, read_board)
    if board_and_rewards is None:
        return Reply(message=say_seasons.no_season_message(reader, last=bool(seasons)), replaces_message=True)
    board, rewards = board_and_rewards
    last = Word.LAST in words and board.board.period != "all"
    if Word.ME in words:
        return Reply(
            message=say_own.own_place_message(reader, board, last=last, seasons=len(seasons)), replaces_message=True
        )
    names = badges(force, reader.language) | {key: name.get(reader.language) for key, name in rewards.items() if name}
    message = say_own.own_board_message(reader, board, names, last=last, seasons=len(seasons))
    return Reply(
        message=message,
        replaces_message=True,
        followup=_chart_followup(request, board) if Word.CHART in words else None,
    )


def _posted_board(value: str) -> tuple[Period, date, bool] | None:
    """Return which board was posted, where a press under it means that one, and whether its chart is wanted."""
    match = _POSTED.fullmatch(value)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match["day"])
    except ValueError:
        return None
    return next(period for period in PERIODS if period == match["period"]), day, match["word"] == Word.CHART


def _posted_reply(request: SlackRequest, period: Period, day: date, *, with_chart: bool) -> Reply:
    """Answer with one's own place in a period that may be long over."""
    account_id, person_id = request.requester.known_account.id, request.requester.member

    def read_board(session: Any) -> tuple[Frame, Frame, OwnBoard, int]:
        current = frame(request, period, in_force(session))
        posted = frame_of(period, day, current.week_starts)
        board, _ = own_board(session, account_id, person_id, posted)
        return current, posted, board, len(begun_seasons(session, account_id, request.today))

    current, posted, board, seasons = request.database.read({account_id}, read_board)
    last = posted == next(current.past(), None)
    older = not last and posted != current
    return Reply(
        message=say_own.own_place_message(request.reader, board, last=last, older=older, seasons=seasons),
        replaces_message=True,
        followup=_chart_followup(request, board) if with_chart else None,
    )


def _asked_frame(
    request: SlackRequest, words: tuple[Word, ...], force: InForce, seasons: Sequence[Frame]
) -> Frame | None:
    """Return the period that was asked for; None where there is no such season. `seasons` are those that have begun."""
    if Word.SEASON in words:
        ago = 2 if Word.LAST in words else 1
        return seasons[-ago] if len(seasons) >= ago else None
    period: Period = next((period for period in PERIODS if period in words), "week")
    current = frame(request, period, force)
    return next(current.past(), current) if Word.LAST in words else current


def _chart_followup(request: SlackRequest, board: OwnBoard) -> Callable[[Followup], None]:
    """Return what draws the board's chart once the answer is on its way, and shows it."""

    def draw_chart(show: Followup) -> None:
        if not board.board.rows:
            show(say.no_chart_message(request.reader))
            return
        chart = say.own_chart(request.reader, board)
        png, alt = draw(chart), say.chart_alt(request.reader, chart)
        file_id = request.services.upload(request.slack, png, chart.title, alt)
        show(say.chart_message(request.reader, board, file_id) if file_id else say.chart_failed_message(request.reader))

    return draw_chart


ROUTES = Routes(commands={"/leaderboard": show_leaderboard}, actions={BoardAction.SHOW: show_leaderboard})
