"""The Slack app's manifest, app.yaml: held against the code and Slack's rules, and made ready to be handed to Slack."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from itertools import chain
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from slack_sdk import WebClient

from handlers.request import Routes
from handlers.router import as_typed

Manifest = dict[str, Any]
HOME = Path(__file__).parents[1]
"""The checkout: app.yaml lies beside the packages."""
PACKAGES = ("bot", "handlers", "messages")
SCOPES: Mapping[str, frozenset[str]] = {
    "apps_connections_open": frozenset(),  # the app-level token's connections:write
    "auth_test": frozenset(),
    "chat_postMessage": frozenset({"chat:write"}),
    "chat_update": frozenset({"chat:write"}),
    "files_info": frozenset({"files:read"}),
    "files_upload_v2": frozenset({"files:write"}),
    "users_info": frozenset({"users:read", "users:read.email"}),
    "views_open": frozenset(),
    "views_publish": frozenset(),
    "views_push": frozenset(),
    "views_update": frozenset(),
}
"""What each method of Slack's Web API wants, by the SDK's name for it."""
EVENTS: Mapping[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_uninstalled": frozenset(),
    "tokens_revoked": frozenset(),
    "user_change": frozenset({"users:read"}),
}
"""What each event wants."""
READS_MESSAGES = re.compile(r".*:history|search:read.*|.*mentions:read")
MOST_COMMANDS, LONGEST_COMMAND, LONGEST_DESCRIPTION, LONGEST_HINT = 50, 32, 2000, 1000
LONGEST_NAME, LONGEST_SHORT, LONGEST_BOT_NAME = 35, 140, 80
COMMAND = re.compile(r"/[a-z0-9_-]+")


def read() -> Manifest:
    """Return what app.yaml says."""
    manifest: Manifest = YAML(typ="safe", pure=True).load((HOME / "app.yaml").read_text(encoding="utf-8"))
    return manifest


def ready(manifest: Manifest, *, prefix: str = "", url: str = "") -> Manifest:
    """Return the manifest for one deployment.

    `prefix` begins each command's name, `acme-` for instance. `url`: where Slack reaches the bot, instead of by a
    socket.
    """
    made = deepcopy(manifest)
    for command in _commands(made):
        command["command"] = as_typed(command["command"], prefix)
    if url:
        address = f"{url.rstrip('/')}/slack/events"
        for command in _commands(made):
            command["url"] = address
        settings = made["settings"]
        settings["socket_mode_enabled"] = False
        settings["interactivity"]["request_url"] = address
        settings["event_subscriptions"]["request_url"] = address
    return made


def problems(manifest: Manifest, routes: Routes, called: Collection[str]) -> list[str]:
    """Return what does not hold between the manifest, the listeners, the Web API's methods called, Slack's rules."""
    return list(
        chain(
            _differences("slash command", {each["command"] for each in _commands(manifest)}, set(routes.commands)),
            _differences("event", set(_events(manifest)), set(routes.events)),
            _interactivity(manifest, routes),
            _scopes(manifest, routes, called),
            limits(manifest),
        )
    )


def called() -> set[str]:
    """Return the methods of Slack's Web API that the code calls, by the SDK's names."""
    paths = chain.from_iterable((HOME / package).rglob("*.py") for package in PACKAGES)
    return {name for path in paths for name in _calls(ast.parse(path.read_text(encoding="utf-8")))}


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        # Also where it is handed on: partial(client.chat_postMessage, …).
        if isinstance(node, ast.Attribute) and "_" in node.attr.strip("_") and node.attr in _METHODS:
            yield node.attr


_METHODS = {name for name in dir(WebClient) if not name.startswith("_") and name != "api_call"}


def _differences(what: str, said: set[str], there: set[str]) -> Iterator[str]:
    for name in sorted(there - said):
        yield f"app.yaml lacks the {what} {name}, which has a listener"
    for name in sorted(said - there):
        yield f"app.yaml has the {what} {name}, which nothing listens to"


def _interactivity(manifest: Manifest, routes: Routes) -> Iterator[str]:
    enabled = manifest["settings"].get("interactivity", {}).get("is_enabled", False)
    if (routes.actions or routes.views) and not enabled:
        yield "settings.interactivity.is_enabled is false, but presses and windows have listeners"


def _scopes(manifest: Manifest, routes: Routes, called: Collection[str]) -> Iterator[str]:
    scopes = manifest["oauth_config"]["scopes"]
    for kind in sorted(scopes.keys() - {"bot"}):
        yield f"oauth_config.scopes.{kind}: the bot acts as itself and for nobody else; only bot scopes are wanted"
    asked = set(scopes.get("bot", ()))
    for method in sorted(set(called) - SCOPES.keys()):
        yield f"the code calls {method}: bot/manifest.py has to say which scopes it wants"
    for event in sorted(set(routes.events) - EVENTS.keys()):
        yield f"the code hears {event}: bot/manifest.py has to say which scopes it wants"
    needed = _needed(routes, called)
    for scope in sorted(needed - asked):
        yield f"app.yaml lacks the scope {scope}, which the code needs"
    for scope in sorted(asked - needed):
        yield f"app.yaml asks for the scope {scope}, which nothing needs"
    for scope in sorted(asked):
        if READS_MESSAGES.fullmatch(scope):
            yield f"the scope {scope} reads what people write; Laurels never does"


def _needed(routes: Routes, called: Collection[str]) -> set[str]:
    needed = {scope for method in called for scope in SCOPES.get(method, ())}
    needed |= {scope for event in routes.events for scope in EVENTS.get(event, ())}
    return needed | ({"commands"} if routes.commands else set())


def limits(manifest: Manifest) -> Iterator[str]:
    """Find what Slack would not take."""
    about, commands = manifest["display_information"], _commands(manifest)
    yield from _too_long("display_information.name", about["name"], LONGEST_NAME)
    yield from _too_long("display_information.description", about.get("description", ""), LONGEST_SHORT)
    yield from _too_long("features.bot_user.display_name", _bot_name(manifest), LONGEST_BOT_NAME)
    if len(commands) > MOST_COMMANDS:
        yield f"there are {len(commands)} slash commands; Slack takes {MOST_COMMANDS}"
    for each in commands:
        name = each["command"]
        yield from _too_long(f"the slash command {name}", name, LONGEST_COMMAND)
        yield from _too_long(f"{name}'s description", each["description"], LONGEST_DESCRIPTION)
        yield from _too_long(f"{name}'s usage_hint", each.get("usage_hint", ""), LONGEST_HINT)
        if not COMMAND.fullmatch(name):
            yield f"the slash command {name} is no name: a slash, then a-z, 0-9, - and _"
    names = [each["command"] for each in commands]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the slash command {name} stands there more than once"


def _too_long(what: str, text: str, most: int) -> Iterator[str]:
    if len(text) > most:
        yield f"{what} has {len(text)} characters; Slack takes {most}"


def _commands(manifest: Manifest) -> list[dict[str, Any]]:
    return list(manifest["features"].get("slash_commands", ()))


def _events(manifest: Manifest) -> list[str]:
    return list(manifest["settings"].get("event_subscriptions", {}).get("bot_events", ()))


def _bot_name(manifest: Manifest) -> str:
    return str(manifest["features"].get("bot_user", {}).get("display_name", ""))
