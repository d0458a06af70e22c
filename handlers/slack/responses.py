"""Where something was pressed, and how the person is shown something there: a message, the app's Home, a modal."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt import Args
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from handlers.slack.identity import UNREACHED
from messages.kit.blocks import Message, home_view
from messages.kit.modals import Modal, info_modal
from messages.kit.reader import Reader

MAX_VIEW_TRIES = 40
VIEW_TRY_SECONDS = 0.25
"""Seconds between two tries to change a view that Slack does not show yet."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A place that a person looks at."""

    slack: WebClient
    response_url: str | None = None
    only_theirs: bool = False
    trigger_id: str | None = None
    view: Mapping[str, Any] | None = None

    @property
    def is_home(self) -> bool:
        """Whether it is the app's Home."""
        return self.view is not None and self.view["type"] == "home"

    def show(self, message: Message, reader: Reader, *, instead: bool = False) -> None:
        """Show somebody a message: beside what they pressed or in its place; over the Home in a modal."""
        if self.response_url is not None:
            send_to_url(self.response_url, message, instead=instead and self.only_theirs)
        elif self.view is not None:
            modal = info_modal(reader, message)
            if self.is_home:
                self.open(modal)
            else:
                self.slack.views_update(view_id=self.view["id"], view=modal.view)

    def open(self, modal: Modal) -> None:
        """Open a modal; on top of the one somebody is in, if they are in one."""
        call = self.slack.views_push if self.view is not None and not self.is_home else self.slack.views_open
        call(trigger_id=self.trigger_id or "", view=modal.view)

    def say_sorry(self, message: Message, reader: Reader) -> None:
        """Tell somebody that a press failed: beside what they pressed, which stays, or in a modal over it."""
        try:
            if self.response_url is not None:
                send_to_url(self.response_url, message)
            else:
                self.open(info_modal(reader, message))
        except (SlackClientError, *UNREACHED):
            # The press is acknowledged all the same: it did nothing, and pressing again shows the state.
            log.warning("nobody could be told that a press failed")

    def add(self, message: Message) -> None:
        """Show one message more, where messages are shown."""
        if self.response_url is not None:
            send_to_url(self.response_url, message)


def surface_of(args: Args) -> Surface:
    """Return where a command was typed or a button pressed."""
    return surface_in(args.client, args.body)


def surface_in(slack: WebClient, body: Mapping[str, Any]) -> Surface:
    """Return where it was done, by what Slack sent."""
    return Surface(
        slack=slack,
        response_url=body.get("response_url"),
        only_theirs=bool(body.get("container", {}).get("is_ephemeral")),
        trigger_id=body.get("trigger_id"),
        view=body.get("view"),
    )


def change_view(slack: WebClient, external_id: str, view: dict[str, Any]) -> None:
    """Put a view in the place of the one called so: Slack may not show that one yet, so it is tried for a while."""
    for _ in range(MAX_VIEW_TRIES):
        try:
            slack.views_update(external_id=external_id, view=view)
        except SlackApiError as refusal:
            if refusal.response.get("error") != "not_found":
                raise
            time.sleep(VIEW_TRY_SECONDS)
        else:
            return
    log.warning("a view was closed before it could be changed")


def publish_home(slack: WebClient, user_id: str, content: Message) -> None:
    """Publish somebody's Home in place of the one they had."""
    slack.views_publish(user_id=user_id, view=home_view(content))


def send_to_url(url: str, message: Message, *, instead: bool = False) -> None:
    """Show somebody a message by a `response_url`. The SDK's retry is off: it posts twice."""
    response = WebhookClient(url, retry_handlers=[]).send(
        text=message.text, blocks=list(message.blocks), response_type="ephemeral", replace_original=instead
    )
    if response.status_code != HTTPStatus.OK:
        log.warning("a message was not shown", status=response.status_code, said=response.body)
