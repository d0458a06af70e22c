"""Boards: what a channel is told of a period, and what somebody is told of their own place in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from leaderboards.boards import Board, BoardRow, Goal, OwnBoard, OwnPlace
from leaderboards.chart.chart import Chart, ChartRow
from leaderboards.periods import Span, Stretch
from messages.actions import BoardAction
from messages.actions import SettingsAction as Settings
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, picture, section
from messages.kit.reader import Mrkdwn, Reader, escape, join_text


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart that was uploaded: the file's id, and what it shows in words."""

    file_id: str
    alt: str


def board_message(reader: Reader, board: Board, goals: Mapping[str, str], picture: Picture | None = None) -> Message:
    """Return what a channel is told; `goals` are the milestones' names by key. It is complete without the picture."""
    return message(
        section(board_notice(reader, board, goals, seats=True)),
        _image(picture),
        buttons(
            Button(
                label=_mine(reader, board.period),
                action=BoardAction.SHOW,
                value=f"{board.period} me {board.span.start}",
                key="me",
            ),
            Button(
                label=reader.label("As a chart"),
                action=BoardAction.SHOW,
                value=f"{board.period} chart {board.span.start}",
                key="chart",
            )
            if board.rows
            else None,
            Button(label=reader.label("My settings"), action=Settings.SETTINGS),
        ),
    )


def chart_message(reader: Reader, own_board: OwnBoard, file_id: str) -> Message:
    """Return the chart alone: it follows the board, where its figures stand as text."""
    drawn = own_chart(reader, own_board)
    return message(picture(file_id, alt=chart_alt(reader, drawn)), context(reader.say("Only you see this.")))


def no_chart_message(reader: Reader) -> Message:
    """Return why there is no chart: it would show ranks, and this board has none."""
    return message(
        section(
            reader.say(
                "There is no chart of this: it would show ranks, and nobody is ranked here. The figures stand above."
            )
        ),
        context(reader.say("Only you see this.")),
    )


def chart_failed_message(reader: Reader) -> Message:
    """Return why there is no chart this time."""
    return message(
        section(reader.say("The chart could not be made this time. Its figures stand above.")),
        context(reader.say("Only you see this.")),
    )


def board_title(reader: Reader, board: Board) -> str:
    """Return whose board it is, and of when: Northwind, 10–16 March."""
    return reader.label(
        "{account}, {when}", account=board.account, when=period_text(reader, board.period, board.span, board.season)
    )


def period_text(reader: Reader, period: Stretch, span: Span, season: str | None = None, *, year: bool = False) -> str:
    """Return a period's days in words, with their year where that is wanted; a season's name, or its months."""
    start = span.start
    match period:
        case "day":
            return reader.days(start, start, year=year)
        case "week":
            return reader.days(start, start + timedelta(days=6), year=year)
        case "month":
            return reader.month(start)
        case "quarter":
            return reader.months(start, start + timedelta(days=62))
        case "year":
            return reader.label("the year {year}", year=str(start.year))
        case "all" | "season":
            always = reader.label("from the first day until now")
            return always if period == "all" else _season(reader, span, season)


def _season(reader: Reader, span: Span, name: str | None) -> str:
    if name:
        return reader.label("season {name}", name=name)
    if span.end is None:
        return reader.label("the season since {month}", month=reader.month(span.start))
    return reader.months(span.start, span.end - timedelta(days=1))


def board_notice(reader: Reader, board: Board, goals: Mapping[str, str], *, seats: bool = False) -> Mrkdwn:
    """Return a board in words: the total, the goal, and whom its mode names.

    `seats`: with the points for each who earned any. Not beside somebody's own place: by how many there are they would
    know that it is the last.
    """
    notice_lines = [_total(reader, board)]
    if seats and board.per_seat:
        notice_lines.append(
            reader.count("{n} point per active person.", "{n} points per active person.", board.per_seat)
        )
    if board.goal is not None:
        notice_lines.append(team_goal_line(reader, goals.get(board.goal.key, board.goal.key), board.goal))
    if board.strong:
        names = join_text((reader.say("{name} {points}", name=s.name, points=s.points) for s in board.strong), ", ")
        notice_lines.append(
            reader.say("Strong weeks: {names}.", names=names)
            if board.period == "week"
            else reader.say("Stronger than usual: {names}.", names=names)
        )
    notice_lines += [_row(reader, row) for row in board.rows]
    notice_lines += _improved(reader, board)
    if board.mode == "board" and board.without == "few":
        notice_lines.append(reader.say("Ranks begin once four people who chose to be shown have points here."))
    if board.mode == "board" and board.without == "level":
        notice_lines.append(reader.say("So many are level at the top that nobody is ranked above the others."))
    return join_text(notice_lines)


def _total(reader: Reader, board: Board) -> Mrkdwn:
    title = board_title(reader, board)
    # Nothing before is no comparison: it is the first, or nobody was there.
    gain = board.total - board.total_before if board.total_before else 0
    together = reader.count("{n} point together", "{n} points together", board.total)
    if gain <= 0:
        return reader.say("*{title}: {together}.*", title=title, together=together)
    return reader.say("*{title}: {together}, {more}.*", title=title, together=together, more=_more(reader, board, gain))


