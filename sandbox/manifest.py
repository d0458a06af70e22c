"""What a Slack app manifest (app.yaml) says of commands, scopes and events."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sandbox.seed import App, Command


def read_app(path: Path, *, app_id: str, signing_secret: str, app_token: str) -> App:
    """The app that a manifest file describes; KeyError names the part of the manifest that is missing."""
    manifest: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    return App(
        id=app_id,
        name=features.get("bot_user", {}).get("display_name") or manifest["display_information"]["name"],
        signing_secret=signing_secret,
        app_token=app_token,
        commands=tuple(_command(entry) for entry in features.get("slash_commands", ())),
        scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
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
