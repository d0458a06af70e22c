"""Between Bolt and the listeners: a table says which listener answers what.

Slack's acknowledgement leaves only when the listener is through, so what was acknowledged is on disk.
"""

import re
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, App, Args, BoltResponse
from slack_sdk import WebClient

from handlers.request import (
    EventListener,
    FieldsError,
    Listener,
    Reply,
    Response,
    Routes,
    Services,
    SlackRequest,
    reader_of,
)
from handlers.slack.identity import origin, slack_user
from handlers.slack.responses import Surface, surface_in, surface_of
from loyalty.accounts.requester import Role, identify
from loyalty.errors import LoyaltyError
from loyalty.members.slack_sync import is_refresh_due
from messages import errors
from messages.help import old_button_message
from messages.kit.blocks import action_of
from messages.kit.elements import option_list
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
        """Register one listener for each kind of payload; which one of ours answers is looked up in the tables."""
        app.command(ANY)(self.command)
        app.action(ANY)(self.action)
        app.options(ANY)(self.options)
        app.view_submission(ANY)(self.view)
        app.view_closed(ANY)(self.closed)
        app.event(ANY)(self.event)
        app.error(failed)

    def command(self, args: Args) -> None:
        """Answer a slash command in its acknowledgement."""
        listener = self.commands.get(args.body["command"], _unknown)
        request = self._request(args, _unescaped(args.body.get("text") or ""))
        reply, surface = respond(listener, request), surface_of(args)
        if isinstance(reply, Modal):
            surface.open(reply)
            args.ack()
        else:
            args.ack(text=reply.message.text, blocks=list(reply.message.blocks))
            self._run_followup(reply, surface)
        self._refresh_profile(request)

    def action(self, args: Args) -> None:
        """Answer a press: acknowledged empty; the answer is shown where it was pressed, to the person alone."""
        element: dict[str, Any] = args.payload
        value = element.get("value") or (element.get("selected_option") or {}).get("value") or ""
        listener = self.routes.actions.get(action_of(element["action_id"]), _unknown)
        request = self._request(args, value)
        reply, surface = respond(listener, request), surface_of(args)
        if isinstance(reply, Modal):
            surface.open(reply)
            args.ack()
            return
        args.ack()
        if not (surface.is_home and reply.shown_in_home):
            self.services.background(
                lambda: surface.show(reply.message, request.reader, instead=reply.replaces_message)
            )
        if surface.is_home:
            self.services.background(lambda: self.home(request))
        self._run_followup(reply, surface)
        self._refresh_profile(request)

    def view(self, args: Args) -> None:
        """Answer a modal that was submitted: with what is wrong in its fields, the next modal, or a receipt."""
        request = self._request(args, "")
        listener = self.routes.views.get(args.body["view"]["callback_id"], _unknown)
        try:
            reply = respond(listener, request)
        except FieldsError as refusal:
            sentences = {name: str(errors.error_text(request.reader, fault)) for name, fault in refusal.faults.items()}
            args.ack(response_action="errors", errors=sentences)
            return
        modal = info_modal(request.reader, reply.message, clear_on_close=True) if isinstance(reply, Reply) else reply
        args.ack(response_action="push" if modal.push else "update", view=modal.view)
        if isinstance(reply, Reply):
            self._run_followup(reply, surface_of(args))
        self.services.background(lambda: self.home(request))

    def options(self, args: Args) -> None:
        """Answer what somebody types into a menu with the options there are."""
        listener = self.routes.options.get(args.payload["action_id"])
        request = self._request(args, args.payload.get("value") or "")
        args.ack(options=option_list(listener(request) if listener is not None else ()))

    def closed(self, args: Args) -> None:
        """Pass on that a modal was closed without being submitted."""
        listener = self.routes.closings.get(args.body["view"]["callback_id"])
        if listener is not None:
            listener(self._request(args, ""))
        args.ack()

    def event(self, args: Args) -> None:
        """Handle one of Slack's events; it is acknowledged once that is done."""
        listener = self.routes.events.get(args.body["event"]["type"])
        if listener is not None:
            listener(self._request(args, ""))

    def _request(self, args: Args, value: str) -> SlackRequest:
        """Return the request with who asks and in which language, each looked up once."""
        user, place = slack_user(args.body, args.context), origin(args.context)
        requester = self.services.database.read_autocommit(OPERATOR, lambda session: identify(session, user, place))
        now = self.services.clock()
        reader = reader_of(self.services, args.client, requester, now=now)
        args.context["reader"] = reader
        return SlackRequest(
            services=self.services,
            requester=requester,
            reader=reader,
            origin=place,
            now=now,
            value=" ".join(value.split()),
            slack=args.client,
            body=args.body,
        )

    def _refresh_profile(self, request: SlackRequest) -> None:
        """Ask Slack about a member, once a day: their language and time zone may have changed."""
        requester, profiles, now = request.requester, self.services.profiles, request.now
        due = requester.role is Role.MEMBER and is_refresh_due(requester.looked_at, now)
        if due and profiles.reserve(requester.user, now=now):
            self.services.background(lambda: profiles.refresh(request.database, request.slack, requester.user, now=now))

    def _run_followup(self, reply: Reply, surface: Surface) -> None:
        followup: Callable[..., None] | None = reply.followup
        if followup is not None:
            self.services.background(lambda: followup(surface.add))


def respond(listener: Listener, request: SlackRequest) -> Response:
    """Return the listener's answer, or the message for its refusal. Raises FieldsError, which the modal shows."""
    try:
        return listener(request)
    except FieldsError:
        raise
    except LoyaltyError as refusal:
        return Reply(message=errors.error_message(request.reader, refusal, manages=request.requester.manages))


def as_typed(command: str, prefix: str) -> str:
    """Return a command as people type it in a workspace where all of the app's begin with `prefix`."""
    return f"/{prefix}{command.removeprefix('/')}"


def _unescaped(text: str) -> str:
    """Return what a person typed: Slack escapes three characters on the way."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unknown(request: SlackRequest) -> Reply:
    return Reply(message=old_button_message(request.reader))


def failed(
    error: Exception, ack: Ack, body: dict[str, Any], context: dict[str, Any], client: WebClient
) -> BoltResponse | None:
    """Return the response when something broke. An event is not acknowledged, so that Slack sends it again."""
    log.error("a listener failed", exc_info=error, surface=body.get("command") or body.get("type"))
    reader = context.get("reader") or Reader()
    sorry = (
        errors.database_unavailable(reader)
        if isinstance(error, DATABASE_UNAVAILABLE)
        else errors.internal_error(reader)
    )
    if "command" in body:
        return ack(text=sorry.text, blocks=list(sorry.blocks))
    if body.get("type") == "block_actions":
        surface_in(client, body).say_sorry(sorry, reader)
        return ack()
    if body.get("type") == "view_submission":
        return ack(response_action="push", view=info_modal(reader, sorry, push=True).view)
    if isinstance(error, DATABASE_UNAVAILABLE):
        return BoltResponse(status=503, headers={"retry-after": str(RETRY_AFTER_SECONDS)})
    return None
