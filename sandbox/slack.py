"""The local Slack's whole state, and the verbs that change it and tell the page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from sandbox.conversations import Conversation, Conversations, Message
from sandbox.errors import Refusal
from sandbox.event_queue import EventQueue
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.interaction_tokens import Passes, Trigger
from sandbox.limit_values import Rules
from sandbox.page_feed import Feed
from sandbox.rate_limits import Pace
from sandbox.seed import Installation, Person, Seed
from sandbox.traffic_log import Traffic
from sandbox.views import View, Views

Json = dict[str, Any]
Clock = Callable[[], datetime]

SLACKBOT = "USLACKBOT"


class Slack:
    """Everything a local Slack knows. One event loop only; nothing here waits."""

    def __init__(self, seed: Seed, *, clock: Clock, rules: Rules) -> None:
        self.seed = seed
        self.clock = clock
        self.rules = rules
        self.origin = ""
        self.conversations = Conversations(seed.channels)
        self.views = Views(depth=rules.modals_in_a_stack)
        self.files = Files(rules)
        self.passes = Passes(rules)
        self.pace = Pace(rules)
        self.events = EventQueue(rules)
        self.faults = Faults()
        self.traffic = Traffic()
        self.feed = Feed()
        self.offered: dict[tuple[str, str, str], dict[str, Json]] = {}
        """Options the app loaded: by view, block and action, then by value."""
        self.installations = {each.bot_token: each for each in seed.installations if each.installed}
        self._numbers = count(1)
        self._last_stamp = 0

    def now(self) -> datetime:
        """Now, by Slack's clock."""
        return self.clock()

    def new_id(self, prefix: str) -> str:
        """An id nobody has yet: the prefix and nine capitals or digits."""
        return f"{prefix}{next(self._numbers):09X}"

    def stamp(self) -> str:
        """A `ts` later than every one before: seconds, a dot, microseconds."""
        micros = int(self.now().timestamp() * 1_000_000)
        self._last_stamp = max(micros, self._last_stamp + 1)
        return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06d}"

    def person(self, person_id: str) -> Person:
        """The person or bot with this id; refuses with user_not_found."""
        person = self.seed.person(person_id)
        if person is None:
            raise Refusal("user_not_found")
        return person

    def installed_in(self, team: str) -> Installation | None:
        """The app's installation in this workspace, None if it is not installed there (any more)."""
        return next((each for each in self.installations.values() if each.team == team), None)

    def install(self, team: str) -> Installation:
        """The app, now in this workspace with a token of its own; one that was there before is void."""
        planned = next((each for each in self.seed.installations if each.team == team), None)
        if planned is None:
            raise Refusal("invalid_team_for_non_distributed_app")
        before = self.installed_in(team)
        if before is not None:
            del self.installations[before.bot_token]
        fresh = replace(planned, bot_token=self.new_id("xoxb-"), installed=True)
        self.installations[fresh.bot_token] = fresh
        self.feed.tell("reload", {})
        return fresh

    def reaches(self, installation: Installation, person: Person) -> bool:
        """Whether the installation knows this person: of its workspace, or met in a shared channel."""
        if person.team == installation.team:
            return True
        met = self.conversations.of(person.id)
        return any(installation.team in conversation.teams for conversation in met if not conversation.is_im)

    def direct(self, installation: Installation, person: Person) -> Conversation:
        """The direct message between the app and this person; refuses with user_not_found."""
        if not self.reaches(installation, person):
            raise Refusal("user_not_found")
        return self.conversations.direct(installation.bot_user, person.id, installation.team)

    def issue_trigger(self, person: Person, installation: Installation) -> str:
        """A trigger id with which the app may open one modal for this person, within three seconds."""
        trigger = Trigger(f"{self.stamp()}.{self.new_id('')}", person.id, installation.team, self.now())
        return self.passes.issue_trigger(trigger)

    def say(self, message: Message) -> Message:
        """The message, posted; whoever sees it is told."""
        self.conversations.post(message)
        self._tell(message)
        return message

    def read(self, person: str, channel: str) -> None:
        """Somebody has read all there is; wherever else they look is told."""
        self.conversations.mark_read(person, channel, self.stamp())
        self.feed.tell("read", {"channel": channel}, frozenset({person}))

    def notice(self, person: Person, channel: str, words: str, thread_ts: str | None = None) -> Message:
        """Slack's own word to one person, seen by nobody else."""
        said = Message(channel, self.stamp(), SLACKBOT, person.team, words, only_for=person.id, thread_ts=thread_ts)
        return self.say(said)

    def edit(self, message: Message, **changes: Any) -> Message:
        """The message with these fields changed, in its old place."""
        return self.say(replace(message, **changes))

    def remove(self, channel: str, ts: str) -> Message:
        """The message that is gone now; refuses with message_not_found."""
        gone = self.conversations.remove(channel, ts)
        self.feed.tell("removed", {"channel": channel, "ts": ts}, self._audience(gone))
        return gone

    def show_views(self, person: str) -> None:
        """Tell the page which modals are open on this person's screen."""
        shown = [self.view_as_slack(view) for view in self.views.stack(person)]
        self.feed.tell("views", {"views": shown}, frozenset({person}))

    def show_home(self, view: View) -> None:
        """Tell the page that this person's Home tab has changed."""
        self.feed.tell("home", {"view": self.view_as_slack(view)}, frozenset({view.user}))

    def view_as_slack(self, view: View, state: Json | None = None) -> Json:
        """The view as API and payloads carry it."""
        installation = self.installed_in(view.team)
        bot_id = installation.bot_id if installation else ""
        return view.as_slack(app_id=self.seed.app.id, bot_id=bot_id, state=state)

    def message_for_page(self, message: Message) -> Json:
        """The message as the page draws it: Slack's shape, and what Slack's own client knows besides."""
        return message.as_slack() | {"channel": message.channel, "only_for": message.only_for}

    def _tell(self, message: Message) -> None:
        self.feed.tell("message", {"message": self.message_for_page(message)}, self._audience(message))

    def _audience(self, message: Message) -> frozenset[str]:
        if message.only_for:
            return frozenset({message.only_for})
        return frozenset(self.conversations.find(message.channel).members)
