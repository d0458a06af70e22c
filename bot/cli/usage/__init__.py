"""`laurels usage`: what people did in the product, brought in or sent; and what senders sign with."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import DBAPIError

from bot.cli.context import database, now
from bot.cli.errors import error_words
from bot.cli.output import Json, count, document, note, number, say
from bot.cli.usage import secrets
from bot.cli.usage.send import usage_send
from bot.errors import EXIT_REFUSED
from handlers.usage.file_import import ImportReport, import_usage
from handlers.usage.formats import Format

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Usage of the product: bring it in.")

app.add_typer(secrets.app, name="secret")
app.command("send")(usage_send)

INTERRUPTED = 130
LISTED = 20
GO_ON = "What was recorded stays. Run the same command again to go on: what is on record already counts nothing twice."


@app.callback()
def usage() -> None:
    """Bring in what people did in the product."""


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Files of usage events.", exists=True, dir_okay=False)
    ],
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="The files' format, where it is not to be told from what they hold."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Record usage from files, however old: Segment track calls, CloudEvents, CSV or Laurels' own JSON.

    Importing a file again records nothing twice.
    """
    report, stopped = ImportReport(), None
    with database() as opened, _progress(files) as progress:
        try:
            import_usage(opened, files, now=now, report=report, as_format=as_format, progress=progress)
        except KeyboardInterrupt:
            stopped = "Stopped."
        except (DBAPIError, OSError) as error:
            stopped = error_words(error) or _of_file(error)
            if stopped is None:
                raise
    if as_json:
        document(report.as_json() | ({"stopped": stopped} if stopped else {}))
    else:
        _tell(report, files)
    if stopped is not None:
        note(stopped, GO_ON)
        raise typer.Exit(INTERRUPTED if stopped == "Stopped." else EXIT_REFUSED)
    if report.refused:
        raise typer.Exit(EXIT_REFUSED)


def _of_file(error: Exception) -> str | None:
    return f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else None


@contextmanager
def _progress(files: Sequence[Path]) -> Iterator[Callable[[int], object]]:
    """Show how far reading is, by bytes, where somebody is looking."""
    console = Console(stderr=True)
    columns = (TextColumn("Reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=sum(path.stat().st_size for path in files))
        yield lambda size: progress.advance(task, size)


def _tell(report: ImportReport, files: Sequence[Path]) -> None:
    say(
        f"Read {count(report.read, 'event')} from {count(len(files), 'file')}: {number(report.recorded)} recorded,"
        f" {number(report.replayed)} on record already, {number(report.refused)} refused.",
        f"{count(report.points, 'point')} went to people, {number(report.pool)} to pools.",
    )
    if report.excluded:
        say(f"{number(report.excluded)} of the recorded earn nothing: the programme excludes their people.")
    if report.counted:
        say(f"{number(report.counted)} of the recorded came before their account was invited: counted, without people.")
    for rule, reasons in report.skipped.items():
        for reason, times in reasons.items():
            say(f"Rule {rule} skipped {count(times, 'event')}: {reason}.")
    if report.refused:
        note("", "Refused:", *(f"  {item}" for item in report.refused_items[:LISTED]))
    if report.refused > LISTED:
        note(f"  and {number(report.refused - LISTED)} more; --json lists them all")
