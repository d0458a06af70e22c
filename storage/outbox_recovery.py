"""Messages of the outbox that no sender has in hand.

Their sender died, their time has passed, or only the operator can say whether they were said.
"""

import datetime as dt

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from storage.outbox import ATTEMPTING, NO_ACCOUNT, WAITING, Claimed, as_claimed, change, of_account
from storage.tables import AuditEntry, Outgoing

SAID_AGAIN = dt.timedelta(days=1)
"""How long a message is good for, at least, once the operator has it sent again."""


def expire_leases(session: Session, *, now: dt.datetime) -> int:
    """Return how many attempts ended without a word, their sender dead: whether they were said is unknown."""
    ended = (ATTEMPTING, col(Outgoing.claimed_until) <= now)
    return change(session, *ended, state="unknown", reason="the sender stopped before it wrote down Slack's answer")


def drop_stale(session: Session, *, now: dt.datetime) -> list[tuple[int, str]]:
    """Return account and key of what was not said in time, and now will not be."""
    stale = select(Outgoing).where(WAITING, col(Outgoing.good_until) <= now).with_for_update(skip_locked=True)
    rows = session.execute(stale).scalars().all()
    for row in rows:
        row.state, row.settled_at = "dropped", now
        row.reason = f"not said by {row.good_until:%Y-%m-%d %H:%M} UTC"
    session.flush()
    return [(row.account_id or NO_ACCOUNT, row.key) for row in rows]


def decide_sent(session: Session, account_id: int, message_id: int, *, author: str, now: dt.datetime) -> bool:
    """Return whether the message was unknown and is now sent: the operator found it in Slack."""
    decided = change(session, *_unknown(account_id, message_id), state="sent", settled_at=now)
    return _audited(
        session,
        decided,
        AuditEntry(
            account_id=account_id or None, at=now, author=author, action="outbox.sent", details={"message": message_id}
        ),
    )


def decide_again(session: Session, account_id: int, message_id: int, *, author: str, now: dt.datetime) -> bool:
    """Return whether the message was unknown and now waits to be sent again: the operator found it nowhere."""
    least = now + SAID_AGAIN
    good_until = case((col(Outgoing.good_until) > least, col(Outgoing.good_until)), else_=least)
    decided = change(session, *_unknown(account_id, message_id), state="waiting", due_at=now, good_until=good_until)
    return _audited(
        session,
        decided,
        AuditEntry(
            account_id=account_id or None, at=now, author=author, action="outbox.again", details={"message": message_id}
        ),
    )


def unknowns(session: Session, *, limit: int = 100) -> list[Claimed]:
    """Return the messages that the operator has to decide on, the longest due first."""
    rows = session.execute(
        select(Outgoing)
        .where(col(Outgoing.state) == "unknown")
        .order_by(col(Outgoing.due_at), col(Outgoing.account_id), col(Outgoing.id))
        .limit(limit)
    ).scalars()
    return [as_claimed(row) for row in rows]


def counts(session: Session) -> dict[str, int]:
    """Return how many messages are in each state; a state without any is missing."""
    rows = session.execute(select(col(Outgoing.state), func.count()).group_by(col(Outgoing.state)))
    return dict(rows.all())


def _unknown(account_id: int, message_id: int) -> tuple[object, ...]:
    return (of_account(account_id), col(Outgoing.id) == message_id, col(Outgoing.state) == "unknown")


def _audited(session: Session, decided: int, entry: AuditEntry) -> bool:
    if decided:
        session.add(entry)
        session.flush()
    return decided == 1
