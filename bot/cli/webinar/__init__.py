"""`laurels webinar`: webinars and trainings, announced by file; who comes, who came."""

import datetime as dt
import secrets
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.cli.context import OPERATOR_NAME, AccountContext, account_context, database, now
from bot.cli.output import Json, count, document, say, table
from bot.cli.webinar.answers import rsvp
from bot.cli.webinar.evidence import attendance, mark
from bot.cli.webinar.feeds import feed
from bot.cli.webinar.shown import Key, Shown, announced_document, listed, show_webinar, shown
from bot.errors import EXIT_WRONG_USE, CommandError
from loyalty.notifications.recipients import recipient
from loyalty.people.people import find_person
from loyalty.programme.errors import WrongValueError
from loyalty.webinars.announce import announce_webinar
from loyalty.webinars.calendar.entries import calendar_entry, member_entry
from loyalty.webinars.changes import cancel_webinar, move_webinar, set_code, set_recording
from loyalty.webinars.create import create_series, create_webinar
from loyalty.webinars.details import WebinarDetails
from loyalty.webinars.file.read import WebinarPlan, read_webinar_file
from loyalty.webinars.file.schema import Which, read_local_time
from loyalty.webinars.overview.queries import webinar_shown
from storage.database import OPERATOR

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Webinars and trainings: announce, change, attend.")

CODE_LETTERS = "ACDEFHJKLMNPRTUVWXY34679"
"""Said aloud and typed: none that sounds, or looks, like another one."""
CODE_CHARS = 6


@app.callback()
def webinar() -> None:
    """Announce webinars by file, and see who comes and who came."""


@app.command()
def announce(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The webinar's file.", exists=True, dir_okay=False)],
    draft: Annotated[bool, typer.Option("--draft", help="Keep it as a draft: nobody is told of it.")] = False,
    as_json: Json = False,
) -> None:
    """Make the webinar, or the series, of a file, and invite whom it names. Every problem is named with its line."""
    text, at = _text(file), now()

    def work(session: Session) -> list[Shown]:
        plan = read_webinar_file(session, text, name=str(file), now=at)
        made = _made(session, plan, at)
        if not draft:
            made = [announce_webinar(session, each.key, author=OPERATOR_NAME, now=at) for each in made]
        return [shown(session, each.key, now=at) for each in made]

    with database() as opened:
        _tell_announced(opened.write(OPERATOR, work), as_json=as_json)


@app.command()
def send(key: Key, as_json: Json = False) -> None:
    """Announce a webinar that is a draft: whom it names is invited."""
    at = now()

    def work(session: Session) -> list[Shown]:
        announce_webinar(session, key, author=OPERATOR_NAME, now=at)
        return [shown(session, key, now=at)]

    with database() as opened:
        _tell_announced(opened.write(OPERATOR, work), as_json=as_json)


