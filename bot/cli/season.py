"""`laurels season`: months opened anew, with a board of their own."""

import datetime as dt
import re
from typing import Annotated

import typer

from bot.cli.context import OPERATOR_NAME, AccountContext, AccountKey, Yes, account_context, confirm, now
from bot.cli.output import Json, document, say, table
from bot.errors import CommandError
from leaderboards.periods import start_of
from loyalty.boards import seasons
from loyalty.boards.seasons import Opened

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Seasons: boards on which everybody starts from zero. No points move, nothing is deleted.",
)


def _month(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value):
        raise typer.BadParameter(f"{value} is no month: right is one like 2026-03.")
    return value


@app.command("open")
def open_(
    account: AccountKey,
    name: Annotated[str, typer.Option("--name", help="What it is called; it may stay without a name.")] = "",
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="YYYY-MM", help="Its first month; this one, where left out.", callback=_month),
    ] = None,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Open a season for an account; its channel is told when nobody is disturbed by it."""
    at = now()
    with account_context(account) as its:
        starts = dt.date.fromisoformat(f"{from_}-01") if from_ else start_of("month", its.today)
        confirm(f"Open a season for {its.account.name} from {starts} on, and tell its channel?", yes=yes)
        season = its.write(
            lambda session: seasons.open_season(session, its.id, starts=starts, name=name, author=OPERATOR_NAME, now=at)
        )
    if as_json:
        document({"account": account, **_document(season)})
    else:
        say(f"{its.account.name} has a season from {season.starts} on{_called(season)}.")


@app.command()
def undo(account: AccountKey, yes: Yes = False, as_json: Json = False) -> None:
    """Take back the season that was opened last: its months count as they did before. No points move."""
    at = now()
    with account_context(account) as its:
        latest = _latest(its)
        confirm(f"Undo the season of {its.account.name} from {latest.starts} on{_called(latest)}?", yes=yes)
        its.write(lambda session: seasons.undo_season(session, its.id, latest.id, author=OPERATOR_NAME, now=at))
    if as_json:
        document({"account": account, **_document(latest)})
    else:
        say(f"The season of {its.account.name} from {latest.starts} on is undone.")


@app.command("list")
def list_(account: AccountKey, as_json: Json = False) -> None:
    """List an account's seasons, the latest first."""
    with account_context(account) as its:
        found = its.read(lambda session: seasons.opened(session, its.id))
    if as_json:
        document({"account": account, "seasons": [_document(season) for season in found]})
    elif not found:
        say(f"{its.account.name} has no season yet: `laurels season open {account}` opens one.")
    else:
        table(("From", "Name"), [(season.starts, season.name) for season in found])


def _latest(its: AccountContext) -> Opened:
    found = its.read(lambda session: seasons.opened(session, its.id))
    if not found:
        raise CommandError(f"{its.account.name} has no season: nothing was undone")
    return found[0]


def _called(season: Opened) -> str:
    return f", {season.name}" if season.name else ""


def _document(season: Opened) -> dict[str, object]:
    return {"season": season.id, "starts": season.starts, "name": season.name}
