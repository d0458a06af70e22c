"""A board for one person: what the channel may see, their own place and their best, and what else they can look at."""

from collections.abc import Mapping

from leaderboards.boards import Board, OwnBoard
from leaderboards.highlights import Best
from leaderboards.periods import Span, Stretch
from messages.actions import BoardAction
from messages.actions import PointsAction as Points
from messages.boards.board import board_notice, board_title, own_place_text, period_text
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader, escape, join_text


def own_board_message(
    reader: Reader, own_board: OwnBoard, goals: Mapping[str, str], *, last: bool = False, seasons: int = 0
) -> Message:
    """Return a board with somebody's own place, for themself alone; `last`: it is of the period before this one.

    `seasons`: how many have begun, so that there is a way to them.
    """
    return message(
        section(board_notice(reader, own_board.board, goals)),
        section(join_text((own_place_text(reader, own_board.own), *_record(reader, own_board)))),
        _periods(reader, own_board.board, last=last, seasons=seasons),
        _doors(reader, own_board.board, last=last, seasons=seasons),
        context(reader.say("Only you see this.")),
    )


def own_place_message(
    reader: Reader, own_board: OwnBoard, *, last: bool = False, older: bool = False, seasons: int = 0
) -> Message:
    """Return somebody's own place and their best without the board; `older`: of a period before the last one."""
    title = Mrkdwn(f"*{escape(board_title(reader, own_board.board))}*")
    return message(
        section(
            join_text(
                (
                    title,
                    own_place_text(reader, own_board.own),
                    *(_record(reader, own_board) or _best(reader, own_board)),
                )
            )
        ),
        _periods(reader, own_board.board, last=last or older, seasons=seasons, also="me"),
        buttons(Button(label=reader.label("My points"), action=Points.POINTS))
        if older
        else _doors(reader, own_board.board, last=last, seasons=seasons, me=True),
        context(reader.say("Only you see this.")),
    )


def _record(reader: Reader, own_board: OwnBoard) -> list[Mrkdwn]:
    """Return the line that this is somebody's best period; nothing where it is not, or is their first."""
    before = own_board.best_before
    if before is None or own_board.own.points <= before.points:
        return []
    return [reader.say("That is your best so far. Before, it was {best}.", best=_that(reader, own_board.board, before))]


def _best(reader: Reader, own_board: OwnBoard) -> list[Mrkdwn]:
    if own_board.best_before is None:
        return []
    return [reader.say("Your best so far: {best}.", best=_that(reader, own_board.board, own_board.best_before))]


def _that(reader: Reader, board: Board, best: Best) -> Mrkdwn:
    points = reader.count("{n} point", "{n} points", best.points)
    # Of another year it says so.
    year = best.start.year != board.span.start.year
    period = period_text(reader, board.period, Span(best.start, None), year=year)
    return reader.say("{points}, {when}", points=points, when=period)


def _periods(reader: Reader, board: Board, *, last: bool, seasons: int, also: str = "") -> BlockPart:
    """Return the other periods as buttons; `also`: what is added to each button's value."""
    labels: dict[Stretch, str] = {
        "day": reader.label("Today"),
        "week": reader.label("This week"),
        "month": reader.label("This month"),
        "quarter": reader.label("This quarter"),
        "year": reader.label("This year"),
        "all": reader.label("All time"),
        "season": reader.label("This season"),
    }
    return buttons(
        *(
            Button(label=label, action=BoardAction.SHOW, value=f"{period} {also}".strip(), key=period)
            for period, label in labels.items()
            if (period != board.period or last) and (seasons or period != "season")
        )
    )


def _doors(reader: Reader, board: Board, *, last: bool, seasons: int, me: bool = False) -> BlockPart:
    """Return what else can be seen of the same period, and the way to one's points."""
    same = f"last {board.period}" if last else board.period
    before = _before(reader, board.period, seasons)
    return buttons(
        Button(label=before, action=BoardAction.SHOW, value=f"last {board.period}{' me' if me else ''}", key="last")
        if before and not last
        else None,
        Button(label=reader.label("As a chart"), action=BoardAction.SHOW, value=f"{same} chart", key="chart")
        if board.rows
        else None,
        Button(label=reader.label("Leaderboard"), action=BoardAction.SHOW, value=same, key="board")
        if me
        else Button(label=reader.label("My place"), action=BoardAction.SHOW, value=f"{same} me", key="me"),
        Button(label=reader.label("My points"), action=Points.POINTS),
    )


def _before(reader: Reader, period: Stretch, seasons: int) -> str | None:
    if period == "season":
        return reader.label("The season before") if seasons > 1 else None
    return {
        "day": reader.label("The day before"),
        "week": reader.label("The week before"),
        "month": reader.label("The month before"),
        "quarter": reader.label("The quarter before"),
        "year": reader.label("The year before"),
    }.get(period)
