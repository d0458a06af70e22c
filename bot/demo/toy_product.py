"""The toy product's own server: signs what people do in it and sends it to the bot, as any product would."""

import datetime as dt
import itertools
import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.request import Request, urlopen

from bot.demo.script import Button, Script
from handlers.usage.signatures import sign
from loyalty.usage.secrets import Secret

Json = dict[str, Any]


class Orbit:
    """Sends usage to the bot at `url`, signed by Standard Webhooks. `now` is the story's clock."""

    def __init__(self, script: Script, url: str, secret: Secret, now: Callable[[], dt.datetime]) -> None:
        self._script, self._url, self._secret, self._now = script, url, secret, now
        self._numbers = itertools.count(1)
        self._users = {player.id: player for player in script.people}
        self._buttons = {button.event: button for button in script.orbit}

    def press(self, who: str, event: str) -> Json:
        """Send what somebody does; return the bot's answer for it. Raises OSError where the bot is away."""
        return self.send([self.made(who, event)])[0]

    def made(self, who: str, event: str) -> Json:
        """Return a usage event as the bot takes it. KeyError: nobody of that id, or no such button."""
        player, number = self._users[who], next(self._numbers)
        return {
            "account": player.account,
            "person": player.user,
            "event": event,
            "at": self._now().isoformat(),
            "id": f"orbit-{number}",
            "properties": _properties(self._buttons[event], number),
        }

    def send(self, events: Sequence[Json]) -> list[Json]:
        """Send events in one request; return the bot's answer for each."""
        body = json.dumps(list(events)).encode()
        message_id, timestamp = f"msg-{next(self._numbers)}", str(int(self._now().timestamp()))
        signature = sign(self._secret.key, f"{message_id}.{timestamp}.".encode() + body)
        headers = {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": f"v1,{signature}",
        }
        request = Request(f"{self._url}/v1/usage", body, headers)  # noqa: S310 - on this machine
        with urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
            given: list[Json] = json.load(answer)["results"]
        return given


def _properties(button: Button, number: int) -> Json:
    if button.each is None:
        return dict(button.properties)
    return {**button.properties, button.each: button.values[number % len(button.values)]}
