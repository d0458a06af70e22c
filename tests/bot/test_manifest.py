"""app.yaml is the one list of commands, scopes and events: held against the code and Slack's rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.app import ROUTES
from bot.manifest import Manifest, called, limits, problems, read, ready
from handlers.request import Routes
from sandbox.manifest import read_app
from sandbox.seed import App

SCHEMAS = Path(__file__).parents[3] / "shared" / "slack" / "manifest-schema"
"""Slack's own, where they lie beside the checkout."""


def test_the_manifest_holds() -> None:
    assert problems(read(), ROUTES, called()) == []


def test_every_method_that_is_called_is_found() -> None:
    assert {"auth_test", "chat_postMessage", "users_info", "files_info", "files_upload_v2", "views_open"} <= called()


def listed(manifest: Manifest) -> list[str]:
    routes = Routes(commands={"/points": ROUTES.commands["/points"]}, actions=ROUTES.actions)
    return problems(manifest, routes, {"chat_postMessage"})


def small(**changes: Any) -> Manifest:
    """A manifest that holds for one command and one method."""
    command = {"command": "/points", "description": "Your points"}
    return {
        "display_information": {"name": "Laurels"},
        "features": {"slash_commands": [command | changes.pop("command", {}), *changes.pop("more", [])]},
        "oauth_config": {"scopes": {"bot": ["chat:write", "commands", *changes.pop("scopes", [])]}},
        "settings": {"interactivity": {"is_enabled": True}},
    } | changes


def test_a_small_manifest_holds() -> None:
    assert listed(small()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"more": [{"command": "/tea", "description": "Tea"}]},
            ["app.yaml has the slash command /tea, which nothing listens to"],
        ),
        (
            {"command": {"command": "/tea"}},
            [
                "app.yaml lacks the slash command /points, which has a listener",
                "app.yaml has the slash command /tea, which nothing listens to",
            ],
        ),
        ({"scopes": ["files:read"]}, ["app.yaml asks for the scope files:read, which nothing needs"]),
        (
            {"scopes": ["channels:history"]},
            [
                "app.yaml asks for the scope channels:history, which nothing needs",
                "the scope channels:history reads what people write; Laurels never does",
            ],
        ),
        ({"display_information": {"name": "L" * 36}}, ["display_information.name has 36 characters; Slack takes 35"]),
        ({"command": {"description": "x" * 2001}}, ["/points's description has 2001 characters; Slack takes 2000"]),
        ({"command": {"usage_hint": "x" * 1001}}, ["/points's usage_hint has 1001 characters; Slack takes 1000"]),
        (
            {"more": [{"command": "/points", "description": "again"}]},
            ["the slash command /points stands there more than once"],
        ),
        (
            {"settings": {}},
            ["settings.interactivity.is_enabled is false, but presses and windows have listeners"],
        ),
        (
            {"settings": {"interactivity": {"is_enabled": True}, "event_subscriptions": {"bot_events": ["message"]}}},
            ["app.yaml has the event message, which nothing listens to"],
        ),
        (
            {"oauth_config": {"scopes": {"bot": ["commands"], "user": ["chat:write"]}}},
            [
                "oauth_config.scopes.user: the bot acts as itself and for nobody else; only bot scopes are wanted",
                "app.yaml lacks the scope chat:write, which the code needs",
            ],
        ),
    ],
)
def test_what_does_not_hold_is_named(changes: dict[str, Any], said: list[str]) -> None:
    assert listed(small(**changes)) == said


def test_a_method_or_an_event_nobody_has_thought_of_is_named() -> None:
    routes = Routes(commands=ROUTES.commands, actions=ROUTES.actions, events={"reaction_added": print})
    found = problems(read(), routes, {*called(), "pins_add"})
    assert "the code calls pins_add: bot/manifest.py has to say which scopes it wants" in found
    assert "the code hears reaction_added: bot/manifest.py has to say which scopes it wants" in found


def test_with_a_prefix_every_command_begins_with_it() -> None:
    made = ready(read(), prefix="acme-")
    names = [each["command"] for each in made["features"]["slash_commands"]]
    assert sorted(names) == sorted(f"/acme-{name[1:]}" for name in ROUTES.commands)
    assert "/points" in [each["command"] for each in read()["features"]["slash_commands"]]


def test_a_prefix_that_makes_a_name_too_long_is_named() -> None:
    [first, *_] = limits(ready(read(), prefix="a-very-long-company-name-"))
    assert first.endswith("characters; Slack takes 32")


def test_over_http_slack_is_told_where_the_bot_is() -> None:
    made = ready(read(), url="https://bot.example.org/")
    address = "https://bot.example.org/slack/events"
    assert {each["url"] for each in made["features"]["slash_commands"]} == {address}
    settings = made["settings"]
    assert (settings["interactivity"]["request_url"], settings["event_subscriptions"]["request_url"]) == (
        address,
        address,
    )
    assert settings["socket_mode_enabled"] is False


def test_the_local_slack_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    path.write_text(json.dumps(ready(read(), prefix="acme-")))
    app = read_app(path, secrets=App("A1", "", "secret", "xapp-1"))
    assert [each.name for each in app.commands][:1] == ["/acme-points"]


if SCHEMAS.is_dir():
    import jsonschema_rs

    @pytest.mark.parametrize("url", ["", "https://bot.example.org"])
    def test_slacks_own_schema_takes_it(url: str) -> None:
        schema = json.loads((SCHEMAS / "manifest.schema.1.0.0.json").read_text())
        found = jsonschema_rs.Draft7Validator(schema).iter_errors(ready(read(), prefix="acme-", url=url))
        assert [f"{list(error.instance_path)}: {error.message}" for error in found] == []
