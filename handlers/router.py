"""Between Bolt and the listeners: one look into a table says who answers, and each surface gets its answer its own way.

Slack's acknowledgement leaves only when the listener is through, so what was acknowledged is on disk.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_bolt import Ack, App, Args, BoltResponse
from slack_sdk.webhook import WebhookClient

from handlers.access import place, slack_user
from handlers.asked import Asked, Listener, Reply, Routes, Services
from loyalty.access import asker
from loyalty.errors import LoyaltyError
from messages import refusals
from messages.help import unknown
from messages.kit import Message, action_of
from messages.words import Reader
from storage.session import OPERATOR

ANY = re.compile("")
Opener = Callable[[str], WebhookClient]
log = structlog.get_logger()


class Router:
    """Answers everything that people do in Slack."""

    def __init__(self, routes: Routes, services: Services, *, open_url: Opener | None = None) -> None:
        self.routes = routes
        self.services = services
        self.open_url: Opener = open_url or (lambda url: WebhookClient(url, retry_handlers=[]))

    def register(self, app: App) -> None:
        """Take everything the app hears: one listener a kind, so that sixty ids cost no more than five."""
        app.command(ANY)(self.command)
        app.action(ANY)(self.action)
        app.error(failed)

    def command(self, args: Args) -> None:
        """Answer a slash command in its acknowledgement."""
        listener = self.routes.commands.get(args.body["command"], _unknown)
        asked = self._asked(args, _typed(args.body.get("text") or ""))
        reply = answer(listener, asked)
        args.ack(text=reply.message.text, blocks=list(reply.message.blocks))
        self._afterwards(reply, args.body.get("response_url"))

    def action(self, args: Args) -> None:
        """Answer a press: acknowledged empty, what it shows goes to the person by its `response_url`."""
        pressed: Mapping[str, Any] = args.payload
        listener = self.routes.actions.get(action_of(pressed["action_id"]), _unknown)
        reply = answer(listener, self._asked(args, pressed.get("value") or ""))
        args.ack()
        url = args.body.get("response_url")
        instead = reply.instead and bool(args.body.get("container", {}).get("is_ephemeral"))
        self.services.later(lambda: self._tell(url, reply.message, instead=instead))
        self._afterwards(reply, url)

    def _asked(self, args: Args, words: str) -> Asked:
        who, where = slack_user(args.body, args.context), place(args.context)
        met = self.services.database.read(OPERATOR, lambda session: asker(session, who, where))
        args.context["reader"] = Reader(met.language, met.timezone)
        return Asked(
            services=self.services,
            asker=met,
            now=self.services.clock(),
            words=" ".join(words.split()),
            slack=args.client,
            trigger_id=args.body.get("trigger_id"),
        )

    def _afterwards(self, reply: Reply, url: str | None) -> None:
        more = reply.afterwards
        if more is not None:
            self.services.later(lambda: more(lambda message: self._tell(url, message, instead=False)))

    def _tell(self, url: str | None, message: Message, *, instead: bool) -> None:
        if url is None:
            return
        self.open_url(url).send(
            text=message.text, blocks=list(message.blocks), response_type="ephemeral", replace_original=instead
        )


def answer(listener: Listener, asked: Asked) -> Reply:
    """Return the listener's reply, or the words for its refusal."""
    try:
        return listener(asked)
    except LoyaltyError as refusal:
        return Reply(message=refusals.words(asked.reader, refusal))


def _typed(text: str) -> str:
    """Return what a person typed: Slack escapes it on the way."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unknown(asked: Asked) -> Reply:
    return Reply(message=unknown(asked.reader))


def failed(error: Exception, ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> BoltResponse | None:
    """Return what a person is told when something broke. An event gets nothing, so that Slack sends it again."""
    log.error("a listener failed", exc_info=error, surface=body.get("command") or body.get("type"))
    words = refusals.broken(context.get("reader") or Reader())
    if "command" in body:
        return ack(text=words.text, blocks=list(words.blocks))
    if body.get("type") == "block_actions" and body.get("response_url"):
        WebhookClient(body["response_url"], retry_handlers=[]).send(
            text=words.text, blocks=list(words.blocks), response_type="ephemeral", replace_original=False
        )
        return ack()
    return None
