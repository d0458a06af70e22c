"""What Slack's answer to a post means: the message is there, may be sent again, will never be, or nobody knows."""

import datetime as dt
import re
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_TOO_FAST = {"ratelimited", "rate_limited"}
_LATER = {"external_channel_migrating", "team_added_to_org"}
"""Slack is moving something, which takes a while; nothing was done."""
_MENDABLE = {"invalid_auth", "missing_scope", "not_authed", "not_in_channel", "token_expired"}
"""Whoever runs the bot can put it right: the token, its scopes, an invitation into the channel. It waits for that."""
_UNCERTAIN = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
"""Slack says of these that something may have been done."""
_MOVING = dt.timedelta(minutes=1)
_PAUSE = dt.timedelta(seconds=30)
"""How long to be quiet where Slack says too fast and not how long to wait."""


@dataclass(frozen=True, slots=True)
class SlackReply:
    """An answer. `body` is None where it was no JSON object; `retry_after` is the header as it came."""

    status: int
    body: Mapping[str, Any] | None
    retry_after: str | None = None


@dataclass(frozen=True, slots=True)
class NoResponse:
    """No answer. `unsent`: certainly nothing of the request was sent."""

    reason: str
    unsent: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """It is in Slack, under `ts`, in the conversation that Slack put it into."""

    ts: str
    posted_in: str | None = None


@dataclass(frozen=True, slots=True)
class Retry:
    """It is certainly not in Slack and may be sent again, after so long; None: after a while that grows.

    `too_fast`: because so much was sent.
    """

    reason: str
    after: dt.timedelta | None = None
    too_fast: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It is certainly not in Slack, and sending it again would change nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be in Slack or not."""

    reason: str


Outcome = Sent | Retry | Refused | Unknown


def classify(answer: SlackReply | NoResponse) -> Outcome:
    """Return what an answer, or none, means for the message. Where in doubt it is unknown: never said twice unseen."""
    if isinstance(answer, NoResponse):
        return Retry(answer.reason) if answer.unsent else Unknown(answer.reason)
    body = answer.body or {}
    error = _code(body.get("error"))
    if answer.status == 429 or error in _TOO_FAST:
        return Retry("too fast for Slack", _pause(answer.retry_after), too_fast=True)
    if answer.status >= 500 or error in _UNCERTAIN:
        return Unknown(f"Slack answered {answer.status}" + (f", {error}" if error else ""))
    if body.get("ok") is True and isinstance(body.get("ts"), str):
        return Sent(body["ts"], body["channel"] if isinstance(body.get("channel"), str) else None)
    if body.get("ok") is False and error:
        return _refused(error)
    return Unknown(f"Slack answered {answer.status} with something else than its API does")


def _refused(error: str) -> Outcome:
    if error in _LATER:
        return Retry(error, _MOVING)
    return Retry(error) if error in _MENDABLE else Refused(error)


def call_slack(call: Callable[[], SlackResponse]) -> SlackReply | NoResponse:
    """Return what came back from a call of Slack's API, whatever it was."""
    try:
        return _heard(call())
    except SlackApiError as error:
        return _heard(error.response)
    except URLError as error:
        return NoResponse(_told(error.reason), unsent=isinstance(error.reason, _BEFORE_SENDING))
    except Exception as error:  # noqa: BLE001 - whatever it is, it came after the request may have left
        return NoResponse(_told(error))


_BEFORE_SENDING = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
"""Only these say for certain that nothing was sent: a time-out or a reset may come at any point."""


def _heard(response: SlackResponse) -> SlackReply:
    body = response.data if isinstance(response.data, Mapping) else None
    headers = {str(name).lower(): str(value) for name, value in (response.headers or {}).items()}
    return SlackReply(response.status_code, body, headers.get("retry-after"))


def _code(error: object) -> str | None:
    # Where the body is no JSON, the SDK puts a sentence of its own into `error`.
    return error if isinstance(error, str) and _CODE.fullmatch(error) else None


def _pause(retry_after: str | None) -> dt.timedelta:
    if retry_after is None or not (retry_after.isascii() and retry_after.isdigit()):
        return _PAUSE
    return dt.timedelta(seconds=max(1, int(retry_after)))


def _told(error: object) -> str:
    return f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else str(error)
