"""Starts everything: a database of its own, the local Slack, the bot as a process, the page around them."""

import datetime as dt
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from fastapi import FastAPI

from bot.demo import crash
from bot.demo import server as page_server
from bot.demo.bot_process import BotProcess
from bot.demo.script import Script, read_script, slack_of
from bot.demo.seed_history import prepare
from bot.demo.toy_product import Orbit
from bot.errors import CommandError
from loyalty.usage import secrets as usage_secrets
from sandbox import run_servers, server
from storage.database import OPERATOR, Database
from storage.migrate import upgrade


@dataclass(frozen=True)
class DemoServers:
    """What the demo is made of, built and not yet running."""

    script: Script
    slack: FastAPI
    page: FastAPI
    bot: BotProcess


def run_demo(*, port: int, browser: bool) -> None:
    """Run the demo until Ctrl-C. Errors: `CommandError` where a port is taken."""
    _look_for_room(port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    typer.echo(
        "Laurels: a local Slack with the real bot in it. Nothing leaves this machine; nothing is kept.", err=True
    )
    with suppress(KeyboardInterrupt), open_demo(port) as built, demo_running(built, port) as url:
        typer.echo(f"Open {url} (Ctrl-C ends it)", err=True)
        if browser:
            webbrowser.open(url)
        threading.Event().wait()


def _look_for_room(port: int) -> None:
    for number in range(port, port + 3):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", number))
            except (OSError, OverflowError):
                raise CommandError(
                    f"Port {number} is not free. Choose another place: laurels demo --port {port + 100}, say;"
                    " the two ports after it are wanted too."
                ) from None


@contextmanager
def demo_running(built: DemoServers, port: int) -> Iterator[str]:
    """Run what was built, and return where its page is."""
    slack = run_servers.Site(built.slack, port + 1, before_stop=built.slack.state.slack.feed.close)
    with run_servers.in_background(run_servers.Site(built.page, port), slack) as [url, _], built.bot:
        yield url


@contextmanager
def open_demo(port: int) -> Iterator[DemoServers]:
    """Build the demo on three ports from `port` on: the page, the local Slack, the bot."""
    script = read_script()
    now = _story_clock(script)
    bot_token, signing_secret = f"xoxb-{secrets.token_hex(12)}", secrets.token_hex(16)
    with TemporaryDirectory(prefix="laurels-demo-") as folder:
        url = f"sqlite:///{Path(folder) / 'laurels.db'}"
        database = Database(url)
        upgrade(database)
        prepare(database, script)
        secret = database.write(
            OPERATOR,
            lambda session: usage_secrets.create_secret(
                session, secrets.token_bytes(32), key="", accounts=None, author="operator", now=now()
            ),
        )
        bot = BotProcess(
            port + 2,
            {
                "LAURELS_DATABASE_URL": url,
                "LAURELS_LOG_LEVEL": "warning",
                "LAURELS_CLOCK_AHEAD": str((now() - dt.datetime.now(dt.UTC)).total_seconds()),
                "SLACK_BOT_TOKEN": bot_token,
                "SLACK_SIGNING_SECRET": signing_secret,
                "SLACK_API_URL": f"http://127.0.0.1:{port + 1}/api/",
            },
        )
        orbit = Orbit(script, bot.url, secret, now)
        slack = server.create(
            slack_of(script, bot_token=bot_token, signing_secret=signing_secret),
            bot_url=f"{bot.url}/slack/events",
            clock=now,
        )
        # Not whoever the story begins with: a burst would use up what a day may earn.
        others = [player.id for player in script.people if player.account == script.channels[0].account]
        others.remove(str(script.steps[0].as_))
        page = page_server.create(
            script,
            orbit,
            database,
            slack_url=f"http://127.0.0.1:{port + 1}",
            pull=lambda say: crash.crash_and_recover(orbit, bot, database, others, say),
            now=now,
        )
        try:
            yield DemoServers(script, slack, page, bot)
        finally:
            database.dispose()


def _story_clock(script: Script) -> Callable[[], dt.datetime]:
    """Return a clock that shows the story's morning now, and goes on from there."""
    ahead = script.morning.astimezone(dt.UTC) - dt.datetime.now(dt.UTC)
    return lambda: dt.datetime.now(dt.UTC) + ahead
