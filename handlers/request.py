"""What every listener is handed, and what it hands back: it parses, does one thing, and says what is to be shown."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from handlers.slack.locale_cache import LocaleCache
from handlers.slack.profiles import SlackProfiles
from loyalty.accounts.requester import Origin, Requester, Role, identify
from loyalty.errors import LoyaltyError
from loyalty.members.join import SwitchedOffError
from loyalty.members.slack_sync import record_profile
from messages.kit.blocks import Message
from messages.kit.modals import Modal
from messages.kit.reader import Reader
from storage.database import OPERATOR, Database, Scope, Work

T = TypeVar("T")

Background = Callable[[Callable[[], None]], None]
"""Takes what may be done once Slack has its answer, and may be lost."""


Upload = Callable[[WebClient, bytes, str, str], str | None]
"""Takes a PNG with its title and what it shows in words; gives the file's id once it can be shown, else None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the process lends to every listener."""

    database: Database
    clock: Callable[[], dt.datetime]
    background: Background
    upload: Upload
    locale_cache: LocaleCache = field(default_factory=LocaleCache)
    profiles: SlackProfiles = field(default_factory=SlackProfiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackRequest:
    """What somebody asks: `words` are what stands after the command, or the value of what was pressed."""

    services: Services
    requester: Requester
    origin: Origin
    now: dt.datetime
    value: str
    slack: WebClient
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The facts."""
        return self.services.database

    def write_as_requester(self, scope: Scope, verb: Work[T]) -> T:
        """Return what a verb did for whoever asks, committed. Errors: `SwitchedOffError`, and then nothing is done.

        Slack is asked first: it lets nobody act who is switched off, but what was on its way still arrives. Where it
        does not answer, what it said last stands.
        """
        who = self.requester
        found = self.services.profiles.fetch_now(self.slack, who.user, now=self.now)
        if found is not None and found.deleted != who.left:
            self.database.write(OPERATOR, lambda session: record_profile(session, found, now=self.now))
        if who.left if found is None else found.deleted:
            raise SwitchedOffError(f"{who.user.user_id} is switched off")
        return self.database.write(scope, verb)

    @property
    def today(self) -> dt.date:
        """The local day in the account's zone."""
        return self.now.astimezone(ZoneInfo(self.requester.known_account.timezone)).date()

    def refreshed(self) -> "SlackRequest":
        """Return the same question of somebody whose facts may have changed since."""
        met = self.database.read(OPERATOR, lambda session: identify(session, self.requester.user, self.origin))
        return replace(self, requester=met, now=self.services.clock())

    @property
    def reader(self) -> Reader:
        """Whom the answer is for: their own language and clock; of somebody never met here, those that Slack says."""
        who = self.requester
        if _is_known(who):
            return Reader(who.language, who.timezone)
        says = self.services.locale_cache.get(self.services.profiles, self.slack, who.user, now=self.now)
        return Reader(says.language or who.language, says.timezone or who.timezone)


def _is_known(who: Requester) -> bool:
    """Return whether what somebody chose, or what Slack says of them, is on record: of members, and of managers."""
    return who.manages or who.role is Role.UNDECIDED or bool(who.chosen_language or who.looked_at)


Followup = Callable[[Message], None]
"""Shows the person one message more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is shown to the person alone.

    `instead`: in place of the message that was pressed, where nobody else sees that one. `settled`: the app's Home
    shows it as well, so that a press there wants no window. `afterwards` runs once this is on its way, outside any
    transaction, and may be lost.
    """

    message: Message
    replaces_message: bool = False
    shown_in_home: bool = False
    followup: Callable[[Followup], None] | None = None


class FieldsError(LoyaltyError):
    """Something is wrong with what was filled in in a window: a refusal for each field that is, by its name."""

    def __init__(self, faults: Mapping[str, LoyaltyError]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = dict(faults)


Response = Reply | Modal
Listener = Callable[[SlackRequest], Response]
EventListener = Callable[[SlackRequest], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Which listener answers which command (with its slash), which press, which window that was sent (its callback).

    Who hears of which window that was closed unsent, and of which of Slack's events.
    """

    commands: Mapping[str, Listener] = field(default_factory=dict)
    actions: Mapping[str, Listener] = field(default_factory=dict)
    views: Mapping[str, Listener] = field(default_factory=dict)
    closings: Mapping[str, EventListener] = field(default_factory=dict)
    events: Mapping[str, EventListener] = field(default_factory=dict)


def merge_routes(*routes: Routes) -> Routes:
    """Return the routes of all features as one table. Raises ValueError where two claim the same id."""
    return Routes(
        commands=_merged(*(route.commands for route in routes)),
        actions=_merged(*(route.actions for route in routes)),
        views=_merged(*(route.views for route in routes)),
        closings=_merged(*(route.closings for route in routes)),
        events=_merged(*(route.events for route in routes)),
    )


def _merged(*tables: Mapping[str, T]) -> dict[str, T]:
    merged: dict[str, T] = {}
    for table in tables:
        twice = merged.keys() & table.keys()
        if twice:
            raise ValueError(f"{sorted(twice)} have two listeners; an id has one")
        merged.update(table)
    return merged
