"""Somebody says that a correction of their points looks wrong: their account managers are told."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from loyalty.accounts.slack_profile import SlackUser
from loyalty.errors import LoyaltyError
from loyalty.people.people import member_of
from loyalty.points.correction_notice import change
from storage import outbox
from storage.account_lock import lock_account
from storage.outbox import Claimed, Drop, OutboxMessage, Workspace
from storage.tables import Account, Manager, Person, Transfer, TransferNote

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
    seen = select(Manager).where(col(Manager.account_id) == account_id, col(Manager.user_id).is_not(None))
    words = [
        OutboxMessage(
            key=f"disputed/{transfer_id}/{manager.id}",
            kind=DISPUTE_KIND,
            category="answer",
            workspace=Workspace(manager.enterprise_id or "", manager.team_id or ""),
            user_id=manager.user_id,
            subject={"transfer": transfer_id, "manager": manager.id},
            due_at=now,
            good_until=now + DISPUTE_GOOD_FOR,
        )
        for manager in session.exec(seen.order_by(col(Manager.id))).all()
    ]
    outbox.put_message(session, account_id, words, now=now)
    return len(words)


def dispute_facts(session: Session, claimed: Claimed, _now: dt.datetime) -> DisputeFacts | Drop:
    """Return what an account manager is told as it leaves, or why they are not."""
    account_id, subject = claimed.account_id, claimed.message.subject
    manager = session.get(Manager, (account_id, subject["manager"]))
    if manager is None or manager.user_id != claimed.message.user_id:
        return Drop("they do not look after the account any more")
    account = session.exec(select(Account).where(col(Account.id) == account_id)).one()
    transfer = session.get_one(Transfer, (account_id, subject["transfer"]))
    person = session.get_one(Person, (account_id, transfer.person_id or 0))
    if person.erased_at is not None:
        return Drop("the person was erased")
    note = session.get(TransferNote, (account_id, transfer.id))
    timezone = manager.timezone or account.timezone
    return DisputeFacts(
        account_id=account_id,
        account=account.name,
        person=person.name or person.external_id,
        points=change(session, account_id, transfer.id).points,
        day=transfer.recorded_at.astimezone(ZoneInfo(timezone)).date(),
        reason=note.text if note else None,
        language=manager.language or account.language,
        timezone=timezone,
    )
