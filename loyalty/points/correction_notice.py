"""A correction is told to whom it concerns: in a direct message, at once. It counts as an answer, not as unasked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, select
from sqlmodel import Session, col

from loyalty.accounts.authors import manager_name
from loyalty.notifications.outbox_messages import member_message
from loyalty.notifications.recipients import recipient, recipient_or_drop
from loyalty.programme.versions import in_force
from storage import outbox
from storage.outbox import Claimed, Drop
from storage.tables import Transfer, TransferNote, Wallet

CORRECTION_KIND = "corrected"
CORRECTION_GOOD_FOR = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a transfer did to somebody: `points` has a sign; `before` and `after` are the balance less what is owed."""

    transfer_id: int
    points: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFacts:
    """What a correction says. `author` is an account manager's name, None where the operator decided."""

    account_id: int
    change: Change
    reason: str | None
    author: str | None
    product: str
    day: dt.date
    language: str
    timezone: str


def notify_corrections(
    session: Session, account_id: int, person_id: int, transfer_id: int, *, now: dt.datetime
) -> None:
    """Put a message about a correction into the outbox for a member; who has not joined is not written to."""
    to = recipient(session, account_id, person_id)
    if to is None:
        return
    message = member_message(
        to,
        person_id,
        key=f"corrected/{transfer_id}",
        kind=CORRECTION_KIND,
        category="answer",
        subject={"transfer": transfer_id},
        due_at=now,
        good_for=CORRECTION_GOOD_FOR,
    )
    outbox.put_message(session, account_id, [message], now=now)


def correction_facts(session: Session, claimed: Claimed, _now: dt.datetime) -> CorrectionFacts | Drop:
    """Return what a correction says that is about to leave, or why it does not."""
    account_id, transfer_id = claimed.account_id, claimed.message.subject["transfer"]
    transfer = session.get_one(Transfer, (account_id, transfer_id))
    to = recipient_or_drop(session, claimed, transfer.person_id or 0)
    if isinstance(to, Drop):
        return to
    note = session.get(TransferNote, (account_id, transfer_id))
    return CorrectionFacts(
        account_id=account_id,
        change=change(session, account_id, transfer_id),
        reason=note.text if note else None,
        author=manager_name(session, account_id, transfer.author),
        product=in_force(session).product(to.language),
        day=transfer.recorded_at.astimezone(ZoneInfo(to.timezone)).date(),
        language=to.language,
        timezone=to.timezone,
    )


def net(session: Session, account_id: int, person_id: int, *, until: int | None = None) -> int:
    """Return a person's balance less what they owe; as it was once the transfer `until` was in."""
    own_wallet = and_(
        col(Wallet.account_id) == col(Transfer.account_id),
        col(Wallet.person_id) == col(Transfer.person_id),
        col(Wallet.kind) == "person",
    )
    signed = case((col(Transfer.to_id) == col(Wallet.id), col(Transfer.points)), else_=-col(Transfer.points))
    touches = (col(Transfer.to_id) == col(Wallet.id)) | (col(Transfer.from_id) == col(Wallet.id))
    conditions: list[Any] = [col(Transfer.account_id) == account_id, col(Transfer.person_id) == person_id, touches]
    if until is not None:
        conditions.append(col(Transfer.id) <= until)
    total = session.execute(select(func.sum(signed)).select_from(Transfer).join(Wallet, own_wallet).where(*conditions))
    return int(total.scalar() or 0)


def change(session: Session, account_id: int, transfer_id: int) -> Change:
    """Return what a transfer did to the person it concerns."""
    transfer = session.get_one(Transfer, (account_id, transfer_id))
    person_id = transfer.person_id or 0
    after = net(session, account_id, person_id, until=transfer_id)
    before = net(session, account_id, person_id, until=transfer_id - 1)
    return Change(transfer_id=transfer_id, points=after - before, before=before, after=after)
