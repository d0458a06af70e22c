"""Between Bolt and the listeners: one look into a table says who answers.

Slack's acknowledgement leaves only when the listener is through, so what was acknowledged is on disk.
"""

import re
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, App, Args, BoltResponse
from slack_sdk import WebClient

from handlers.request import EventListener, FieldsError, Listener, Reply, Response, Routes, Services, SlackRequest
from handlers.slack.identity import origin, slack_user
from handlers.slack.responses import Surface, surface_in, surface_of
from loyalty.accounts.requester import Role, identify
from loyalty.errors import LoyaltyError
from loyalty.members.slack_sync import is_refresh_due
from messages import errors
from messages.help import old_button_message
from messages.kit.blocks import action_of
from messages.kit.modals import Modal, info_modal
from messages.kit.reader import Reader
from storage.database import OPERATOR
from storage.errors import DATABASE_UNAVAILABLE, RETRY_AFTER_SECONDS

ANY = re.compile("")
log = structlog.get_logger()


class Router:
    """Answers everything that people do in Slack. `home` draws the app's Home anew; `prefix` begins each command."""

    def __init__(self, routes: Routes, services: Services, *, home: EventListener, prefix: str = "") -> None:
        self.routes = routes
        self.commands = {as_typed(name, prefix): listener for name, listener in routes.commands.items()}
        self.services = services
        self.home = home

    def register(self, app: App) -> None:
        """Take everything the app hears: one listener a kind, so that sixty ids cost no more than five."""
        app.command(ANY)(self.command)
        app.action(ANY)(self.action)
        app.view_submission(ANY)(self.view)
        app.view_closed(ANY)(self.closed)
        app.event(ANY)(self.event)
        app.error(failed)

    def command(self, args: Args) -> None:
        """Answer a slash command in its acknowledgement."""
        listener = self.commands.get(args.body["command"], _unknown)
        asked = self._asked(args, _typed(args.body.get("text") or ""))
        reply, surface = respond(listener, asked), surface_of(args)
        if isinstance(reply, Modal):
            surface.open(reply)
            args.ack()
        else:
            args.ack(text=reply.message.text, blocks=list(reply.message.blocks))
            self._afterwards(reply, surface)
        self._keep_up(asked)

    def action(self, args: Args) -> None:
        """Answer a press: acknowledged empty; what it shows goes where it was pressed, for the person alone."""
        pressed: dict[str, Any] = args.payload
        value = pressed.get("value") or (pressed.get("selected_option") or {}).get("value") or ""
        listener = self.routes.actions.get(action_of(pressed["action_id"]), _unknown)
        asked = self._asked(args, value)
        reply, surface = respond(listener, asked), surface_of(args)
        if isinstance(reply, Modal):
            surface.open(reply)
            args.ack()
            return
        args.ack()
        if not (surface.is_home and reply.shown_in_home):
            self.services.background(lambda: surface.show(reply.message, asked.reader, instead=reply.replaces_message))
        if surface.is_home:
            self.services.background(lambda: self.home(asked))
        self._afterwards(reply, surface)
        self._keep_up(asked)

    def view(self, args: Args) -> None:
        """Answer a window that was sent: by what is wrong with its fields, the next window, or what has been done."""
        asked = self._asked(args, "")
        listener = self.routes.views.get(args.body["view"]["callback_id"], _unknown)
        try:
            reply = respond(listener, asked)
        except FieldsError as refusal:
            told = {name: str(errors.error_text(asked.reader, fault)) for name, fault in refusal.faults.items()}
            args.ack(response_action="errors", errors=told)
            return
        if isinstance(reply, Reply):
            reply = info_modal(asked.reader, reply.message, clear_on_close=True)
        args.ack(response_action="push" if reply.push else "update", view=reply.view)
        self.services.background(lambda: self.home(asked))

    def closed(self, args: Args) -> None:
        """Hear of a window that was closed unsent."""
        hearer = self.routes.closings.get(args.body["view"]["callback_id"])
        if hearer is not None:
            hearer(self._asked(args, ""))
        args.ack()

    def event(self, args: Args) -> None:
        """Hear one of Slack's events; it is acknowledged once it is dealt with."""
        hearer = self.routes.events.get(args.body["event"]["type"])
        if hearer is not None:
            hearer(self._asked(args, ""))

    def _asked(self, args: Args, words: str) -> SlackRequest:
        who, where = slack_user(args.body, args.context), origin(args.context)
        met = self.services.database.read_autocommit(OPERATOR, lambda session: identify(session, who, where))
        asked = SlackRequest(
            services=self.services,
            requester=met,
            origin=where,
            now=self.services.clock(),
            value=" ".join(words.split()),
            slack=args.client,
            body=args.body,
        )
        args.context["reader"] = asked.reader
        return asked

    def _keep_up(self, request: SlackRequest) -> None:
        """Look at a member in Slack, once a day: their language and clock may have changed."""
        met, looks = request.requester, self.services.profiles
        wanted = met.role is Role.MEMBER and is_refresh_due(met.looked_at, request.now)
        if wanted and looks.reserve(met.user, now=request.now):
            self.services.background(lambda: looks.refresh(request.database, request.slack, met.user, now=request.now))

    def _afterwards(self, reply: Reply, surface: Surface) -> None:
        more: Callable[..., None] | None = reply.followup
        if more is not None:
            self.services.background(lambda: more(surface.add))


def respond(listener: Listener, request: SlackRequest) -> Response:
    """Return the listener's answer, or the words for its refusal. What is wrong with fields is told beside them."""
    try:
        return listener(request)
    except FieldsError:
        raise
    except LoyaltyError as refusal:
        return Reply(message=errors.error_message(request.reader, refusal, manages=request.requester.manages))


def as_typed(command: str, prefix: str) -> str:
    """Return a command as people type it in a workspace where all of the app's begin with `prefix`."""
    return f"/{prefix}{command.removeprefix('/')}"


def _typed(text: str) -> str:
    """Return what a person typed: Slack escapes it on the way."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unknown(request: SlackRequest) -> Reply:
    return Reply(message=old_button_message(request.reader))


def failed(
    error: Exception, ack: Ack, body: dict[str, Any], context: dict[str, Any], client: WebClient
) -> BoltResponse | None:
    """Return what a person is told when something broke. An event is not acknowledged, so that Slack sends it again."""
    log.error("a listener failed", exc_info=error, surface=body.get("command") or body.get("type"))
    reader = context.get("reader") or Reader()
    words = (
        errors.database_unavailable(reader)
        if isinstance(error, DATABASE_UNAVAILABLE)
        else errors.internal_error(reader)
    )
    if "command" in body:
        return ack(text=words.text, blocks=list(words.blocks))
    if body.get("type") == "block_actions":
        surface_in(client, body).say_sorry(words, reader)
        return ack()
    if body.get("type") == "view_submission":
        return ack(response_action="push", view=info_modal(reader, words, push=True).view)
    if isinstance(error, DATABASE_UNAVAILABLE):
        return BoltResponse(status=503, headers={"retry-after": str(RETRY_AFTER_SECONDS)})
    return None
