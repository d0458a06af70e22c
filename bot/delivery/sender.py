"""One message's way to Slack: what it says now, the post, and what is written down of the answer."""

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import structlog
from slack_sdk import WebClient
from sqlmodel import Session

from bot.delivery.clients import Clients
from bot.delivery.outcomes import Outcome, Refused, Retry, Unknown, call_slack, classify
from bot.delivery.settle import scope_of, settle
from handlers.slack.files import Drawing, is_ready, upload
from loyalty.notifications.contact_policy import contact_hold
from messages.kit.blocks import Message
from storage import outbox
from storage.database import Database
from storage.outbox import Claimed, Drop, Later, Posted

METADATA = "laurels_message"
"""The type of the metadata by which a message can be found again: its account and key."""
_BAD_BLOCKS = "invalid_blocks"

log = structlog.get_logger()


Facts = TypeVar("Facts")
Way = Callable[[], Outcome]
"""A way to say a message: does it, and returns what became of it."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[Facts]):
    """A kind of message: how it asks what there is to say as it leaves, and how it says it."""

    facts: Callable[[Session, Claimed, dt.datetime], Facts | Drop | Later]
    render: Callable[[Facts, str | None], Message]
    """Is handed the id of the picture's file; None: without a picture, and as complete."""
    draw: Callable[[Facts], Drawing | None] = lambda _: None
    replaces: Callable[[Facts], Posted | None] = lambda _: None
    """Which message of Slack's it takes the place of; None: it is a new one."""


@dataclass(frozen=True, slots=True)
class _Told(Generic[Facts]):
    """What there is to say."""

    facts: Facts


Kinds = Mapping[str, Kind[Any]]


class Sender:
    """Sends what was claimed, and writes down what became of it.

    `now` is the time of day, with its offset; `sleep` waits for Slack to have a picture ready.
    """

    def __init__(
        self,
        database: Database,
        clients: Clients,
        kinds: Kinds,
        *,
        now: Callable[[], dt.datetime],
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._database, self._clients, self._kinds = database, clients, kinds
        self._now, self._sleep = now, sleep

    def deliver(self, claimed: Claimed) -> Outcome:
        """Return what became of a message: written down, unless the database failed; then its lease ends as unknown."""
        outcome = self._send(claimed)
        self._write(claimed, lambda session: settle(session, claimed, outcome, now=self._now()))
        log.info("outbox", account=claimed.account_id, key=claimed.message.key, became=repr(outcome))
        return outcome

    def _send(self, claimed: Claimed) -> Outcome:
        kind = self._kinds.get(claimed.message.kind)
        if kind is None:
            return Refused(f"no kind of message is called {claimed.message.kind}")
        client = self._clients.client(claimed.message.workspace)
        if client is None:
            return Refused("the bot is not installed in the workspace")
        try:
            ways = self._attempts(client, claimed, kind)
        except Exception as error:
            # Nothing was posted. A mistake of ours must not lose the message: it waits, and says why.
            log.exception("a message could not be made", account=claimed.account_id, key=claimed.message.key)
            return Retry(f"it could not be made: {type(error).__name__}")
        return ways if isinstance(ways, Outcome) else _said(ways)

    def _attempts(self, client: WebClient, claimed: Claimed, kind: Kind[Facts]) -> list[Way] | Outcome:
        """Return how the message may be said now, the best way first, or why it is not said."""
        facts = self._ask(claimed, kind)
        if not isinstance(facts, _Told):
            return facts
        if (place := kind.replaces(facts.facts)) is not None:
            return [partial(_change, client, place, kind.render(facts.facts, None))]
        drawing = kind.draw(facts.facts)
        if drawing is None:
            return [partial(_post, client, claimed, kind.render(facts.facts, None))]
        file_id = self._picture(client, claimed, drawing)
        # That took a while: whoever changed their mind meanwhile stands neither in the picture nor in the words.
        facts = self._ask(claimed, kind)
        if not isinstance(facts, _Told):
            return facts
        with_picture = [file_id] if file_id and kind.draw(facts.facts) == drawing else []
        return [partial(_post, client, claimed, kind.render(facts.facts, shown)) for shown in (*with_picture, None)]

    def _ask(self, claimed: Claimed, kind: Kind[Facts]) -> "_Told[Facts] | Refused | Retry":
        """Return what there is to say at this moment, or why it is not said, or not now."""
        now = self._now()
        found = self._database.read(
            scope_of(claimed),
            lambda session: contact_hold(session, claimed, now) or kind.facts(session, claimed, now),
        )
        if isinstance(found, Drop):
            return Refused(found.reason)
        if isinstance(found, Later):
            return Retry(found.reason, found.due_at - now)
        return _Told(found)

    def _picture(self, client: WebClient, claimed: Claimed, drawing: Drawing) -> str | None:
        """Return the file that shows a drawing, uploaded once however often the message is tried with the same one."""
        known = claimed.file_id if claimed.drawn == drawing.digest else None
        file_id = known or upload(client, drawing)
        if file_id and not known:
            remember = partial(outbox.remember_file, claimed=claimed, file_id=file_id, drawn=drawing.digest)
            self._write(claimed, remember)
        return file_id if file_id and is_ready(client, file_id, self._sleep) else None

    def _write(self, claimed: Claimed, fn: Callable[[Session], object]) -> None:
        self._database.write(scope_of(claimed), fn)


def _said(ways: Sequence[Way]) -> Outcome:
    """Return what became of the first way that Slack does not refuse as a whole: a picture it cannot show, for one."""
    outcome: Outcome = Refused(_BAD_BLOCKS)
    for way in ways:
        outcome = way()
        if outcome != Refused(_BAD_BLOCKS):
            break
    return outcome


def _post(client: WebClient, claimed: Claimed, message: Message) -> Outcome:
    return classify(
        call_slack(
            lambda: client.chat_postMessage(
                channel=destination(claimed),
                text=message.text,
                blocks=message.blocks,
                metadata={
                    "event_type": METADATA,
                    "event_payload": {"key": f"{claimed.account_id}/{claimed.message.key}"},
                },
                unfurl_links=False,
                unfurl_media=False,
            )
        )
    )


def _change(client: WebClient, place: Posted, message: Message) -> Outcome:
    """Put a message in the place of an earlier one. Doing it twice changes nothing, so what is lost is tried again."""
    outcome = classify(
        call_slack(
            lambda: client.chat_update(channel=place.channel_id, ts=place.ts, text=message.text, blocks=message.blocks)
        )
    )
    return Retry(outcome.reason) if isinstance(outcome, Unknown) else outcome


def destination(claimed: Claimed) -> str:
    """Return the channel, or the user, whom a message goes to."""
    return claimed.message.channel_id or claimed.message.user_id or ""
