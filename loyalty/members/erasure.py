"""Erasing a person: names, e-mail and notes go; transfers and counts stay and name nobody."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Executable, delete, select, update
from sqlmodel import Session, col

from loyalty import audit
from loyalty.people.people import person_hash
from loyalty.rewards.redemption_refunds import cancel_redemptions
from loyalty.webinars.calendar.feed import revoke_feed
from loyalty.webinars.rsvp.rsvp import ATTENDANCE_TABLES, drop_answers
from storage.tables import (
    Account,
    DistinctValue,
    Member,
    Outgoing,
    Person,
    Redemption,
    Refusal,
    SavingGoal,
    TierHeld,
    Transfer,
    TransferNote,
    Unmatched,
    Usage,
    VipMember,
)

Reason = Literal["declined", "erased"]
FORGOTTEN = {
    "external_id": None,
    "name": None,
    "email": None,
    "owner": False,
    "role": "user",
    "invited_at": None,
    "joined_at": None,
}


def erase(session: Session, account_id: int, person_id: int, *, reason: Reason, author: str, now: datetime) -> None:
    """Forget a person and refuse their further usage until they join.

    The ledger stays whole: its transfers point at a number without a name. The usage events stay as well, without
    person and properties, so that a replay is still a replay.
    """
    person = session.get_one(Person, (account_id, person_id))
    drop_answers(session, account_id, person_id)  # first: it locks webinars, which come before the account
    cancel_redemptions(session, account_id, person_id, author=author, now=now)
    if person.external_id is not None:
        _refuse(session, account_id, person.external_id, reason, now)
    _forget_membership(session, account_id, person_id)
    forget(session, person, now=now)
    details = {"person": person_id, "reason": reason}
    audit.record(session, account_id, "person.erased", details, author=author, now=now)
    session.flush()


def forget(session: Session, person: Person, *, now: datetime) -> None:
    """Erase all that tells who somebody is. They are not refused: further usage makes a new person."""
    _forget_traces(session, person.account_id, person.id)
    person.sqlmodel_update(FORGOTTEN | {"erased_at": now})
    session.add(person)


def _refuse(session: Session, account_id: int, external_id: str, reason: Reason, now: datetime) -> None:
    digest = person_hash(session.get_one(Account, account_id).key, external_id)
    session.merge(Refusal(account_id=account_id, person_hash=digest, reason=reason, at=now))


def _forget_membership(session: Session, account_id: int, person_id: int) -> None:
    member = session.get(Member, (account_id, person_id))
    if member is None:
        return
    knock = session.get(Unmatched, (account_id, member.enterprise_id, member.team_id, member.user_id))
    for row in (member, knock):
        if row is not None:
            session.delete(row)
    session.flush()


def _forget_traces(session: Session, account_id: int, person_id: int) -> None:
    def theirs(table: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return col(table.account_id) == account_id, col(table.person_id) == person_id

    revoke_feed(session, account_id, person_id)
    own = select(col(Transfer.id)).where(col(Transfer.account_id) == account_id, col(Transfer.person_id) == person_id)
    noted = (col(TransferNote.account_id) == account_id, col(TransferNote.transfer_id).in_(own))
    _run(session, delete(TransferNote).where(*noted))
    for table in (DistinctValue, SavingGoal, VipMember, TierHeld, *ATTENDANCE_TABLES):
        _run(session, delete(table).where(*theirs(table)))
    _run(session, update(Redemption).where(*theirs(Redemption)).values(words=None))
    _run(session, update(Usage).where(*theirs(Usage)).values(person_id=None, name=None, properties=None))
    unsaid = (*theirs(Outgoing), col(Outgoing.state) == "waiting")
    _run(session, update(Outgoing).where(*unsaid).values(state="dropped", reason="erased"))
    # A Slack user's id is personal too; the row stays, so that nothing is said twice.
    addressed = (*theirs(Outgoing), col(Outgoing.user_id).is_not(None), col(Outgoing.state) != "attempting")
    _run(session, update(Outgoing).where(*addressed).values(user_id=""))
    mailed = (*theirs(Outgoing), col(Outgoing.email).is_not(None), col(Outgoing.state) != "attempting")
    _run(session, update(Outgoing).where(*mailed).values(email=""))


def _run(session: Session, statement: Executable) -> None:
    session.execute(statement, execution_options={"synchronize_session": False})
