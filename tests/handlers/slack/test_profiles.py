"""A member is looked at in Slack once at a time, and nobody while Slack asks to wait."""

import datetime as dt
import socket
import threading
from collections.abc import Callable

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.slack.profiles import SlackProfiles
from loyalty.accounts.slack_profile import SlackUser
from tests.support.workspace import NOW, Town

ANIA, PIOTR = (SlackUser("", "T_NORTHWIND", user) for user in ("U_ANIA", "U_PIOTR"))


class Looking:
    """Somebody's looks, and those that wait for their turn."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.waiting: list[Callable[[], None]] = []
        self.looks = SlackProfiles()

    def look(self, user: SlackUser, seconds: int = 0) -> None:
        slack = WebClient(token="xoxb-laurels", base_url=f"{self.town.driver.url}/api/", retry_handlers=[])
        at = NOW + dt.timedelta(seconds=seconds)
        if self.looks.reserve(user, now=at):
            self.waiting.append(lambda: self.looks.refresh(self.town.database, slack, user, now=at))

    def run(self) -> int:
        """Do what waits, and return how much that was."""
        jobs, self.waiting[:] = list(self.waiting), []
        for job in jobs:
            job()
        return len(jobs)


@pytest.fixture
def looking(town: Town) -> Looking:
    return Looking(town)


def test_whoever_speaks_twice_before_the_look_is_looked_at_once(looking: Looking) -> None:
    looking.look(ANIA)
    looking.look(ANIA)
    looking.look(PIOTR)
    assert looking.run() == 2
    looking.look(ANIA)
    assert looking.run() == 1


def test_while_slack_asks_to_wait_nobody_is_looked_at(looking: Looking) -> None:
    looking.town.driver.orders_trouble("rate_limited", "users.info", seconds=30)
    looking.look(ANIA)
    assert looking.run() == 1
    looking.look(ANIA, seconds=29)
    looking.look(PIOTR, seconds=29)
    assert looking.run() == 0
    looking.look(ANIA, seconds=30)
    looking.look(PIOTR, seconds=30)
    assert looking.run() == 2


def test_where_slack_fails_otherwise_it_is_told_and_tried_again(looking: Looking) -> None:
    looking.town.driver.orders_trouble("server_error", "users.info")
    looking.look(ANIA)
    with pytest.raises(SlackApiError):
        looking.run()
    looking.look(ANIA)
    assert looking.run() == 1


def test_a_slack_that_is_cut_off_in_the_middle_of_its_answer_says_nothing() -> None:
    def answer_half(door: socket.socket) -> None:
        connection, _ = door.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 221\r\n\r\n{")

    with socket.create_server(("127.0.0.1", 0)) as door:
        server = threading.Thread(target=answer_half, args=(door,))
        server.start()
        slack = WebClient(token="xoxb-laurels", base_url=f"http://127.0.0.1:{door.getsockname()[1]}/api/")
        assert SlackProfiles().fetch_now(slack, ANIA, now=NOW) is None
        server.join()
