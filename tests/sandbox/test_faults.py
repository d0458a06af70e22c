"""Trouble to order: what an app meets on bad days."""

from http.client import IncompleteRead
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Town


def said(town: Town) -> list[str]:
    return [message.text for message in town.driver.messages("C_NORTHWIND", as_="U_ANIA")]


def test_too_many_requests_says_how_long_to_wait(town: Town) -> None:
    town.driver.orders_trouble("rate_limited", "chat.postMessage", seconds=7)
    with pytest.raises(SlackApiError) as caught:
        town.client.chat_postMessage(channel="C_NORTHWIND", text="one")
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "7")
    town.client.chat_postMessage(channel="C_NORTHWIND", text="two")
    assert said(town) == ["two"]


@pytest.mark.parametrize("kind", ["server_error", "malformed"])
def test_a_broken_slack_has_no_effect(town: Town, kind: str) -> None:
    town.driver.orders_trouble(kind, "chat.postMessage")
    with pytest.raises(SlackApiError):
        town.client.chat_postMessage(channel="C_NORTHWIND", text="one")
    assert said(town) == []


@pytest.mark.parametrize(("kind", "left"), [("cut_before", []), ("cut_after", ["one"])])
def test_a_cut_connection_leaves_the_app_in_doubt(town: Town, kind: str, left: list[str]) -> None:
    town.driver.orders_trouble(kind, "chat.postMessage")
    with pytest.raises((URLError, ConnectionError, IncompleteRead)):
        town.client.chat_postMessage(channel="C_NORTHWIND", text="one")
    assert said(town) == left


def test_a_slow_slack_does_it_late(town: Town) -> None:
    town.driver.orders_trouble("slow", "chat.postMessage", seconds=0.3)
    town.client.timeout = 0.1  # type: ignore[assignment]  # slack_sdk says int, urllib takes seconds of any kind
    with pytest.raises(TimeoutError):
        town.client.chat_postMessage(channel="C_NORTHWIND", text="one")
    assert said(town) == ["one"]


def test_a_file_may_say_ok_and_never_be_shared(town: Town) -> None:
    town.driver.orders_trouble("never_shared")
    town.client.files_upload_v2(filename="chart.png", content=b"png", channel="C_NORTHWIND")
    assert said(town) == []


def test_an_unknown_trouble_is_refused(town: Town) -> None:
    with pytest.raises(RuntimeError, match="no fault is called locusts"):
        town.driver.orders_trouble("locusts")


def test_a_file_that_is_never_shared_is_never_to_be_drawn_either(town: Town) -> None:
    town.driver.orders_trouble("never_shared")
    file = town.client.files_upload_v2(filename="chart.png", content=b"png")["file"]["id"]
    town.clock.move(hours=1)
    assert town.client.files_info(file=file)["file"]["mimetype"] == ""
    image = [{"type": "image", "alt_text": "Chart", "slack_file": {"id": file}}]
    with pytest.raises(SlackApiError, match="invalid slack file"):
        town.client.chat_postMessage(channel="C_NORTHWIND", text="x", blocks=image)


@pytest.mark.parametrize("order", [{"kind": "earthquake"}, {"kind": "slow", "times": 0}])
def test_what_is_no_trouble_is_refused(town: Town, order: dict[str, Any]) -> None:
    with pytest.raises(RuntimeError, match="invalid_fault"):
        town.driver.orders_trouble(**order)
    assert town.driver.troubles() == []
