"""What every listener takes and returns: the request, the reply, and the table of who answers what."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
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
from messages.kit.elements import Choice
from messages.kit.modals import Modal
from messages.kit.reader import Reader
from storage.database import OPERATOR, Database, Scope, Work

T = TypeVar("T")

Background = Callable[[Callable[[], None]], None]
"""Takes a job to do once Slack has its answer; the job may be lost."""


Upload = Callable[[WebClient, bytes, str, str], str | None]
"""Takes a PNG with its title and what it shows in words; gives the file's id once it can be shown, else None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What every listener uses of the process."""

    database: Database
    clock: Callable[[], dt.datetime]
    background: Background
    upload: Upload
    locale_cache: LocaleCache = field(default_factory=LocaleCache)
    profiles: SlackProfiles = field(default_factory=SlackProfiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackRequest:
    """What somebody asks for: `value` is what stands after the command, or the value of what was pressed.

    `reader` is whom the answer is for: it is found once, as the request comes in.
    """

    services: Services
    requester: Requester
    reader: Reader
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
        requester = self.requester
        profile = self.services.profiles.fetch_now(self.slack, requester.user, now=self.now)
        if profile is not None and profile.deleted != requester.left:
            self.database.write(OPERATOR, lambda session: record_profile(session, profile, now=self.now))
        if requester.left if profile is None else profile.deleted:
            raise SwitchedOffError(f"{requester.user.user_id} is switched off")
        return self.database.write(scope, verb)

    @property
    def today(self) -> dt.date:
        """The local day in the account's zone."""
        return self.now.astimezone(ZoneInfo(self.requester.known_account.timezone)).date()

    def refreshed(self) -> "SlackRequest":
        """Return the same request, of the same person as the facts are now."""
        requester = self.database.read(OPERATOR, lambda session: identify(session, self.requester.user, self.origin))
        return self.as_requester(requester, now=self.services.clock())

    def as_requester(self, requester: Requester, *, now: dt.datetime | None = None) -> "SlackRequest":
        """Return the same request with other facts about who asks, and the reader that goes with them."""
        now = now or self.now
        reader = reader_of(self.services, self.slack, requester, now=now)
        return replace(self, requester=requester, reader=reader, now=now)


def reader_of(services: Services, slack: WebClient, requester: Requester, *, now: dt.datetime) -> Reader:
    """Return the reader that a requester is: their own language and time zone.

    Of somebody about whom neither is on record, Slack is asked, at most once a day; never call it in a transaction.
    """
    if _is_on_record(requester):
        return Reader(requester.language, requester.timezone)
    locale = services.locale_cache.get(services.profiles, slack, requester.user, now=now)
    return Reader(locale.language or requester.language, locale.timezone or requester.timezone)


def _is_on_record(requester: Requester) -> bool:
    """Return whether what somebody chose, or what Slack says of them, is on record: of members, and of managers."""
    return (
        requester.manages or requester.role is Role.UNDECIDED or bool(requester.chosen_language or requester.looked_at)
    )


Followup = Callable[[Message], None]
"""Shows the person one message more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is shown to the person alone.

    `replaces_message`: it is shown in place of the message that was pressed, where nobody else sees that one.
    `shown_in_home`: the app's Home shows the outcome too, so that a press there opens no modal. `followup` runs once
    the reply is on its way, outside any transaction, and may be lost.
    """

    message: Message
    replaces_message: bool = False
    shown_in_home: bool = False
    followup: Callable[[Followup], None] | None = None


class FieldsError(LoyaltyError):
    """Something is wrong in a modal that was submitted: a refusal for each field at fault, by the field's name."""

    def __init__(self, faults: Mapping[str, LoyaltyError]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = dict(faults)


Response = Reply | Modal
Listener = Callable[[SlackRequest], Response]
EventListener = Callable[[SlackRequest], None]
OptionsListener = Callable[[SlackRequest], Sequence[Choice]]
"""Takes what somebody types into a menu, as the request's value, and gives the options to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Which listener answers which command (with its slash), button (its action id) and submitted modal (its callback).

    `options`: which listener has the options of a menu (its action id) that are looked for as somebody types.
    `closings` and `events`: which listener is called for a modal that was closed unsubmitted, and for Slack's events.
    """

    commands: Mapping[str, Listener] = field(default_factory=dict)
    actions: Mapping[str, Listener] = field(default_factory=dict)
    views: Mapping[str, Listener] = field(default_factory=dict)
    options: Mapping[str, OptionsListener] = field(default_factory=dict)
    closings: Mapping[str, EventListener] = field(default_factory=dict)
    events: Mapping[str, EventListener] = field(default_factory=dict)


def merge_routes(*routes: Routes) -> Routes:
    """Return the routes of all features as one table. Raises ValueError where two claim the same id."""
    return Routes(
        commands=_merged(*(route.commands for route in routes)),
        actions=_merged(*(route.actions for route in routes)),
        views=_merged(*(route.views for route in routes)),
        options=_merged(*(route.options for route in routes)),
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
