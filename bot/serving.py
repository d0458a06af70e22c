"""The running bot: it answers people, delivers what is in the outbox, keeps time; and stops without leaving a doubt."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from bot import web
from bot.app import build
from bot.clients import Clients
from bot.delivery import Delivery
from bot.kinds import KINDS
from bot.paces import Paces
from bot.schedule import Schedule, ticks
from bot.sender import Sender
from bot.settings import Settings
from storage.session import Database

POSTS_A_SECOND = 5.0
"""A workspace's budget to begin with; delivery adapts it to what Slack allows."""


def clock(settings: Settings) -> Callable[[], dt.datetime]:
    """Return the bot's clock: the machine's, moved by as much as the settings say."""
    ahead = dt.timedelta(seconds=settings.clock_ahead)
    return lambda: dt.datetime.now(dt.UTC) + ahead


@contextmanager
def serving(settings: Settings, database: Database) -> Iterator[FastAPI]:
    """Return the bot's doors over HTTP while delivery and schedule run beside them."""
    now = clock(settings)
    bot = build(settings, database=database, clock=now)
    clients = Clients(lambda _workspace: settings.slack_bot_token, base_url=settings.slack_api_url)
    delivery = Delivery(
        database,
        Sender(database, clients, KINDS, now=now),
        Paces(POSTS_A_SECOND),
        now=now,
        monotonic=time.monotonic,
    )
    schedule = Schedule(ticks(database, now=now))
    delivery.start()
    schedule.start()
    try:
        yield web.create(bot.app, database=database, clock=now, secret_key=settings.secret_key)
    finally:
        schedule.stop()
        delivery.stop()
        bot.close()
