"""`laurels leaderboard`: everybody who earns, joined or not, best first."""

import datetime as dt
from pathlib import Path
from typing import Annotated, cast

import typer

from bot.cli.context import AccountContext, AccountKey, account_context
from bot.cli.output import Json, document, note, say, table
from bot.errors import EXIT_WRONG_USE, CommandError
from leaderboards.boards import everyones_board
from leaderboards.chart.render import draw
from leaderboards.periods import PERIODS, Frame, Period, frame_of
from leaderboards.score_sources import source_of
from leaderboards.seasons import begun_seasons
from leaderboards.standings import Standing
from loyalty.programme.versions import in_force
from loyalty.suggestions import nearest

app = typer.Typer(add_completion=False)

SEASON = "season"
KNOWN = (*PERIODS, SEASON)


def _period(value: str) -> str:
    if value not in KNOWN:
        raise typer.BadParameter(
            f"there is no period `{value}`{nearest(value, KNOWN) or ': there are ' + ', '.join(KNOWN)}"
        )
    return value


def _day(value: str | None) -> str | None:
    try:
        return value and dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value} is no date: right is one like 2026-03-16.") from None


@app.command()
def leaderboard(
    account: AccountKey,
    period: Annotated[
        str,
        typer.Option(
            metavar="|".join(KNOWN),
            help="The whole calendar period, or the season, that holds the date.",
            callback=_period,
        ),
    ] = "week",
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help="A date in it; today, where left out.", callback=_day)
    ] = None,
    png: Annotated[
        Path | None,
        typer.Option("--png", metavar="FILE", help="Draw the first ones as a picture, too.", dir_okay=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show everybody who earned in a period, best first. In Slack only members are shown, and only if they chose it."""
    with account_context(account) as its:
        day = dt.date.fromisoformat(at) if at else its.today
        frame = _frame(its, period, day)
        rows = its.read(lambda session: source_of(session, its.id, frame).everyone())
        if png is not None:
            _draw(png, its, frame)
    if as_json:
        document(_document(account, frame, rows))
    else:
        _tell(its, frame, rows)


def _frame(its: AccountContext, period: str, day: dt.date) -> Frame:
    if period != SEASON:
        return frame_of(cast("Period", period), day, its.read(in_force).week_starts)
    seasons = its.read(lambda session: begun_seasons(session, its.id, day))
    if not seasons:
        raise CommandError(
            f"{its.account.name} has no season that holds {day}: `laurels season open {its.account.key}` opens one"
        )
    return seasons[-1]


def _document(account: str, frame: Frame, rows: list[Standing]) -> dict[str, object]:
    return {
        "account": account,
        "period": frame.period,
        "start": frame.span.start,
        "end": frame.span.end,
        **({"season": frame.name} if frame.period == "season" else {}),
        "rows": [{"rank": row.rank, "person": row.person, "name": row.name, "points": row.points} for row in rows],
    }


def _tell(its: AccountContext, frame: Frame, rows: list[Standing]) -> None:
    start, end = frame.span.start, frame.span.end
    days = f"since {start}" if end is None else f"{start} to {end - dt.timedelta(days=1)}"
    called = f" {frame.name}" if frame.name else ""
    title = "all time" if frame.period == "all" else f"{frame.period}{called}: {days}"
    say(f"{its.account.name}, {title}")
    if not rows:
        say("Nobody earned points.")
        return
    say("")
    named = any(row.name != row.person for row in rows)
    columns = (">Rank", "Name", ">Points", "Person") if named else (">Rank", "Person", ">Points")
    table(columns, [(row.rank, row.name, row.points, *([row.person] if named else [])) for row in rows])


def _draw(png: Path, its: AccountContext, frame: Frame) -> None:
    from messages.boards.board import public_chart  # noqa: PLC0415 - only a picture pays for the catalogues
    from messages.kit.reader import Reader  # noqa: PLC0415

    board = its.read(lambda session: everyones_board(session, its.id, frame))
    picture = draw(public_chart(Reader(its.account.language, its.account.timezone), board))
    try:
        png.write_bytes(picture)
    except OSError as error:
        raise CommandError(f"{png}: {error.strerror}: name a file that may be written", EXIT_WRONG_USE) from None
    note(f"Drew {png}.")
