"""The Web API as slack_sdk's own client calls it."""

import json
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.app_double import cup
from tests.sandbox.conftest import Town

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 24


def refused(call: object, **arguments: object) -> dict[str, object]:
    assert callable(call)
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    data: dict[str, object] = caught.value.response.data
    return data


def test_the_token_says_who_calls(town: Town) -> None:
    answer = town.client.auth_test()
    assert answer.data == {
        "ok": True,
        "url": "https://orbit.slack.com/",
        "team": "Orbit",
        "user": "kettle",
        "team_id": "T_ORBIT",
        "user_id": "U_KETTLE",
        "bot_id": "B_KETTLE",
        "enterprise_id": None,
        "is_enterprise_install": False,
    }


@pytest.mark.parametrize(
    ("sent", "query"),
    [
        ({"data": {"channel": "C_NORTHWIND", "text": "Tea & cake"}}, ""),
        ({"json": {"channel": "C_NORTHWIND", "text": "Tea & cake"}}, ""),
        ({"files": {"channel": (None, "C_NORTHWIND"), "text": (None, "Tea & cake")}}, ""),
        ({}, "?channel=C_NORTHWIND&text=Tea+%26+cake"),
    ],
)
def test_a_call_is_understood_however_it_is_encoded(town: Town, sent: dict[str, Any], query: str) -> None:
    headers = {"Authorization": "Bearer xoxb-kettle"}
    assert httpx2.post(f"{town.url}/api/chat.postMessage{query}", headers=headers, **sent).json()["ok"]
    assert town.driver.conversation("C_NORTHWIND", as_="U_MAREK") == "Kettle: Tea & cake"
    assert httpx2.post(f"{town.url}/api/auth.test", headers=headers).json()["user_id"] == "U_KETTLE"
    assert httpx2.get(f"{town.url}/api/auth.test?token=xoxb-kettle").json()["user_id"] == "U_KETTLE"


def test_a_structure_may_come_as_json_text_and_an_empty_json_body_says_nothing(town: Town) -> None:
    headers = {"Authorization": "Bearer xoxb-kettle"}
    form = {"channel": "C_NORTHWIND", "text": "A cup", "blocks": json.dumps(cup("green"))}
    assert httpx2.post(f"{town.url}/api/chat.postMessage", headers=headers, data=form).json()["ok"]
    (message,) = town.driver.messages("C_NORTHWIND", as_="U_ANIA")
    assert message.words[0] == "A cup of *green*"
    empty = httpx2.post(f"{town.url}/api/auth.test", headers=headers | {"Content-Type": "application/json"})
    assert empty.json()["user_id"] == "U_KETTLE"


def test_what_is_no_json_or_no_object_is_refused(town: Town) -> None:
    headers = {"Authorization": "Bearer xoxb-kettle", "Content-Type": "application/json"}
    answers = [
        httpx2.post(f"{town.url}/api/auth.test", headers=headers, content=body).json()["error"] for body in ("{", "[]")
    ]
    assert answers == ["invalid_json", "json_not_object"]


def test_a_wrong_token_an_unknown_method_and_a_missing_scope_are_refused(town: Town) -> None:
    stranger = WebClient(token="xoxb-nobody", base_url=f"{town.url}/api/")
    assert refused(stranger.auth_test) == {"ok": False, "error": "invalid_auth"}
    assert refused(town.client.api_call, api_method="tea.make") == {
        "ok": False,
        "error": "unknown_method",
        "req_method": "tea.make",
    }
    for_sockets = WebClient(token="xapp-1-kettle", base_url=f"{town.url}/api/")
    assert refused(for_sockets.auth_test)["error"] == "not_allowed_token_type"
    missing = refused(town.client.team_info)
    assert (missing["error"], missing["needed"]) == ("missing_scope", "team:read")


def test_a_message_is_posted_changed_and_deleted(town: Town) -> None:
    posted = town.client.chat_postMessage(channel="C_NORTHWIND", text="Tea is ready")
    assert town.driver.conversation("C_NORTHWIND", as_="U_MAREK") == "Kettle: Tea is ready"
    town.client.chat_update(channel="C_NORTHWIND", ts=posted["ts"], text="Tea is cold")
    assert town.driver.conversation("C_NORTHWIND", as_="U_MAREK") == "Kettle: Tea is cold"
    town.client.chat_delete(channel="C_NORTHWIND", ts=posted["ts"])
    assert town.driver.conversation("C_NORTHWIND", as_="U_MAREK") == ""


