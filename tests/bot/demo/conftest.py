"""The demo as it runs: started once for the tests of a module."""

import secrets
import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from bot.demo.run import demo_running, open_demo
from tests.support.browsers import chromium


@pytest.fixture(scope="module")
def stage() -> Iterator[str]:
    """The address of the demo's page."""
    port = room()
    with open_demo(port) as built, demo_running(built, port) as url:
        yield url


@pytest.fixture
def story() -> Iterator[str]:
    """The address of a demo of the test's own: its people have done nothing yet."""
    port = room()
    with open_demo(port) as built, demo_running(built, port) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as launched:
        yield launched


def room() -> int:
    """Return a port that is free, as are the two after it: below those that connections are given by chance."""
    while True:
        port = 10_000 + 3 * secrets.randbelow(7_000)
        if all(_free(each) for each in range(port, port + 3)):
            return port


def _free(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) != 0
