"""Socket Mode, with slack_sdk's own client at the other end."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler

from sandbox.driver import Driver
from sandbox.limit_values import Rules
from sandbox.run_servers import Site, in_background
from sandbox.server import create
from tests.sandbox.app_double import Kettle
from tests.sandbox.builders import SEED


@pytest.fixture(scope="module")
def kettle_and_driver() -> Iterator[tuple[Kettle, Driver]]:
    kettle = Kettle()
    app = create(replace(SEED, app=replace(SEED.app, socket_mode=True)), bot_url="", rules=Rules(ack_seconds=1.5))
    with in_background(Site(app, before_stop=app.state.slack.feed.close)) as [url]:
        kettle.connect(url)
        assert kettle.bolt is not None
        handler = SocketModeHandler(kettle.bolt, app_token="xapp-1-kettle")
        handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt leaves it bare
        yield kettle, Driver(url)
        handler.close()  # type: ignore[no-untyped-call]


def test_commands_and_presses_go_down_the_socket_and_answers_come_up(
    kettle_and_driver: tuple[Kettle, Driver],
) -> None:
    kettle, driver = kettle_and_driver
    kettle.heard.clear()
    reply = driver.types("U_ANIA", "C_NORTHWIND", "/tea green")
    assert reply is not None
    assert driver.presses(reply, "Drink")
    driver.waits_for_message("C_NORTHWIND", "green was good", as_="U_ANIA")
    assert [each.get("command") or each["type"] for each in kettle.heard] == ["/tea", "block_actions"]


def test_a_submission_is_answered_in_the_acknowledgement(kettle_and_driver: tuple[Kettle, Driver]) -> None:
    _, driver = kettle_and_driver
    driver.types("U_ANIA", "C_NORTHWIND", "/order")
    view = driver.waits_for(lambda: driver.view("U_ANIA"))
    assert driver.submits(view, {"Sort": "black", "Note": "coffee"}) == {"note": "We have tea."}


def test_a_broken_listener_is_silence(kettle_and_driver: tuple[Kettle, Driver]) -> None:
    _, driver = kettle_and_driver
    reply = driver.types("U_ANIA", "C_NORTHWIND", "/broken")
    assert reply is not None
    assert reply.text == '/broken failed with the error "operation_timeout"'


def test_an_event_not_taken_comes_down_the_socket_again(kettle_and_driver: tuple[Kettle, Driver]) -> None:
    kettle, driver = kettle_and_driver
    assert kettle.bolt is not None
    kettle.heard.clear()
    attempts: list[str] = []

    @kettle.bolt.middleware
    def fails_at_first(request: BoltRequest, next_: Callable[[], BoltResponse]) -> BoltResponse:
        attempts.extend(request.headers.get("x-slack-retry-num", ()))
        return BoltResponse(status=500) if attempts == ["0"] else next_()

    driver.types("U_ANIA", driver.direct("U_ANIA"), "Hello")
    (told,) = driver.waits_for(lambda: kettle.heard)
    assert (attempts, told["event"]["text"]) == (["0", "1"], "Hello")
