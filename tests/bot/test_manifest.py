"""app.yaml is the one list of commands, scopes and events: held against the code."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.app import ROUTES

MANIFEST: dict[str, Any] = YAML(typ="safe", pure=True).load(Path("app.yaml").read_text())


def test_the_manifest_names_the_commands_that_are_answered_and_no_other() -> None:
    commands = [entry["command"] for entry in MANIFEST["features"]["slash_commands"]]
    assert sorted(commands) == sorted(ROUTES.commands)


def test_the_manifest_asks_for_the_events_that_are_heard_and_no_other() -> None:
    assert sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == sorted(ROUTES.events)


def test_no_scope_reads_messages() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert set(scopes) == {"bot"}
    reading = [scope for scope in scopes["bot"] if scope.endswith((":history", "search:read")) or "mentions" in scope]
    assert reading == []


def test_a_usage_hint_stands_where_words_may_follow() -> None:
    for entry in MANIFEST["features"]["slash_commands"]:
        assert len(entry["description"]) <= 2000
        assert entry["should_escape"] is False