def _more(reader: Reader, board: Board, gain: int) -> Mrkdwn:
    return {
        "day": lambda: reader.count("{n} more than the day before", "{n} more than the day before", gain),
        "week": lambda: reader.count("{n} more than the week before", "{n} more than the week before", gain),
        "month": lambda: reader.count("{n} more than the month before", "{n} more than the month before", gain),
        "quarter": lambda: reader.count("{n} more than the quarter before", "{n} more than the quarter before", gain),
        "year": lambda: reader.count("{n} more than the year before", "{n} more than the year before", gain),
        "all": lambda: Mrkdwn(""),
        "season": lambda: Mrkdwn(""),
    }[board.period]()


def team_goal_line(reader: Reader, name: str, ahead: Goal) -> Mrkdwn:
    """Return how far a team has come on its way to a goal of that name."""
    return reader.say("Goal, {name}: {have} of {points}.", name=name, have=ahead.have, points=ahead.points)


def _improved(reader: Reader, board: Board) -> list[Mrkdwn]:
    if not board.improved:
        return []
    names = join_text((escape(improved.name) for improved in board.improved), ", ")
    more = _more(reader, board, board.improved[0].gained)
    return [reader.say("Most improved: {names}, {more}.", names=names, more=more)]


def _row(reader: Reader, row: BoardRow) -> Mrkdwn:
    movement_text = reader.say("{rank}. {name} {points}", rank=row.rank, name=row.name, points=row.points)
    if row.own:
        movement_text = reader.say("*{told}* (you)", told=movement_text)
    moved = _moved(reader, row.moved)
    return reader.say("{told}, {moved}", told=movement_text, moved=moved) if moved else movement_text


def _moved(reader: Reader, moved: int | None) -> Mrkdwn:
    if not moved:
        return Mrkdwn("")
    if moved > 0:
        return reader.count("up {n} place", "up {n} places", moved)
    return reader.count("down {n} place", "down {n} places", -moved)


def own_place_text(reader: Reader, own: OwnPlace) -> Mrkdwn:
    """Return somebody's own points and place; how far the next place is, not whose it is."""
    if own.points <= 0:
        return reader.say("You have no points here yet.")
    points = reader.count("*{n} point*", "*{n} points*", own.points)
    if own.rank is None:
        return reader.say("You: {points}.", points=points)
    place_sentences = [reader.say("You: {points}, place {rank}.", points=points, rank=own.rank)]
    if own.to_next is not None and own.next_rank is not None:
        place_sentences.append(
            reader.count("{n} to go to place {rank}.", "{n} to go to place {rank}.", own.to_next, rank=own.next_rank)
        )
    moved = _moved(reader, own.moved)
    if moved:
        place_sentences.append(reader.say("That is {moved} since the period before.", moved=moved))
    return join_text(place_sentences, " ")


def _mine(reader: Reader, period: Stretch) -> str:
    return {
        "day": reader.label("My day"),
        "week": reader.label("My week"),
        "month": reader.label("My month"),
        "quarter": reader.label("My quarter"),
        "year": reader.label("My year"),
        "all": reader.label("My points so far"),
        "season": reader.label("My season"),
    }[period]


def own_chart(reader: Reader, own_board: OwnBoard) -> Chart:
    """Return a board as a picture for somebody: its rows, and their own where it is not among them."""
    board = own_board.board
    rows = [_bar(reader, row) for row in board.rows]
    if own_board.own.rank is not None and not any(row.own for row in board.rows):
        rows.append(
            _bar(
                reader,
                BoardRow(own_board.own.rank, reader.label("You"), own_board.own.points, own_board.own.moved, own=True),
            )
        )
    return Chart(
        title=board_title(reader, board),
        subtitle=reader.plain_count("{n} point together", "{n} points together", board.total),
        rows=tuple(rows),
        new=_new(reader, board),
    )


def public_chart(reader: Reader, board: Board) -> Chart:
    """Return a board as a picture for a channel."""
    return Chart(
        title=board_title(reader, board),
        subtitle=reader.plain_count("{n} point together", "{n} points together", board.total),
        rows=tuple(_bar(reader, row) for row in board.rows),
        new=_new(reader, board),
    )


def _new(reader: Reader, board: Board) -> str:
    """Return what stands beside a row that had no rank before; nothing where none had: there were no ranks then."""
    return reader.label("new") if any(row.moved is not None for row in board.rows) else ""


def _bar(reader: Reader, row: BoardRow) -> ChartRow:
    return ChartRow(
        rank=row.rank, name=row.name, points=row.points, label=reader.number(row.points), moved=row.moved, own=row.own
    )


def chart_alt(reader: Reader, chart: Chart) -> str:
    """Return what a chart shows, in words."""
    rows = "; ".join(
        reader.label("{rank}. {name} {points}", rank=row.rank, name=row.name, points=row.points) for row in chart.rows
    )
    return reader.label("Leaderboard. {title}. {rows}", title=chart.title, rows=rows)


def _image(own_board: Picture | None) -> BlockPart | None:
    return picture(own_board.file_id, alt=own_board.alt) if own_board else None
