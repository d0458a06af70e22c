"""The VIP club: in by invitation, once accepted. Its fee, if it has one, is settled elsewhere."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, col, select

from loyalty import audit
from loyalty.accounts.authors import manager_name
from loyalty.errors import LoyaltyError
from loyalty.notifications.outbox_messages import member_message
from loyalty.notifications.recipients import recipient, recipient_or_drop
from loyalty.people.people import KnownPerson, person_known
from loyalty.programme.versions import in_force
from storage import outbox
from storage.account_lock import lock_account
from storage.outbox import Claimed, Drop
from storage.tables import Person, VipMember

VIP_INVITATION_KIND = "vip"
"""The invitation, to a member."""
VIP_INVITATION_GOOD_FOR = dt.timedelta(days=28)
"""An invitation stands until it is answered; what one week's budget holds back comes in a later one."""
VipPlace = Literal["invited", "in"]


class NotInvitedError(LoyaltyError):
    """Nobody invited them into the club, or not any more."""


class NoMemberError(LoyaltyError):
    """Whoever has not joined cannot be invited: they could not be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VipInvitationFacts:
    """What an invitation says. `by` is the account manager's name, None where the operator invited."""

    account_id: int
    person_id: int
    by: str | None
    programme: str
    language: str
    timezone: str


def invite_to_club(session: Session, account_id: int, person_id: int, *, author: str, now: dt.datetime) -> bool:
    """Invite a member into the club, who is asked in a direct message as the budget allows; return whether it is new.

    Errors: `NoMemberError`, and `NoSuchPersonError` where there is no such person.
    """
    lock_account(session, account_id)
    person_known(session, account_id, person_id)
    to = recipient(session, account_id, person_id)
    if to is None:
        raise NoMemberError(f"person {person_id} has not joined")
    row = _club_row(session, account_id, person_id)
    if row is not None and row.left_at is None:
        return False
    row = row or VipMember(account_id=account_id, person_id=person_id, invited_at=now, invited_by=author)
    row.invited_at, row.invited_by, row.accepted_at, row.left_at = now, author, None, None
    session.add(row)
    _audit_club(session, account_id, person_id, "vip.invite", author, now)
    message = member_message(
        to,
        person_id,
        key=f"{VIP_INVITATION_KIND}/{person_id}/{now.isoformat()}",
        kind=VIP_INVITATION_KIND,
        category="nudge",
        subject={"person": person_id},
        due_at=now,
        good_for=VIP_INVITATION_GOOD_FOR,
    )
    outbox.put_message(session, account_id, [message], now=now)
    return True


def accept_club_invitation(session: Session, account_id: int, person_id: int, *, now: dt.datetime) -> bool:
    """Let somebody who was invited into the club; return whether that is new. Errors: `NotInvitedError`."""
    lock_account(session, account_id)
    row = _club_row(session, account_id, person_id)
    if row is None or row.left_at is not None:
        raise NotInvitedError(f"person {person_id} is not invited")
    if row.accepted_at is not None:
        return False
    row.accepted_at = now
    session.add(row)
    _audit_club(session, account_id, person_id, "vip.accept", f"person:{person_id}", now)
    return True


def leave_club(session: Session, account_id: int, person_id: int, *, author: str, now: dt.datetime) -> bool:
    """Take somebody out of the club, or an invitation back; return whether there was anything to take back."""
    lock_account(session, account_id)
    row = _club_row(session, account_id, person_id)
    if row is None or row.left_at is not None:
        return False
    row.left_at = now
    session.add(row)
    _audit_club(session, account_id, person_id, "vip.leave", author, now)
    return True


def club(session: Session, account_id: int) -> tuple[tuple[KnownPerson, VipPlace], ...]:
    """Return who is in the club or invited into it, longest first."""
    rows = session.exec(
        select(VipMember.person_id, VipMember.accepted_at)
        .join(Person, (col(Person.account_id) == col(VipMember.account_id)) & (col(Person.id) == VipMember.person_id))
        .where(
            col(VipMember.account_id) == account_id, col(VipMember.left_at).is_(None), col(Person.erased_at).is_(None)
        )
        .order_by(col(VipMember.invited_at), col(VipMember.person_id))
    ).all()
    return tuple(
        (person_known(session, account_id, person_id), "in" if accepted_at else "invited")
        for person_id, accepted_at in rows
    )


def vip_invitation_facts(session: Session, claimed: Claimed, _now: dt.datetime) -> VipInvitationFacts | Drop:
    """Return what an invitation says that is about to leave, or why it does not."""
    account_id, person_id = claimed.account_id, claimed.message.subject["person"]
    row, to = _club_row(session, account_id, person_id), recipient_or_drop(session, claimed, person_id)
    if isinstance(to, Drop):
        return to
    if row is None or row.left_at is not None or row.accepted_at is not None:
        return Drop("the invitation is answered, or was taken back")
    return VipInvitationFacts(
        account_id=account_id,
        person_id=person_id,
        by=manager_name(session, account_id, row.invited_by),
        programme=in_force(session).programme.settings.name.get(to.language),
        language=to.language,
        timezone=to.timezone,
    )


def _club_row(session: Session, account_id: int, person_id: int) -> VipMember | None:
    return session.get(VipMember, (account_id, person_id), populate_existing=True)


def _audit_club(session: Session, account_id: int, person_id: int, action: str, author: str, now: dt.datetime) -> None:
    audit.record(session, account_id, action, {"person": person_id}, author=author, now=now)
    session.flush()
