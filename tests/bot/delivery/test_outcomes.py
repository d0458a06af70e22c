"""What Slack's answers mean."""

import datetime as dt
import socket
import ssl
from collections.abc import Callable
from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest
from slack_sdk.web import SlackResponse

from bot.delivery.outcomes import NoResponse, Outcome, Refused, Retry, Sent, SlackReply, Unknown, call_slack, classify


def seconds(number: int) -> dt.timedelta:
    return dt.timedelta(seconds=number)


TOO_FAST = "too fast for Slack"
STRANGE = "with something else than its API does"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (SlackReply(200, {"ok": True, "ts": "1.2"}), Sent("1.2")),
        (SlackReply(200, {"ok": True}), Unknown(f"Slack answered 200 {STRANGE}")),
        (SlackReply(200, {"ok": True, "ts": 7}), Unknown(f"Slack answered 200 {STRANGE}")),
        (SlackReply(200, {"ok": 1, "ts": "1.2"}), Unknown(f"Slack answered 200 {STRANGE}")),
        (SlackReply(200, None), Unknown(f"Slack answered 200 {STRANGE}")),
        (SlackReply(200, {}), Unknown(f"Slack answered 200 {STRANGE}")),
        (SlackReply(200, {"ok": False}), Unknown(f"Slack answered 200 {STRANGE}")),
        (SlackReply(200, {"ok": False, "error": "Received a response in a non-JSON format: {"}), Unknown(
            f"Slack answered 200 {STRANGE}")),
        (SlackReply(429, {"ok": False, "error": "ratelimited"}, "7"), Retry(TOO_FAST, seconds(7), too_fast=True)),
        (SlackReply(429, None, "0"), Retry(TOO_FAST, seconds(1), too_fast=True)),
        (SlackReply(429, None), Retry(TOO_FAST, seconds(30), too_fast=True)),
        (SlackReply(429, None, "soon"), Retry(TOO_FAST, seconds(30), too_fast=True)),
        (SlackReply(429, None, "²"), Retry(TOO_FAST, seconds(30), too_fast=True)),
        (SlackReply(200, {"ok": False, "error": "ratelimited"}, "3"), Retry(TOO_FAST, seconds(3), too_fast=True)),
        (SlackReply(200, {"ok": False, "error": "channel_not_found"}), Refused("channel_not_found")),
        (SlackReply(200, {"ok": False, "error": "is_archived"}), Refused("is_archived")),
        (SlackReply(200, {"ok": False, "error": "not_in_channel"}), Retry("not_in_channel")),
        (SlackReply(200, {"ok": False, "error": "account_inactive"}), Refused("account_inactive")),
        (SlackReply(403, {"ok": False, "error": "invalid_auth"}), Retry("invalid_auth")),
        (SlackReply(200, {"ok": False, "error": "token_revoked"}), Refused("token_revoked")),
        (SlackReply(403, None), Unknown(f"Slack answered 403 {STRANGE}")),
        (SlackReply(200, {"ok": False, "error": "team_added_to_org"}), Retry("team_added_to_org", seconds(60))),
        (SlackReply(200, {"ok": False, "error": "fatal_error"}), Unknown("Slack answered 200, fatal_error")),
        (SlackReply(500, {"ok": False, "error": "internal_error"}), Unknown("Slack answered 500, internal_error")),
        (
            SlackReply(503, {"ok": False, "error": "channel_not_found"}),
            Unknown("Slack answered 503, channel_not_found"),
        ),
        (SlackReply(502, None), Unknown("Slack answered 502")),
        (SlackReply(500, {"ok": True, "ts": "1.2"}), Unknown("Slack answered 500")),
        (NoResponse("refused", unsent=True), Retry("refused")),
        (NoResponse("cut"), Unknown("cut")),
    ],
)  # fmt: skip
def test_an_answer_means_one_thing(answer: SlackReply | NoResponse, outcome: Outcome) -> None:
    assert classify(answer) == outcome


@pytest.mark.parametrize(
    ("error", "unsent"),
    [
        (URLError(ConnectionRefusedError("refused")), True),
        (URLError(socket.gaierror("no such name")), True),
        (URLError(ssl.SSLCertVerificationError("self-signed")), True),
        (URLError(TimeoutError("timed out")), False),
        (URLError(ConnectionResetError("reset")), False),
        (URLError(BrokenPipeError("pipe")), False),
        (URLError("a word"), False),
        (TimeoutError("timed out"), False),
        (RemoteDisconnected("gone"), False),
        (ConnectionRefusedError("refused, but when?"), False),
        (ValueError("not HTTP"), False),
    ],
)
def test_only_what_cannot_have_left_counts_as_unsent(error: Exception, *, unsent: bool) -> None:
    def call() -> SlackResponse:
        raise error

    heard = call_slack(call)
    assert isinstance(heard, NoResponse)
    assert heard.unsent is unsent


def test_what_stops_the_process_is_no_answer() -> None:
    def call() -> SlackResponse:
        raise KeyboardInterrupt

    calls: Callable[[], SlackResponse] = call
    with pytest.raises(KeyboardInterrupt):
        call_slack(calls)
