"""A local Slack and a Bolt bot, each on a port of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser
from slack_sdk import WebClient

from sandbox.driver import Driver
from sandbox.limit_values import Rules
from sandbox.run_servers import Site, in_background
from sandbox.seed import Seed
from sandbox.server import create
from sandbox.slack import Slack
from tests.sandbox.app_double import Kettle
from tests.sandbox.builders import SEED
from tests.support.browsers import chromium


class Clock:
    """Real time, and as much more as a test has moved it on."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move(self, **by: float) -> None:
        self._ahead += timedelta(**by)


@dataclass(frozen=True)
class Town:
    """Everything a test needs: Slack and its address, the people's driver, the bot and the bot's own client."""

    slack: Slack
    url: str
    driver: Driver
    kettle: Kettle
    client: WebClient
    clock: Clock


@pytest.fixture
def rules() -> Rules:
    return Rules(ack_seconds=1.5)


@pytest.fixture
def seed() -> Seed:
    return SEED


@pytest.fixture
def town(rules: Rules, seed: Seed) -> Iterator[Town]:
    kettle, clock = Kettle(), Clock()
    app = create(seed, bot_url="", clock=clock, rules=rules)
    slack: Slack = app.state.slack
    with in_background(Site(app, before_stop=slack.feed.close), Site(kettle.web)) as [url, bot_url]:
        app.state.delivery.bot_url = f"{bot_url}/slack/events"
        yield Town(slack, url, Driver(url), kettle, kettle.connect(url), clock)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for all tests of the page."""
    with chromium() as launched:
        yield launched
