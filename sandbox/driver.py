"""Acts as the people of a local Slack, over HTTP, for tests that read as a conversation.

driver = Driver(url)
reply = driver.types("U_ANIA", "C_NORTHWIND", "/points")
driver.presses(reply, "Rewards")
"""

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sandbox import blocks as kit

Json = dict[str, Any]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Shown:
    """A message or a view, as `seen_by` sees it. `place` says where it is: channel and ts, or view."""

    seen_by: str
    place: Json
    raw: Json

    @property
    def text(self) -> str:
        """The message's own text: what notifications and screen readers say."""
        return str(self.raw.get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.raw.get("blocks") or ())

    @property
    def title(self) -> str:
        """A view's title."""
        return str((self.raw.get("title") or {}).get("text", ""))

    @property
    def words(self) -> list[str]:
        """Every text in it, in reading order."""
        return kit.words(self.blocks) or [self.text]

    @property
    def only_visible_to_them(self) -> bool:
        """Whether nobody else sees it."""
        return self.raw.get("only_for") == self.seen_by

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons."""
        found = [element for block in self.blocks for element in kit.elements(block)]
        return [element["text"]["text"] for element in found if element["type"] == "button"]


class Driver:
    """One line to a local Slack, for all its people."""

    def __init__(self, url: str, *, patience: float = 5.0) -> None:
        self.url = url
        self.patience = patience

    def types(self, who: str, channel: str, text: str, *, thread_ts: str | None = None) -> Shown | None:
        """The newest message they see there that was not there before; None if the answer was silence."""
        before = {message.raw["ts"] for message in self.messages(channel, as_=who)}
        self._post("type", {"as": who, "channel": channel, "text": text, "thread_ts": thread_ts})
        new = [message for message in self.messages(channel, as_=who) if message.raw["ts"] not in before]
        return new[-1] if new else None

    def messages(self, channel: str, *, as_: str) -> list[Shown]:
        """What they see in a conversation, oldest first. `channel` may be "app": their messages with the app."""
        conversation = self._conversation(channel, as_)
        return [Shown(as_, {"channel": conversation["id"], "ts": raw["ts"]}, raw) for raw in conversation["messages"]]

    def direct(self, who: str) -> str:
        """The id of their conversation with the app."""
        return str(self._conversation("app", who)["id"])

    def _conversation(self, channel: str, who: str) -> Json:
        for conversation in self._get(f"/client/state/{who}")["conversations"]:
            if conversation["id"] == channel or (channel == "app" and conversation["kind"] == "im"):
                return dict(conversation)
        raise LookupError(f"{who} is not in {channel}")

    def presses(
        self,
        shown: Shown,
        label: str,
        *,
        value: Any = None,
        filled_in: Mapping[str, Any] | None = None,
        as_: str | None = None,
    ) -> bool:
        """Whether the app acknowledged the press of what is labelled so (or has this action id)."""
        block_id, action_id = _element(shown, label)
        act = {
            "as": as_ or shown.seen_by,
            "block_id": block_id,
            "action_id": action_id,
            "value": value,
            "filled_in": _by_block(shown, filled_in or {}),
            **shown.place,
        }
        return bool(self._post("press", act)["ok"])

    def view(self, who: str) -> Shown | None:
        """The modal on top of their screen, None if there is none."""
        views = self._get(f"/client/state/{who}")["views"]
        return Shown(who, {"view": views[-1]["id"]}, views[-1]) if views else None

    def submits(self, view: Shown, filled_in: Mapping[str, Any] | None = None) -> dict[str, str]:
        """What is wrong with it, by block id; empty if the app took it.

        `filled_in` goes by label, action id or block id to text, a date, an option's value, or a list of those.
        """
        answer = self._post("submit", {"as": view.seen_by, **view.place, "filled_in": _by_block(view, filled_in or {})})
        return dict(answer["errors"])

    def uploads(self, who: str, name: str, content: bytes) -> str:
        """The id of a file that they add to a file input; `submits` takes a list of such ids as the field's value."""
        encoded = base64.b64encode(content).decode()
        return str(self._post("upload", {"as": who, "name": name, "content": encoded})["id"])

    def suggestions(self, view: Shown, label: str, typed: str) -> list[str]:
        """The values of the options that the app offers in an external select for what is typed."""
        block_id, action_id = _field(view, label)
        act = {"as": view.seen_by, **view.place, "block_id": block_id, "action_id": action_id, "value": typed}
        return [str(option["value"]) for option in self._post("suggest", act)["options"]]

    def closes(self, view: Shown, *, everything: bool = False) -> None:
        """Close the modal, or with `everything` the whole stack."""
        self._post("close", {"as": view.seen_by, **view.place, "everything": everything})

    def opens_home(self, who: str) -> Shown:
        """The app's Home, once the app has published it."""
        self.looks_at_home(who)
        return self.waits_for(lambda: self.home(who))

    def looks_at_home(self, who: str) -> None:
        """Open the app's Home and wait for nothing."""
        self._post("look", {"as": who, "tab": "home"})

    def home(self, who: str) -> Shown | None:
        """The app's Home as it is now, None if nothing is published."""
        view = self._get(f"/client/state/{who}")["home"]
        return Shown(who, {"view": view["id"]}, view) if view else None

    def joins(self, who: str, channel: str) -> None:
        """Join a public channel."""
        self._post("join", {"as": who, "channel": channel})

    def leaves(self, who: str, channel: str) -> None:
        """Leave a channel."""
        self._post("leave", {"as": who, "channel": channel})

    def waits_for_message(self, channel: str, words: str, *, as_: str) -> Shown:
        """The newest message there in which these words stand; TimeoutError if none comes."""

        def found() -> Shown | None:
            said = [each for each in self.messages(channel, as_=as_) if words in "\n".join([each.text, *each.words])]
            return said[-1] if said else None

        return self.waits_for(found)

    def waits_for(self, look: Callable[[], Found | None]) -> Found:
        """What `look` finds, as soon as it finds something; TimeoutError after the driver's patience."""
        end = time.monotonic() + self.patience
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > end:
                raise TimeoutError(f"nothing came within {self.patience} s")
            time.sleep(0.02)

    def conversation(self, channel: str, *, as_: str) -> str:
        """What they see there as plain text: a line a message, buttons in brackets, "(only you)" where it is so."""
        names = {person["id"]: person["real_name"] for person in self._get("/client/seed")["people"]}
        lines = []
        for message in self.messages(channel, as_=as_):
            name = names.get(message.raw["user"], "Slack")
            aside = " (only you)" if message.only_visible_to_them else ""
            buttons = "".join(f" [{label}]" for label in message.buttons)
            lines.append(f"{name}{aside}: {message.text}{buttons}")
        return "\n".join(lines)

    def orders_trouble(self, kind: str, method: str = "*", *, times: int = 1, seconds: float = 1.0) -> None:
        """Let the next calls go wrong; see `faults`."""
        self._request("POST", "/sandbox/faults", {"kind": kind, "method": method, "times": times, "seconds": seconds})

    def troubles(self) -> list[Json]:
        """What was ordered and has not struck yet."""
        ordered: Any = self._get("/sandbox/faults")
        return list(ordered)

    def allows(self, authorize_url: str, team: str) -> str:
        """Where the browser is sent after a workspace's admin has allowed the app: its redirect address with a code."""
        parts = urlsplit(authorize_url)
        connection = HTTPConnection(parts.netloc, timeout=30)
        try:
            connection.request("GET", f"{parts.path}?{parts.query}&team={team}")
            location = connection.getresponse().getheader("Location")
        finally:
            connection.close()
        if location is None:
            raise RuntimeError(f"{authorize_url} was refused")
        return location

    def uninstalls(self, team: str) -> None:
        """Take the app out of a workspace."""
        self._request("POST", f"/sandbox/uninstall/{team}", {})

    def _post(self, verb: str, act: Json) -> Json:
        return self._request("POST", f"/client/{verb}", act)

    def _get(self, path: str) -> Json:
        return self._request("GET", path, None)

    def _request(self, method: str, path: str, body: Json | None) -> Json:
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, path, content, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer: Json = json.loads(response.read())
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(f"{method} {path} was refused: {answer}")
        return answer


def _element(shown: Shown, label: str) -> tuple[str, str]:
    for block in shown.blocks:
        for element in kit.elements(block):
            if label == element.get("action_id") or label in kit.words(element.get("text")):
                return block["block_id"], element["action_id"]
    raise LookupError(f"there is nothing called {label} in: {' / '.join(shown.words)}")


def _by_block(shown: Shown, filled_in: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    given: dict[str, dict[str, Any]] = {}
    for name, value in filled_in.items():
        block_id, action_id = _field(shown, name)
        given.setdefault(block_id, {})[action_id] = value
    return given


def _field(shown: Shown, name: str) -> tuple[str, str]:
    for block in shown.blocks:
        for element in kit.elements(block):
            if name in {element["action_id"], block["block_id"], *kit.words(block.get("label"))}:
                return block["block_id"], element["action_id"]
    raise LookupError(f"there is no field called {name} in: {' / '.join(shown.words)}")
