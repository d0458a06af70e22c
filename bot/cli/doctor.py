"""`laurels doctor`: what is configured, what can be reached, what is missing. Secrets are never shown."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.cli.common import any_database, settings
from bot.cli.mishaps import REFUSED, Mishap
from bot.cli.show import Json, count, document, say
from bot.cli.trouble import words
from bot.settings import SLACK, Settings
from loyalty.accounts import account_keys
from loyalty.versions import NoProgrammeError, in_force
from storage import revision
from storage.session import OPERATOR, Database

app = typer.Typer(add_completion=False)

State = Literal["fine", "missing", "wrong"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, and in words what was found or what to do."""

    name: str
    state: State
    says: str


@app.command()
def doctor(as_json: Json = False) -> None:
    """Look at what is configured, what can be reached and what is missing; exit 1 where something is wrong."""
    given = settings()
    checks = [_python(), *_database(given), *_slack(given)]
    if as_json:
        document({"fine": all(check.state != "wrong" for check in checks), "checks": checks})
    else:
        for check in checks:
            say(f"{check.state:8}{check.name}: {check.says}")
    if any(check.state == "wrong" for check in checks):
        raise typer.Exit(REFUSED)


def _python() -> Check:
    return Check("Python", "fine", f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def _database(settings: Settings) -> Iterator[Check]:
    absent = _absent_file(settings.database_url)
    if absent is not None:
        yield Check("database", "missing", f"{absent} is not there yet: the first command that needs it makes it")
        return
    try:
        with any_database() as opened:
            yield _reached(opened)
            if revision.is_current(opened):
                yield _programme(opened)
    except Mishap as mishap:
        yield Check("database", "wrong", str(mishap))
    except DBAPIError as error:
        yield Check("database", "wrong", words(error) or f"it answers with {type(error.orig).__name__}")


def _absent_file(url: str) -> str | None:
    path = url.removeprefix("sqlite:///")
    return path if path != url and not Path(path).exists() and Path(path).parent.exists() else None


def _reached(opened: Database) -> Check:
    where = make_url(opened.engine.url).render_as_string(hide_password=True)
    at, newest = revision.current(opened), revision.head()
    if at != newest:
        return Check(
            "database", "wrong", f"{where} is at revision {at or 'none'}, not {newest}: run `laurels db upgrade`"
        )
    return Check("database", "fine", f"{where}, revision {at}")


def _programme(opened: Database) -> Check:
    try:
        version = opened.read(OPERATOR, in_force)
    except NoProgrammeError:
        return Check("programme", "missing", "none was applied yet: `laurels programme apply FILE`")
    accounts = opened.read(OPERATOR, account_keys)
    name = version.programme.programme.name
    return Check("programme", "fine", f"{name}, version {version.number}, {count(len(accounts), 'account')}")


def _slack(settings: Settings) -> Iterator[Check]:
    if not settings.slack_bot_token:
        yield Check("Slack", "missing", "no SLACK_BOT_TOKEN: the command line works, the bot cannot run")
        return
    if not settings.slack_app_token and not settings.slack_signing_secret:
        yield Check("Slack", "wrong", "neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is given")
    yield _greeted(settings)


def _greeted(settings: Settings) -> Check:
    from slack_sdk import WebClient  # noqa: PLC0415 - only where there is a token
    from slack_sdk.errors import SlackApiError  # noqa: PLC0415

    way = "Socket Mode" if settings.slack_app_token else "HTTP"
    slack = "Slack" if settings.slack_api_url == SLACK else f"Slack at {settings.slack_api_url}"
    slack_client = WebClient(settings.slack_bot_token, base_url=settings.slack_api_url, retry_handlers=[], timeout=10)
    try:
        found = slack_client.auth_test()
    except SlackApiError as error:
        return Check("Slack", "wrong", f"{slack} refuses the bot token: {error.response.get('error')}")
    except OSError as error:
        return Check("Slack", "wrong", f"{slack} cannot be reached: {error}")
    return Check("Slack", "fine", f"{way}, workspace {found.get('team')}, as {found.get('user')}")
