"""Short-lived permissions that Slack hands out with an interaction: trigger ids and response URLs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.errors import Refusal
from sandbox.limit_values import Rules


@dataclass
class Trigger:
    """Lets the app open one modal for `user` within three seconds."""

    id: str
    user: str
    team: str
    issued: datetime
    spent: bool = False


@dataclass
class ResponseUrl:
    """Lets the app answer an interaction five times within half an hour.

    `source_ts` is the message whose button was pressed, None after a slash command.
    """

    key: str
    channel: str
    user: str
    team: str
    issued: datetime
    source_ts: str | None
    uses: int = 0


@dataclass(frozen=True)
class Consent:
    """Lets the app exchange a code, once and within ten minutes, for a token of the workspace `team`."""

    team: str
    user: str
    redirect_uri: str
    issued: datetime


class Passes:
    """All that were handed out."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}
        self._consents: dict[str, Consent] = {}

    def issue_trigger(self, trigger: Trigger) -> str:
        """The id to send along."""
        self._triggers[trigger.id] = trigger
        return trigger.id

    def spend_trigger(self, trigger_id: str, *, team: str, now: datetime) -> Trigger:
        """The trigger, which works no second time; refuses an unknown, an old and a spent one."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None or trigger.team != team:
            raise Refusal("invalid_trigger_id")
        if trigger.spent:
            raise Refusal("exchanged_trigger_id")
        if now - trigger.issued > timedelta(seconds=self._rules.trigger_seconds):
            raise Refusal("expired_trigger_id")
        trigger.spent = True
        return trigger

    def issue_url(self, url: ResponseUrl) -> str:
        """The key with which the URL ends."""
        self._urls[url.key] = url
        return url.key

    def use_url(self, key: str, *, team: str, now: datetime) -> ResponseUrl:
        """The response URL, one use poorer; refuses an unknown, an old and a used-up one."""
        url = self._urls.get(key)
        if url is None or url.team != team or now - url.issued > timedelta(minutes=self._rules.response_url_minutes):
            raise Refusal("expired_url")
        if url.uses >= self._rules.response_url_uses:
            raise Refusal("used_url")
        url.uses += 1
        return url

    def issue_code(self, code: str, consent: Consent) -> str:
        """The code to send along."""
        self._consents[code] = consent
        return code

    def exchange_code(self, code: str, *, redirect_uri: str, now: datetime) -> Consent:
        """What the code stands for, once; refuses an unknown, an old and a used one, and another redirect address."""
        consent = self._consents.pop(code, None)
        if consent is None:
            raise Refusal("invalid_code")
        if now - consent.issued > timedelta(minutes=10):
            raise Refusal("code_expired")
        if redirect_uri != consent.redirect_uri:
            raise Refusal("bad_redirect_uri")
        return consent
