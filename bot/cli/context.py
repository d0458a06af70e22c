"""What commands share: the database, the clock, who gives the order."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

import typer
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from bot.cli.environment import settings
from bot.cli.output import note
from bot.errors import EXIT_WRONG_USE, CommandError
from bot.process.garbage_collection import freeze_loaded_objects
from loyalty.accounts.accounts import find_account
from storage import schema_revision
from storage.database import OPERATOR, Database
from storage.tables import Account

OPERATOR_NAME = "operator"
"""The author of what is done by command, as the ledger and the audit name them."""

T = TypeVar("T")

AccountKey = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The account's key.", show_default=False)]
OfAccount = Annotated[str, typer.Option("--account", metavar="ACCOUNT", help="The account's key.", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def now() -> dt.datetime:
    """Return the moment, by the clock that the bot goes by, too."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=settings().clock_ahead)


@contextmanager
def database() -> Iterator[Database]:
    """Open the deployment's database, at the newest revision; a new SQLite file is made."""
    with any_database() as opened:
        _bring_up(opened)
        yield opened


@contextmanager
def any_database() -> Iterator[Database]:
    """Open the deployment's database, whatever its revision."""
    opened = _connect(settings().database_url)
    freeze_loaded_objects()
    try:
        yield opened
    finally:
        opened.dispose()


def _connect(url: str) -> Database:
    try:
        return Database(url)
    except (ArgumentError, TypeError, ImportError, ValueError):
        raise CommandError(
            "LAURELS_DATABASE_URL is no address of a database that is known here: right is sqlite:///laurels.db or"
            " postgresql://user:password@host/name",
            EXIT_WRONG_USE,
        ) from None


def _bring_up(opened: Database) -> None:
    at = schema_revision.current(opened)
    if at == schema_revision.head():
        return
    if is_made_by_itself(opened, at):
        from storage.migrate import upgrade  # noqa: PLC0415 - Alembic is dear, and wanted once

        upgrade(opened)
        note(f"Made a new database, {shown_url(opened)}.")
        return
    raise CommandError(f"the database {upgrade_advice(at)}", EXIT_WRONG_USE)


def is_made_by_itself(opened: Database, at: str | None) -> bool:
    """Return whether the first command that needs the database makes its tables: in a new SQLite file."""
    return at is None and opened.is_sqlite and schema_revision.is_blank(opened)


def upgrade_advice(at: str | None) -> str:
    """Return what a database at a revision that is not the newest is like, and what to do."""
    if at is not None and at not in schema_revision.known():
        return f"was upgraded to revision {at} by a newer Laurels: run that one"
    state = f"is at revision {at}" if at else "has no tables of Laurels yet"
    return f"{state}, wanted is {schema_revision.head()}: run `laurels db upgrade`"


def absent_file() -> Path | None:
    """Return the SQLite file that is not there yet, None where it is; asking does not make it."""
    url = settings().database_url
    path = Path(url.removeprefix("sqlite:///"))
    return path if url.startswith("sqlite:///") and not path.exists() and path.parent.exists() else None


def is_there(opened: Database) -> bool:
    """Return whether a database has Laurels' tables, at whatever revision. No SQLite file is made by asking."""
    file = opened.engine.url.database or ""
    if opened.is_sqlite and not Path(file).exists():
        return False
    return schema_revision.current(opened) is not None


def shown_url(opened: Database) -> str:
    """Return where the database is, without its password."""
    return make_url(opened.engine.url).render_as_string(hide_password=True)


class AccountContext:
    """One account of an open database, and its two doors."""

    def __init__(self, opened: Database, account: Account) -> None:
        assert account.id is not None  # noqa: S101 - read from the database
        self.id, self.account, self.database = account.id, account, opened

    @property
    def today(self) -> dt.date:
        """The date in the account's zone."""
        return now().astimezone(ZoneInfo(self.account.timezone)).date()

    def read(self, work: Callable[[Session], T]) -> T:
        """Return what `work` finds in the account's own scope."""
        return self.database.read({self.id}, work)

    def write(self, work: Callable[[Session], T]) -> T:
        """Return what `work` did in the account's own scope, committed."""
        return self.database.write({self.id}, work)


@contextmanager
def account_context(key: str) -> Iterator[AccountContext]:
    """Open the database for one account. Errors: `NoSuchAccountError`, with the nearest key."""
    with database() as opened:
        yield AccountContext(opened, opened.read(OPERATOR, lambda session: find_account(session, key)))


def as_written(kind: Any, value: str) -> str:
    """Return an argument as a programme's file would take it, an e-mail for instance."""
    try:
        return TypeAdapter[str](kind).validate_python(value)
    except ValidationError as error:
        raise CommandError(
            f"{value}: {error.errors()[0]['msg'].removeprefix('Value error, ')}", EXIT_WRONG_USE
        ) from None


def confirm(question: str, *, yes: bool) -> None:
    """Ask whether to go on, unless `yes`; a no ends the command."""
    if yes:
        return
    if not typer.get_text_stream("stdin").isatty():
        raise CommandError(f"{question} There is nobody to answer: say --yes", EXIT_WRONG_USE)
    if not typer.confirm(question, err=True):
        raise CommandError("nothing was changed")
