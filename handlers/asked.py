"""What every listener is handed, and what it hands back: it parses, does one thing, and says what is to be shown."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk import WebClient

from loyalty.access import Asker
from messages.kit import Message
from messages.words import Reader
from storage.session import Database

Later = Callable[[Callable[[], None]], None]
"""Takes what may be done once Slack has its answer, and may be lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the process lends to every listener."""

    database: Database
    clock: Callable[[], dt.datetime]
    later: Later


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks: `words` are what stands after the command, or the value of what was pressed."""

    services: Services
    asker: Asker
    now: dt.datetime
    words: str
    slack: WebClient
    trigger_id: str | None = None
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The facts."""
        return self.services.database

    @property
    def reader(self) -> Reader:
        """Whom the answer is for: their own language, their own clock."""
        return Reader(self.asker.language, self.asker.timezone)


Tell = Callable[[Message], None]
"""Shows the person one message more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is shown to the person alone.

    `instead`: in place of the message that was pressed, where nobody else sees that one. `afterwards` runs once this
    is on its way, outside any transaction, and may be lost.
    """

    message: Message
    instead: bool = False
    afterwards: Callable[[Tell], None] | None = None


Listener = Callable[[Asked], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Which listener answers which command (with its slash) and which press."""

    commands: Mapping[str, Listener] = field(default_factory=dict)
    actions: Mapping[str, Listener] = field(default_factory=dict)


def together(*routes: Routes) -> Routes:
    """Return the routes of all features as one table. Raises ValueError where two claim the same id."""
    commands: dict[str, Listener] = {}
    actions: dict[str, Listener] = {}
    for route in routes:
        for table, more in ((commands, route.commands), (actions, route.actions)):
            twice = table.keys() & more.keys()
            if twice:
                raise ValueError(f"{sorted(twice)} have two listeners; an id has one")
            table.update(more)
    return Routes(commands=commands, actions=actions)
