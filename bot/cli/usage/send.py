"""`laurels usage send`: a file's usage to a running bot, signed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from bot.cli.context import now
from bot.cli.output import Json, count, document, note, number, say
from bot.errors import EXIT_REFUSED, EXIT_WRONG_USE, CommandError
from bot.usage_client import SendingError, SendTotals, batches, key_of, poster, send
from handlers.usage.formats import Format, Refused, read_file
from loyalty.usage.record import UsageEvent

LISTED = 20
DOOR = "/v1/usage"
GO_ON = "What was recorded stays. Run the same command again to go on: nothing counts twice."


def usage_send(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of usage events.", exists=True, dir_okay=False)],
    url: Annotated[
        str, typer.Option(envvar="LAURELS_URL", help="The bot's address, as the senders to copy take it.")
    ] = "http://127.0.0.1:3001",
    secret: Annotated[
        str,
        typer.Option(envvar="LAURELS_USAGE_SECRET", show_default=False, help="The signing secret, whsec_…"),
    ] = "",
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="The file's format, where it cannot be told from what it holds."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Send a file's events to a running bot, signed, in batches; where it is away, wait and send again.

    Usage older than 90 days is for `laurels usage import`. The secret is better kept in the environment's
    LAURELS_USAGE_SECRET than among the arguments, which other users of the machine can see.
    """
    key, post = _key(secret), poster(_checked(url))
    total, stopped = SendTotals(), None
    unread: list[Refused] = []
    with _progress() as advance:
        try:
            for batch in batches(_events(file, as_format, unread)):
                total.add(send(batch, key=key, post=post, clock=now, sleep=_wait))
                advance(len(batch))
        except SendingError as error:
            stopped = str(error)
    if as_json:
        document({"sent": total, "unread": unread} | ({"stopped": stopped} if stopped else {}))
    else:
        _tell(total, unread)
    if stopped is not None:
        raise CommandError(f"{stopped}\n{GO_ON}", EXIT_REFUSED)
    if total.refused or unread:
        raise typer.Exit(EXIT_REFUSED)


def _wait(seconds: float) -> None:
    note(f"The bot is away; sent again in {count(round(seconds), 'second')}.")
    time.sleep(seconds)


def _key(secret: str) -> bytes:
    try:
        return key_of(secret)
    except ValueError as error:
        raise CommandError(
            f"{error}: give it as LAURELS_USAGE_SECRET in the environment, or by --secret", EXIT_WRONG_USE
        ) from None


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise CommandError(f"{url} is no address: right is one like https://laurels.example", EXIT_WRONG_USE)
    return url if parts.path.endswith(DOOR) else url.rstrip("/") + DOOR


def _events(file: Path, as_format: Format | None, unread: list[Refused]) -> Iterator[UsageEvent]:
    for found in read_file(file, as_format=as_format):
        if isinstance(found, Refused):
            unread.append(found)
        else:
            yield found.event


@contextmanager
def _progress() -> Iterator[Callable[[int], object]]:
    """Show how many events are through, where somebody is looking."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("Sent"), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda events: progress.advance(task, events)


def _tell(total: SendTotals, unread: list[Refused]) -> None:
    say(
        f"Sent {count(total.sent, 'event')}: {number(total.recorded)} recorded,"
        f" {number(total.replayed)} on record already, {number(total.refused)} refused.",
        f"{count(total.points, 'point')} went to people, {number(total.pool)} to pools.",
    )
    if total.refusals:
        note("", "Refused:", *(f"  {event_id or 'no id'}: {reason}" for event_id, reason in total.refusals[:LISTED]))
    if len(total.refusals) > LISTED:
        note(f"  and {number(len(total.refusals) - LISTED)} more; --json lists them all")
    if unread:
        note("", "Not sent, for they could not be read:", *(f"  {one}" for one in unread[:LISTED]))
    if len(unread) > LISTED:
        note(f"  and {number(len(unread) - LISTED)} more; --json lists them all")
