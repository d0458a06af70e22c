"""Messages for the outbox, by whom they are for: a member, an account manager, a channel.

A message carries ids only; what it says is worked out as it is sent. Its `key` is unique in the account, so that it is
put into the outbox once; it is sent from `due_at` on, and for `good_for` at the longest.
"""

import datetime as dt
from typing import Any

from loyalty.notifications.recipients import Recipient
from storage.outbox import Category, OutboxMessage, Workspace
from storage.tables import Channel, Manager


def member_message(
    to: Recipient,
    person_id: int | None,
    *,
    key: str,
    kind: str,
    category: Category,
    subject: dict[str, Any],
    due_at: dt.datetime,
    good_for: dt.timedelta,
) -> OutboxMessage:
    """Return a direct message to a recipient. `person_id` is the member they are, None for an account manager."""
    return OutboxMessage(
        key=key,
        kind=kind,
        category=category,
        workspace=to.workspace,
        user_id=to.user_id,
        person_id=person_id,
        subject=subject,
        due_at=due_at,
        good_until=due_at + good_for,
    )


def manager_message(
    manager: Manager, *, key: str, kind: str, subject: dict[str, Any], due_at: dt.datetime, good_for: dt.timedelta
) -> OutboxMessage:
    """Return a direct message to an account manager who was seen in Slack. The subject also names the manager's id."""
    return OutboxMessage(
        key=key,
        kind=kind,
        category="answer",
        workspace=Workspace(manager.enterprise_id or "", manager.team_id or ""),
        user_id=manager.user_id,
        subject=subject | {"manager": manager.id},
        due_at=due_at,
        good_until=due_at + good_for,
    )


def channel_message(
    channel: Channel,
    *,
    key: str,
    kind: str,
    category: Category = "news",
    subject: dict[str, Any],
    due_at: dt.datetime,
    good_for: dt.timedelta,
) -> OutboxMessage:
    """Return a message to one of an account's channels."""
    return OutboxMessage(
        key=key,
        kind=kind,
        category=category,
        workspace=Workspace(channel.enterprise_id, channel.team_id),
        channel_id=channel.channel_id,
        subject=subject,
        due_at=due_at,
        good_until=due_at + good_for,
    )
