"""What a Slack app manifest (app.yaml) says of commands, scopes and events."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sandbox.seed import App, Command


def read_app(path: Path, *, secrets: App) -> App:
    """The app `secrets`, with what a manifest file adds to it; KeyError names the part that is missing there."""
    manifest: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    return replace(
        secrets,
        name=features.get("bot_user", {}).get("display_name") or manifest["display_information"]["name"],
        commands=tuple(_command(entry) for entry in features.get("slash_commands", ())),
        scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        redirect_urls=tuple(manifest.get("oauth_config", {}).get("redirect_urls", ())),
        has_home=bool(features.get("app_home", {}).get("home_tab_enabled", False)),
        socket_mode=bool(settings.get("socket_mode_enabled", False)),
    )


def _command(entry: dict[str, Any]) -> Command:
    return Command(
        name=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=bool(entry.get("should_escape", False)),
    )