@app.command("list")
def list_(
    account: Annotated[
        str | None, typer.Option("--account", metavar="ACCOUNT", help="Only what this account is invited to.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List webinars by their start, with their answers: an account's own, where it is named."""
    at = now()
    with database() as opened:
        found = opened.read(OPERATOR, lambda session: listed(session, account, now=at))
    if as_json:
        document({"webinars": [each.row() for each in found]})
    elif not found:
        say("There are no webinars yet: `laurels webinar announce FILE` makes one.")
    else:
        table(
            ("Webinar", "Title", "Starts (UTC)", "State", ">Seats", ">Going", ">Waiting", ">Maybe", ">Can't", ">Came"),
            [each.cells() for each in found],
        )


@app.command()
def show(key: Key, as_json: Json = False) -> None:
    """Show a webinar: its time, its answers, account by account."""
    at = now()
    with database() as opened:
        show_webinar(opened.read(OPERATOR, lambda session: shown(session, key, now=at)), as_json=as_json)


@app.command()
def cancel(
    key: Key,
    why: Annotated[str, typer.Option("--why", help="The reason, as whoever answered is told.")],
    as_json: Json = False,
) -> None:
    """Cancel a webinar; whoever answered is told why."""
    at = now()
    _change(lambda session: cancel_webinar(session, key, why=why, author=OPERATOR_NAME, now=at), at, as_json=as_json)


@app.command()
def move(
    key: Key,
    to: Annotated[str, typer.Option("--at", metavar='"YYYY-MM-DD HH:MM"', help="The new local time.")],
    timezone: Annotated[
        str | None, typer.Option("--timezone", metavar="ZONE", help="Its zone, where it is another than before.")
    ] = None,
    which: Annotated[
        Which | None, typer.Option("--which", help="Which one is meant, where clocks show that time twice.")
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help="The reason, as whoever answered is told.")] = None,
    as_json: Json = False,
) -> None:
    """Move a webinar to another local time; whoever answered is told, and their answers stand."""
    at = now()
    try:
        local = read_local_time(to)
    except WrongValueError as error:
        raise CommandError(f"--at: {error}", EXIT_WRONG_USE) from None
    fold: Any = None if which is None else int(which == "second")

    def work(session: Session) -> WebinarDetails:
        return move_webinar(
            session, key, local, timezone=timezone, fold=fold, why=why, author=OPERATOR_NAME, now=at
        )  # fmt: skip

    _change(work, at, as_json=as_json)


@app.command()
def recording(
    key: Key,
    link: Annotated[str, typer.Argument(metavar="URL", help="Where the recording is, https://…", show_default=False)],
    as_json: Json = False,
) -> None:
    """Say where the recording is: once the webinar is over, it goes to whoever came, was to come or asked for it."""
    at = now()
    _change(lambda session: set_recording(session, key, link, author=OPERATOR_NAME, now=at), at, as_json=as_json)


@app.command()
def code(key: Key, as_json: Json = False) -> None:
    """Show the code that is said in the session, so that who is there can type it; the first time it is made."""
    at, fresh = now(), "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_CHARS))
    with database() as opened:
        said = opened.write(OPERATOR, lambda session: set_code(session, key, fresh, author=OPERATOR_NAME, now=at))
    if as_json:
        document({"webinar": key, "code": said})
    else:
        say(said)


@app.command()
def calendar(
    key: Key,
    person: Annotated[
        str | None,
        typer.Option("--person", metavar="PERSON", help="The product's user id of whose calendar it is for."),
    ] = None,
    account: Annotated[str | None, typer.Option("--account", metavar="ACCOUNT", help="Their account's key.")] = None,
) -> None:
    """Print the webinar's calendar file, as anybody's or as one person's, with what they answered."""
    if (person is None) != (account is None):
        raise CommandError("--person and --account go together", EXIT_WRONG_USE)
    if person is not None and account is not None:
        with account_context(account) as its:
            file = _persons_file(its, key, person)
    else:
        file = _anybodys_file(key)
    sys.stdout.flush()
    typer.echo(file, nl=False)


def _anybodys_file(key: str) -> bytes:
    from messages.kit.reader import Reader  # noqa: PLC0415 - the words and icalendar are dear
    from messages.webinars.calendar.calendar import calendar_file  # noqa: PLC0415

    at = now()
    with database() as opened:
        entry = opened.read(
            OPERATOR,
            lambda session: calendar_entry(session, webinar_shown(session, key, own=(), now=at).details.facts),
        )
    return calendar_file(Reader("en", entry.facts.timezone), entry, now=at)


def _persons_file(its: AccountContext, key: str, person: str) -> bytes:
    from messages.kit.reader import Reader  # noqa: PLC0415 - the words and icalendar are dear
    from messages.webinars.calendar.calendar import calendar_file  # noqa: PLC0415

    at = now()
    person_id, _ = its.read(lambda session: find_person(session, its.id, person))
    entry = its.read(lambda session: member_entry(session, its.id, key, person_id, now=at))
    to = its.read(lambda session: recipient(session, its.id, person_id))
    reader = Reader(to.language, to.timezone) if to else Reader(its.account.language, its.account.timezone)
    return calendar_file(reader, entry, now=at)


def _made(session: Session, plan: WebinarPlan, at: dt.datetime) -> list[WebinarDetails]:
    who: Any = {"author": OPERATOR_NAME, "now": at}
    if plan.repeat is None:
        return [create_webinar(session, plan.spec, plan.audiences, **who)]
    return [*create_series(session, plan.spec, plan.repeat, plan.audiences, **who)]


def _change(work: Any, at: dt.datetime, *, as_json: bool) -> None:
    def change(session: Session) -> Shown:
        details: WebinarDetails = work(session)
        return shown(session, details.key, now=at)

    with database() as opened:
        show_webinar(opened.write(OPERATOR, change), as_json=as_json)


def _tell_announced(made: list[Shown], *, as_json: bool) -> None:
    if as_json:
        # A series is its first part, and all of them beside it.
        parts = [announced_document(each) for each in made]
        document(parts[0] | ({"series": parts} if len(parts) > 1 else {}))
        return
    for each in made:
        facts = each.details.facts
        say(
            f"{facts.key} is {facts.state}: {facts.starts_at:%Y-%m-%d %H:%M} UTC,"
            f" {count(each.total('invited'), 'person', 'people')} invited."
        )


def _text(file: Path) -> str:
    raw = file.read_bytes()
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{file}:{line}: this is not UTF-8: save the file as UTF-8") from None


app.command()(rsvp)
app.command()(attendance)
app.command()(mark)
app.command()(feed)
