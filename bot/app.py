"""The composition root: everything that answers people is built here, from what it is handed."""

import datetime as dt
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

import structlog
from slack_bolt import App
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk import WebClient

from bot.delivery.clients import SLACK_TIMEOUT_SECONDS
from bot.settings import Settings
from handlers import (
    accounts,
    boards,
    desk,
    home,
    laurels_command,
    members,
    people,
    points,
    programme,
    rewards,
    tiers,
    webinars,
)
from handlers.request import Routes, Services, merge_routes
from handlers.router import Router
from handlers.slack import files
from messages.kit.reader import begin_commands_with
from storage.database import Database

WORKERS = 20
"""Threads that answer people. They wait for Slack most of their time, so the database has fewer connections."""
ROUTES = merge_routes(
    accounts.ROUTES,
    boards.ROUTES,
    desk.ROUTES,
    home.ROUTES,
    laurels_command.ROUTES,
    members.ROUTES,
    people.ROUTES,
    points.ROUTES,
    programme.ROUTES,
    rewards.ROUTES,
    tiers.ROUTES,
    webinars.ROUTES,
)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Bot:
    """The running app, and what is shut down with it."""

    app: App
    services: Services
    executor: Executor

    def close(self) -> None:
        """Let what is under way finish, and stop."""
        self.executor.shutdown(wait=True)


def utc_now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def build(
    settings: Settings,
    *,
    database: Database,
    clock: Callable[[], dt.datetime] = utc_now,
    routes: Routes = ROUTES,
) -> Bot:
    """Return the bot for one workspace. Nothing is sent or opened yet."""
    executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="laurels")
    services = Services(database=database, clock=clock, background=_background(executor), upload=_upload)
    # The SDK's own retry posts twice on a reset connection.
    client = WebClient(
        token=settings.slack_bot_token,
        base_url=settings.slack_api_url,
        timeout=SLACK_TIMEOUT_SECONDS,
        retry_handlers=[],
    )
    app = App(
        client=client,
        signing_secret=settings.slack_signing_secret,
        token_verification_enabled=False,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        listener_executor=executor,
        logger=_bolt_logger(),
    )
    begin_commands_with(settings.command_prefix)
    Router(routes, services, home=home.draw_home, prefix=settings.command_prefix).register(app)
    return Bot(app, services, executor)


def _upload(client: WebClient, png: bytes, title: str, alt: str) -> str | None:
    file_id = files.upload(client, files.Drawing(png, "leaderboard.png", title, alt))
    return file_id if file_id is not None and files.is_ready(client, file_id, time.sleep) else None


def _bolt_logger() -> logging.Logger:
    logger = logging.getLogger("slack_bolt")
    logger.addFilter(_is_worth_logging)
    return logger


def _is_worth_logging(record: logging.LogRecord) -> bool:
    """Return whether a line of Bolt's says anything but that our client goes before the environment's token."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


def _background(executor: Executor) -> Callable[[Callable[[], None]], None]:
    def run(job: Callable[[], None]) -> None:
        try:
            job()
        except Exception:
            # Nobody waits for it any more; pressing again shows the state.
            log.exception("what came after an answer failed")

    def submit(job: Callable[[], None]) -> None:
        executor.submit(run, job)

    return submit
