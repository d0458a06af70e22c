"""Segment's `track` calls, as its webhook sends them and its exports keep them.

https://www.twilio.com/docs/segment/connections/spec/track: `messageId` is the id, `userId` the person, `event` the
name, `timestamp` the instant. The account is `context.groupId`, where Segment's common fields put the group of a track
call; a `groupId` elsewhere (top level: a group call; properties: whatever the sender meant) is not guessed at.
"""

from typing import Any

from handlers.usage.formats.validation import FormatError, instant, is_64_bits, kind, properties, text
from loyalty.usage.record import UsageEvent

NAME = "Segment"
ID = "messageId"
_CALLS = frozenset({"track", "identify", "page", "screen", "group", "alias"})


def fits(value: dict[str, Any]) -> bool:
    """Whether the object means to be a Segment call."""
    call = value.get("type")
    return (isinstance(call, str) and call in _CALLS) or "messageId" in value


def read(value: dict[str, Any]) -> UsageEvent:
    """The usage event in a track call. Raises FormatError."""
    call = value.get("type")
    if call != "track":
        raise FormatError(_not_track(call))
    context = value.get("context")
    if not isinstance(context, dict):
        raise FormatError(f"context is {kind(context) if context else 'missing'}: {_GROUP}")
    if context.get("groupId") is None:
        raise FormatError(f"context.groupId is missing: {_GROUP}")
    return UsageEvent(
        account=text(context["groupId"], "context.groupId"),
        person=_person(value),
        name=text(value.get("event"), "event"),
        occurred_at=instant(value.get("timestamp"), "timestamp"),
        id=text(value.get("messageId"), "messageId"),
        properties=properties(value.get("properties"), "properties"),
    )


_GROUP = 'right is {"groupId": …}, the key of the account'


def _not_track(call: Any) -> str:
    if isinstance(call, str) and call in _CALLS:
        return f"is of type {call}: only track calls carry usage"
    return 'has no type that Segment knows: right is "type": "track"'


def _person(value: dict[str, Any]) -> str:
    """The user's id; a number is taken as its digits, for many products count their users."""
    user = value.get("userId")
    if user is None and value.get("anonymousId") is not None:
        raise FormatError("has an anonymousId and no userId: points need to know who; identify people before you track")
    if type(user) is int and is_64_bits(user):
        return str(user)
    return text(user, "userId")
