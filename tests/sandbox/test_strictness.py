"""What Slack allows only for a while, only so often, or not at all."""

from dataclasses import replace

import httpx2
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox.limit_values import CALLS_A_MINUTE, Rules
from sandbox.seed import Installation, Seed
from sandbox.webapi.methods import METHODS
from tests.sandbox.app_double import ORDER
from tests.sandbox.builders import SEED
from tests.sandbox.conftest import Town
from tests.sandbox.test_web_api import refused

FREE = {"api.test", "auth.revoke", "auth.test", "chat.getPermalink"}
FREE |= {"views.open", "views.publish", "views.push", "views.update"}
HOLOGRAM = [{"type": "hologram"}]


def trigger(town: Town) -> str:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea")
    return str(town.kettle.heard[-1]["trigger_id"])


def test_a_trigger_opens_one_modal(town: Town) -> None:
    trigger_id = trigger(town)
    town.client.views_open(trigger_id=trigger_id, view=ORDER)
    assert refused(town.client.views_open, trigger_id=trigger_id, view=ORDER)["error"] == "exchanged_trigger_id"


def test_a_trigger_lives_three_seconds(town: Town) -> None:
    trigger_id = trigger(town)
    town.clock.move(seconds=3.1)
    assert refused(town.client.views_open, trigger_id=trigger_id, view=ORDER)["error"] == "expired_trigger_id"


def test_a_refused_view_does_not_spend_the_trigger(town: Town) -> None:
    trigger_id = trigger(town)
    long = ORDER | {"title": {"type": "plain_text", "text": "x" * 25}}
    assert refused(town.client.views_open, trigger_id=trigger_id, view=long)["error"] == "invalid_arguments"
    assert town.client.views_open(trigger_id=trigger_id, view=ORDER)["ok"]


def test_three_modals_lie_on_each_other_and_no_more(town: Town) -> None:
    town.client.views_open(trigger_id=trigger(town), view=ORDER)
    town.client.views_push(trigger_id=trigger(town), view=ORDER)
    town.client.views_push(trigger_id=trigger(town), view=ORDER)
    assert refused(town.client.views_push, trigger_id=trigger(town), view=ORDER)["error"] == "push_limit_reached"


def test_a_view_changed_by_somebody_faster_is_not_changed_again(town: Town) -> None:
    view = town.client.views_open(trigger_id=trigger(town), view=ORDER)["view"]
    town.client.views_update(view_id=view["id"], hash=view["hash"], view=ORDER)
    late = refused(town.client.views_update, view_id=view["id"], hash=view["hash"], view=ORDER)
    assert late["error"] == "hash_conflict"