def test_a_message_says_something_and_not_too_much(town: Town) -> None:
    silence = refused(town.client.api_call, api_method="chat.postMessage", json={"channel": "C_NORTHWIND"})
    assert silence["error"] == "no_text"
    town.clock.move(seconds=1)
    assert refused(town.client.chat_postMessage, channel="C_NORTHWIND", text="x" * 40_001)["error"] == "msg_too_long"
    town.clock.move(seconds=1)
    assert town.client.chat_postMessage(channel="C_NORTHWIND", text="x" * 40_000)["ok"]


def test_blocks_stay_in_a_change_unless_others_or_none_are_sent(town: Town) -> None:
    posted = town.client.chat_postMessage(channel="C_NORTHWIND", text="A cup", blocks=cup("green"))
    town.client.chat_update(channel="C_NORTHWIND", ts=posted["ts"], text="No cup")
    (message,) = town.driver.messages("C_NORTHWIND", as_="U_ANIA")
    assert (message.text, message.buttons) == ("No cup", ["Drink", "Pour away"])
    town.client.chat_update(channel="C_NORTHWIND", ts=posted["ts"], text="No cup", blocks=[])
    (message,) = town.driver.messages("C_NORTHWIND", as_="U_ANIA")
    assert (message.text, message.buttons) == ("No cup", [])


def test_an_ephemeral_message_is_one_persons(town: Town) -> None:
    town.client.chat_postEphemeral(channel="C_NORTHWIND", user="U_ANIA", text="Yours alone")
    assert town.driver.conversation("C_NORTHWIND", as_="U_ANIA") == "Kettle (only you): Yours alone"
    assert town.driver.conversation("C_NORTHWIND", as_="U_EWA") == ""


def test_a_message_to_a_user_is_a_direct_message(town: Town) -> None:
    town.client.chat_postMessage(channel="U_JUN", text="Hello")
    direct = town.client.conversations_open(users=["U_JUN"])["channel"]["id"]
    assert town.driver.direct("U_JUN") == direct
    assert town.driver.conversation(direct, as_="U_JUN") == "Kettle: Hello"


def test_the_app_speaks_only_where_it_is_and_joins_only_public_channels(town: Town) -> None:
    assert refused(town.client.chat_postMessage, channel="C_GENERAL", text="x")["error"] == "not_in_channel"
    assert refused(town.client.chat_postMessage, channel="G_STAFF", text="x")["error"] == "channel_not_found"
    town.client.conversations_join(channel="C_GENERAL")
    town.clock.move(seconds=1)
    town.client.chat_postMessage(channel="C_GENERAL", text="Here I am")
    assert town.client.conversations_members(channel="C_GENERAL")["members"][-1] == "U_KETTLE"


def test_people_have_locale_zone_and_address(town: Town) -> None:
    user = town.client.users_info(user="U_JUN", include_locale=True)["user"]
    assert (user["locale"], user["tz"], user["tz_offset"]) == ("ko-KR", "Asia/Seoul", 32400)
    assert town.client.users_lookupByEmail(email="JUN@hangang.test")["user"]["id"] == "U_JUN"
    assert "email" not in town.client.users_info(user="U_MAREK")["user"]["profile"]


def test_lists_come_in_pages(town: Town) -> None:
    pages = [[user["id"] for user in page["members"]] for page in town.client.users_list(limit=2)]
    assert pages == [["U_EWA", "U_ANIA"], ["U_JUN", "U_GONE"], ["U_KETTLE"]]


def test_a_file_without_a_channel_is_private_and_can_be_drawn(town: Town) -> None:
    file = town.client.files_upload_v2(filename="chart.png", content=PNG, title="Chart")["file"]
    assert town.client.files_info(file=file["id"])["file"]["mimetype"] == ""
    town.clock.move(seconds=1)
    shown = town.client.files_info(file=file["id"])["file"]
    assert (shown["title"], shown["mimetype"], shown["size"], shown["channels"]) == ("Chart", "image/png", 32, [])


def test_a_shared_file_is_a_message(town: Town) -> None:
    town.client.files_upload_v2(filename="chart.png", content=PNG, channel="C_NORTHWIND", initial_comment="The chart")
    (message,) = town.driver.messages("C_NORTHWIND", as_="U_ANIA")
    assert (message.text, [file["name"] for file in message.raw["files"]]) == ("The chart", ["chart.png"])
