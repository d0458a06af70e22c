"""Somebody says that a correction of their points looks wrong: their account managers are told."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session

from loyalty.accounts.accounts import by_id
from loyalty.accounts.managers import managers_in_slack
from loyalty.accounts.slack_profile import SlackUser
from loyalty.errors import LoyaltyError
from loyalty.notifications.outbox_messages import manager_message
from loyalty.notifications.recipients import manager_recipient_or_drop
from loyalty.people.people import member_of
from loyalty.points.correction_notice import change
from storage import outbox
from storage.account_lock import lock_account
from storage.outbox import Claimed, Drop
from storage.tables import Person, Transfer, TransferNote

DISPUTE_KIND = "disputed"
DISPUTE_GOOD_FOR = dt.timedelta(days=7)


class NotYoursError(LoyaltyError):
    """It concerns somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFacts:
    """What an account manager is told: whose correction it is, of how many points, when, and why it was made."""

    account_id: int
    account: str
    person: str | None
    points: int
    day: dt.date
    reason: str | None
    language: str
    timezone: str


def dispute_transfer(session: Session, account_id: int, user: SlackUser, transfer_id: int, *, now: dt.datetime) -> int:
    """Tell the account's managers that a member says this about a correction of theirs; return how many are told.

    Each is told once. Errors: `NotYoursError` where it is not theirs.
    """
    lock_account(session, account_id)
    member = member_of(session, account_id, user)
    transfer = session.get(Transfer, (account_id, transfer_id))
    if member is None or transfer is None or transfer.person_id != member.person_id:
        raise NotYoursError(f"transfer {transfer_id} is not of {user}")
    messages = [
        manager_message(
            manager,
            key=f"disputed/{transfer_id}/{manager.id}",
            kind=DISPUTE_KIND,
            subject={"transfer": transfer_id},
            due_at=now,
            good_for=DISPUTE_GOOD_FOR,
        )
        for manager in managers_in_slack(session, account_id)
    ]
    outbox.put_message(session, account_id, messages, now=now)
    return len(messages)


def dispute_facts(session: Session, claimed: Claimed, _now: dt.datetime) -> DisputeFacts | Drop:
    """Return what an account manager is told as it leaves, or why they are not."""
    account_id, subject = claimed.account_id, claimed.message.subject
    to = manager_recipient_or_drop(session, claimed)
    if isinstance(to, Drop):
        return to
    transfer = session.get_one(Transfer, (account_id, subject["transfer"]))
    person = session.get_one(Person, (account_id, transfer.person_id or 0))
    if person.erased_at is not None:
        return Drop("the person was erased")
    note = session.get(TransferNote, (account_id, transfer.id))
    return DisputeFacts(
        account_id=account_id,
        account=by_id(session, account_id).name,
        person=person.name or person.external_id,
        points=change(session, account_id, transfer.id).points,
        day=transfer.recorded_at.astimezone(ZoneInfo(to.timezone)).date(),
        reason=note.text if note else None,
        language=to.language,
        timezone=to.timezone,
    )