def test_a_response_url_works_five_times(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea")
    url = WebhookClient(town.kettle.heard[-1]["response_url"], retry_handlers=[])
    answers = [url.send(text=f"Cup {number}").status_code for number in range(6)]
    assert answers == [200, 200, 200, 200, 200, 404]


def test_a_response_url_is_its_workspaces_alone(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea")
    foreign = town.kettle.heard[-1]["response_url"].replace("T_ORBIT", "T_NORTH")
    answer = httpx2.post(foreign, json={"text": "Tea"})
    assert (answer.status_code, answer.json()["error"]) == (404, "expired_url")


def test_a_response_url_lives_half_an_hour(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea")
    town.clock.move(minutes=31)
    answer = WebhookClient(town.kettle.heard[-1]["response_url"], retry_handlers=[]).send(text="Late")
    assert (answer.status_code, answer.body) == (404, '{"ok": false, "error": "expired_url"}')


def test_blocks_slack_would_refuse_change_nothing(town: Town) -> None:
    answer = refused(town.client.chat_postMessage, channel="C_NORTHWIND", text="x", blocks=HOLOGRAM)
    assert answer["errors"] == ["unsupported type: hologram [json-pointer:/blocks/0/type]"]
    assert town.driver.messages("C_NORTHWIND", as_="U_ANIA") == []


def test_blocks_slack_would_refuse_stand_in_no_change_no_answer_and_no_home(town: Town) -> None:
    said = town.client.chat_postMessage(channel="C_NORTHWIND", text="Tea")
    late = refused(town.client.chat_update, channel="C_NORTHWIND", ts=said["ts"], text="x", blocks=HOLOGRAM)
    assert late["error"] == "invalid_blocks"
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea green")
    url = WebhookClient(town.kettle.heard[-1]["response_url"], retry_handlers=[])
    assert "invalid_blocks" in url.send(text="x", blocks=HOLOGRAM).body
    assert [message.text for message in town.driver.messages("C_NORTHWIND", as_="U_ANIA")] == ["Tea", "A cup of green"]
    home = {"type": "home", "blocks": HOLOGRAM}
    assert refused(town.client.views_publish, user_id="U_ANIA", view=home)["error"] == "invalid_arguments"
    assert refused(town.client.views_publish, user_id="U_ANIA", view=ORDER)["error"] == "invalid_arguments"
    assert town.driver.home("U_ANIA") is None


def test_a_file_can_be_drawn_only_when_it_is_ready(town: Town) -> None:
    file = town.client.files_upload_v2(filename="chart.png", content=b"png")["file"]["id"]
    image = [{"type": "image", "alt_text": "Chart", "slack_file": {"id": file}}]
    early = refused(town.client.chat_postMessage, channel="C_NORTHWIND", text="x", blocks=image)
    assert early["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    town.clock.move(seconds=1)
    assert town.client.chat_postMessage(channel="C_NORTHWIND", text="x", blocks=image)["ok"]


def test_a_channel_takes_one_message_a_second_by_whatever_name(town: Town) -> None:
    town.client.chat_postMessage(channel="C_NORTHWIND", text="now")
    for name in ("C_NORTHWIND", "#northwind"):
        with pytest.raises(SlackApiError) as caught:
            town.client.chat_postMessage(channel=name, text="too many")
        response = caught.value.response
        assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "1")
    town.client.chat_postMessage(channel="C_HANGANG", text="elsewhere")
    town.clock.move(seconds=1)
    town.client.chat_postMessage(channel="C_NORTHWIND", text="later")
    only_hers = refused(town.client.chat_postEphemeral, channel="C_NORTHWIND", user="U_ANIA", text="whispered")
    assert only_hers["error"] == "ratelimited"
    town.client.chat_postMessage(channel="U_JUN", text="to him")
    direct = town.client.conversations_open(users=["U_JUN"])["channel"]["id"]
    assert refused(town.client.chat_postMessage, channel=direct, text="to him again")["error"] == "ratelimited"


def test_each_method_has_its_tier(town: Town) -> None:
    for _ in range(20):
        town.client.conversations_list()
    assert refused(town.client.conversations_list)["error"] == "ratelimited"
    assert town.client.conversations_info(channel="C_NORTHWIND")["ok"]
    town.clock.move(seconds=3)
    assert town.client.conversations_list()["ok"]
    timed = {method for method, _ in CALLS_A_MINUTE}
    assert set(METHODS) - timed == {"api.test", "auth.revoke", "auth.test", "chat.getPermalink", "chat.postMessage"}


def test_a_response_url_is_told_what_it_cannot_read(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea")
    url = town.kettle.heard[-1]["response_url"]
    said = [httpx2.post(url, data={"payload": payload}) for payload in ("{", "[]", '{"text": "Tea"}')]
    assert [(answer.status_code, answer.text) for answer in said] == [
        (400, "invalid_payload"),
        (400, "invalid_payload"),
        (200, "ok"),
    ]
    assert town.driver.messages("C_NORTHWIND", as_="U_ANIA")[-1].text == "Tea"


class TestTwoWorkspaces:
    @pytest.fixture
    def seed(self) -> Seed:
        return replace(SEED, installations=(*SEED.installations, Installation("T_NORTH", "xoxb-north", "U_NORTHS")))

    def test_a_trigger_is_its_workspaces_alone(self, town: Town) -> None:
        north, trigger_id = WebClient(token="xoxb-north", base_url=f"{town.url}/api/"), trigger(town)
        assert refused(north.views_open, trigger_id=trigger_id, view=ORDER)["error"] == "invalid_trigger_id"
        assert refused(town.client.views_open, trigger_id="1.2.3", view=ORDER)["error"] == "invalid_trigger_id"
        assert town.client.views_open(trigger_id=trigger_id, view=ORDER)["ok"]


class TestAnAppWithoutScopes:
    @pytest.fixture
    def seed(self) -> Seed:
        return replace(SEED, app=replace(SEED.app, scopes=frozenset()))

    def test_each_method_asks_for_its_scope(self, town: Town) -> None:
        headers, named = {"Authorization": "Bearer xoxb-kettle"}, {"channel": "C_NORTHWIND"}
        asked = {
            method: httpx2.post(f"{town.url}/api/{method}", headers=headers, data=named).json().get("needed")
            for method in METHODS
            if method not in FREE
        }
        assert asked == {
            "bots.info": "users:read",
            "chat.delete": "chat:write",
            "chat.postEphemeral": "chat:write",
            "chat.postMessage": "chat:write",
            "chat.update": "chat:write",
            "conversations.history": "channels:history",
            "conversations.info": "channels:read",
            "conversations.join": "channels:join",
            "conversations.leave": "channels:write",
            "conversations.list": "channels:read",
            "conversations.members": "channels:read",
            "conversations.open": "im:write",
            "files.completeUploadExternal": "files:write",
            "files.delete": "files:write",
            "files.getUploadURLExternal": "files:write",
            "files.info": "files:read",
            "reactions.add": "reactions:write",
            "reactions.remove": "reactions:write",
            "team.info": "team:read",
            "users.info": "users:read",
            "users.list": "users:read",
            "users.lookupByEmail": "users:read.email",
        }


class TestAWorkspaceOfFewWords:
    @pytest.fixture
    def rules(self) -> Rules:
        return Rules(posts_a_workspace_minute=2)

    def test_the_workspace_has_a_budget_of_its_own(self, town: Town) -> None:
        town.client.chat_postMessage(channel="C_NORTHWIND", text="1")
        town.client.chat_postMessage(channel="C_HANGANG", text="2")
        assert refused(town.client.chat_postMessage, channel="U_JUN", text="3")["error"] == "ratelimited"
        town.clock.move(seconds=30)
        assert town.client.chat_postMessage(channel="U_JUN", text="3")["ok"]
