"""Events: told at once, and again when the app does not take them."""

import threading
from typing import Any

from tests.sandbox.conftest import Town
from tests.sandbox.test_web_api import refused


def heard(town: Town, count: int) -> list[dict[str, Any]]:
    town.driver.waits_for(lambda: len(town.kettle.heard) >= count)
    return town.kettle.heard


def attempts(town: Town, count: int) -> list[tuple[str | None, str | None]]:
    town.driver.waits_for(lambda: len(town.kettle.headers) >= count)
    return [(headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")) for headers in town.kettle.headers]


def test_words_to_the_app_are_an_event(town: Town) -> None:
    direct = town.driver.direct("U_ANIA")
    said = town.driver.types("U_ANIA", direct, "Hello & welcome")
    assert said is not None
    (told,) = heard(town, 1)
    assert (told["type"], told["team_id"], told["is_ext_shared_channel"]) == ("event_callback", "T_ORBIT", False)
    assert told["authorizations"][0]["user_id"] == "U_KETTLE"
    assert told["event"] == {
        "type": "message",
        "user": "U_ANIA",
        "ts": said.raw["ts"],
        "text": "Hello &amp; welcome",
        "team": "T_ORBIT",
        "channel": direct,
        "channel_type": "im",
        "event_ts": said.raw["ts"],
        "user_team": "T_ORBIT",
    }


def test_what_the_manifest_does_not_ask_for_is_not_told(town: Town) -> None:
    town.driver.types("U_MAREK", "C_NORTHWIND", "Between us")
    town.driver.types("U_MAREK", "C_NORTHWIND", "Tea, @kettle")
    (told,) = heard(town, 1)
    assert (told["event"]["type"], told["is_ext_shared_channel"]) == ("app_mention", True)
    assert (told["event"]["user_team"], told["context_team_id"]) == ("T_NORTH", "T_NORTH")


def test_a_new_member_is_told(town: Town) -> None:
    town.client.conversations_join(channel="C_GENERAL")
    town.driver.joins("U_ANIA", "C_HANGANG")
    told = [each["event"] for each in heard(town, 2)]
    assert [(event["type"], event["user"], event["channel"]) for event in told] == [
        ("member_joined_channel", "U_KETTLE", "C_GENERAL"),
        ("member_joined_channel", "U_ANIA", "C_HANGANG"),
    ]


def test_an_event_not_taken_comes_again_at_once_after_a_minute_and_after_five(town: Town) -> None:
    town.kettle.statuses.extend([500, 500, 500])
    town.driver.types("U_ANIA", town.driver.direct("U_ANIA"), "Hello")
    assert attempts(town, 2) == [(None, None), ("1", "http_error")]
    town.clock.move(seconds=61)
    assert attempts(town, 3)[2] == ("2", "http_error")
    town.clock.move(seconds=301)
    assert attempts(town, 4)[3] == ("3", "http_error")
    (told,) = heard(town, 1)
    assert told["event"]["text"] == "Hello"


def test_an_event_taken_too_slowly_comes_again(town: Town) -> None:
    hold = threading.Event()
    town.kettle.holds.append(hold)
    town.driver.types("U_ANIA", town.driver.direct("U_ANIA"), "Hello")
    try:
        assert attempts(town, 2) == [(None, None), ("1", "http_timeout")]
    finally:
        hold.set()
    first, second = heard(town, 2)
    assert first["event_id"] == second["event_id"]


def test_an_event_refused_four_times_is_given_up(town: Town) -> None:
    town.kettle.statuses.extend([500] * 4)
    direct = town.driver.direct("U_ANIA")
    town.driver.types("U_ANIA", direct, "Hello")
    for count, seconds in ((2, 61), (3, 301), (4, 3600)):
        attempts(town, count)
        town.clock.move(seconds=seconds)
    town.driver.types("U_ANIA", direct, "Anybody?")
    assert attempts(town, 5)[4] == (None, None)
    assert [each["event"]["text"] for each in heard(town, 1)] == ["Anybody?"]


def test_an_app_may_ask_not_to_be_told_again(town: Town) -> None:
    town.kettle.statuses.append(500)
    town.kettle.manners = {"X-Slack-No-Retry": "1"}
    direct = town.driver.direct("U_ANIA")
    town.driver.types("U_ANIA", direct, "Hello")
    town.driver.waits_for(town.slack.traffic.recent)
    town.driver.types("U_ANIA", direct, "Again")
    assert attempts(town, 2) == [(None, None), (None, None)]
    assert [each["event"]["text"] for each in heard(town, 1)] == ["Again"]


def test_a_lost_app_ends_its_token_and_is_told(town: Town) -> None:
    town.driver.uninstalls("T_ORBIT")
    assert [each["event"]["type"] for each in heard(town, 1)] == ["app_uninstalled"]
    assert refused(town.client.auth_test)["error"] == "account_inactive"
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/tea")
    assert reply is not None
    assert reply.text == "`/tea` is not a valid command."


def test_events_may_come_twice_or_in_the_wrong_order(town: Town) -> None:
    direct = town.driver.direct("U_ANIA")
    town.driver.orders_trouble("duplicate_event", "message")
    town.driver.types("U_ANIA", direct, "one")
    first, second = heard(town, 2)
    assert first["event_id"] == second["event_id"]
    town.driver.orders_trouble("hold_event", "message", seconds=60)
    town.driver.types("U_ANIA", direct, "two")
    town.driver.types("U_ANIA", direct, "three")
    heard(town, 3)
    town.clock.move(seconds=61)
    assert [each["event"]["text"] for each in heard(town, 4)] == ["one", "one", "three", "two"]
