"""`laurels doctor`: what is configured, what can be reached, what is missing. Secrets are never shown."""

import platform
from collections.abc import Iterator

import typer
from sqlalchemy.exc import DBAPIError

from bot.cli.context import absent_file, any_database, is_made_by_itself, shown_url, upgrade_advice
from bot.cli.database_errors import database_error_words
from bot.cli.doctor.check import Check
from bot.cli.doctor.mail import mail
from bot.cli.doctor.slack import slack
from bot.cli.environment import settings
from bot.cli.output import Json, count, document, say
from bot.errors import EXIT_REFUSED, CommandError
from bot.logs.setup import LEVELS
from bot.settings import PREFIX_IS, Settings, is_prefix
from loyalty.accounts.accounts import account_keys
from loyalty.accounts.channels import unbound
from loyalty.programme.versions import NoProgrammeError, in_force
from storage import schema_revision
from storage.database import OPERATOR, Database

app = typer.Typer(add_completion=False)

MOST_NAMED = 5


@app.command()
def doctor(as_json: Json = False) -> None:
    """Look at what is configured, what can be reached and what is missing; exit 1 where something is wrong."""
    given = settings()
    checks = [_python(), *_environment(given), *_database(), mail(given), *slack(given)]
    if as_json:
        document({"fine": all(check.state != "wrong" for check in checks), "checks": checks})
    else:
        for check in checks:
            say(f"{check.state:8}{check.name}: {check.says}")
    if any(check.state == "wrong" for check in checks):
        raise typer.Exit(EXIT_REFUSED)


def _python() -> Check:
    return Check("Python", "fine", f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def _environment(settings: Settings) -> Iterator[Check]:
    if not settings.secret_key:
        words = "not set: whoever can read the database can sign usage. Any long random text will do"
        yield Check("LAURELS_SECRET_KEY", "missing", words)
    if not is_prefix(settings.command_prefix):
        yield Check("LAURELS_COMMAND_PREFIX", "wrong", f"{settings.command_prefix!r}: {PREFIX_IS}")
    if settings.log_level not in LEVELS:
        yield Check("LAURELS_LOG_LEVEL", "wrong", f"{settings.log_level!r}: there are {', '.join(LEVELS)}")


def _database() -> Iterator[Check]:
    absent = absent_file()
    if absent is not None:
        yield Check("database", "missing", f"{absent} is not there yet: the first command that needs it makes it")
        return
    try:
        with any_database() as opened:
            yield _reached(opened)
            if schema_revision.is_current(opened):
                yield from _programme(opened)
    except CommandError as mishap:
        yield Check("database", "wrong", str(mishap))
    except DBAPIError as error:
        yield Check("database", "wrong", database_error_words(error) or f"it answers with {type(error.orig).__name__}")


def _reached(opened: Database) -> Check:
    where, at = shown_url(opened), schema_revision.current(opened)
    if at == schema_revision.head():
        return Check("database", "fine", f"{where}, revision {at}")
    if is_made_by_itself(opened, at):
        return Check("database", "missing", f"{where} is empty: the first command that needs it makes its tables")
    return Check("database", "wrong", f"{where} {upgrade_advice(at)}")


def _programme(opened: Database) -> Iterator[Check]:
    try:
        version = opened.read(OPERATOR, in_force)
    except NoProgrammeError:
        yield Check("programme", "missing", "none was applied yet: `laurels programme apply FILE`")
        return
    accounts = opened.read(OPERATOR, account_keys)
    name = version.programme.settings.name
    yield Check("programme", "fine", f"{name}, version {version.number}, {count(len(accounts), 'account')}")
    loose = opened.read(OPERATOR, unbound)
    if loose:
        named = ", ".join(loose[:MOST_NAMED]) + (f" and {len(loose) - MOST_NAMED} more" if loose[MOST_NAMED:] else "")
        yield Check("channels", "missing", f"none yet for {named}: `laurels channel bind ACCOUNT CHANNEL`")
