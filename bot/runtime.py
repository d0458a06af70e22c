"""The running bot: it answers people, delivers what is in the outbox, keeps time; and stops without leaving a doubt."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from bot.app import ROUTES, WORKERS, Bot, build
from bot.delivery.clients import Clients
from bot.delivery.kinds import KINDS
from bot.delivery.mail import MailDelivery
from bot.delivery.rate_limits import RateLimiter
from bot.delivery.sender import Sender
from bot.delivery.smtp import mail_server
from bot.delivery.workers import Delivery
from bot.member_refresh import REFRESH_EVERY_SECONDS, refresh_members
from bot.metrics import Metrics
from bot.process.garbage_collection import freeze_loaded_objects
from bot.schedule import Schedule, Tick, ticks
from bot.settings import Settings
from bot.socket_mode import SocketMode
from bot.web import app as web
from bot.workspace import HomeFinder, settle_channels
from storage.database import Database

POSTS_A_SECOND = 5.0
"""A workspace's budget to begin with; delivery adapts it to what Slack allows."""
SLACK_START_SECONDS = 7
"""Seconds for one call of delivery's: it is waited for when the bot stops."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """The bot's doors over HTTP; `halt` lets nothing new begin, before they close."""

    web: FastAPI
    halt: Callable[[], None]


def clock(settings: Settings) -> Callable[[], dt.datetime]:
    """Return the bot's clock: the machine's, moved by as much as the settings say."""
    ahead = dt.timedelta(seconds=settings.clock_ahead)
    return lambda: dt.datetime.now(dt.UTC) + ahead


@contextmanager
def open_runtime(settings: Settings, database: Database) -> Iterator[Runtime]:
    """Return the bot's doors over HTTP while delivery, schedule and Socket Mode run beside them.

    Slack's own door over HTTP is there where there is a signing secret. Errors: `TokenRefusedError`.
    """
    now, stopping = clock(settings), threading.Event()
    metrics = Metrics(database)
    bot = build(settings, database=database, clock=now, routes=metrics.timed(ROUTES))
    freeze_loaded_objects()
    delivery = _delivery(settings, database, now)
    mail = MailDelivery(database, mail_server(settings.smtp_url), now=now) if settings.smtp_url else None
    home = HomeFinder(bot.app.client)
    settling = Tick("channels", 15, lambda: settle_channels(database, home))
    members = Tick("members", REFRESH_EVERY_SECONDS, lambda: refresh_members(database, bot.app.client, now()))
    schedule = Schedule(
        [*ticks(database, now=now, stopping=stopping.is_set, by_mail=mail is not None), settling, members]
    )
    socket = _socket(settings, bot)

    def halt() -> None:
        stopping.set()
        delivery.halt()
        if mail is not None:
            mail.halt()

    started: list[Callable[[], None]] = []
    try:
        home.find()
        settle_channels(database, home)
        if socket is not None:
            started.append(socket.close)
            socket.open()
        delivery.start()
        schedule.start()
        started += [delivery.stop, schedule.stop]
        if mail is not None:
            mail.start()
            started.append(mail.stop)
        through_http = bot.app if settings.slack_signing_secret else None
        yield Runtime(
            web.create(through_http, database=database, clock=now, secret_key=settings.secret_key, metrics=metrics),
            halt,
        )
    finally:
        halt()
        run_all(*started)
        bot.close()


def run_all(*stops: Callable[[], None]) -> None:
    """Do several things at once, and return once all are done: they share the time there is to stop."""
    with ThreadPoolExecutor(max(1, len(stops))) as pool:
        for each in [pool.submit(stop) for stop in stops]:
            each.result()


def _delivery(settings: Settings, database: Database, now: Callable[[], dt.datetime]) -> Delivery:
    clients = Clients(
        lambda _workspace: settings.slack_bot_token, base_url=settings.slack_api_url, timeout=SLACK_START_SECONDS
    )
    sender = Sender(database, clients, KINDS, now=now)
    return Delivery(database, sender, RateLimiter(POSTS_A_SECOND), now=now, monotonic=time.monotonic)


def _socket(settings: Settings, bot: Bot) -> SocketMode | None:
    return SocketMode(bot.app, settings.slack_app_token, workers=WORKERS) if settings.slack_app_token else None
