"""The queue of what is to be said in Slack.

A row is one message. It goes in with the transaction that gave reason for it; delivery claims it, sends it outside any
transaction and settles it with what Slack answered. Whether a message may be sent again is decided by what is known:

- `waiting`: certainly not said. Only from here can it be claimed.
- `attempting`: claimed, for a lease. A lease that ran out proves nothing, so it becomes `unknown`, never `waiting`.
- `unknown`: perhaps said. The operator decides.
- `sent`, `dropped`: over.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, func, literal_column, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from storage.account_lock import lock_account
from storage.tables import Outgoing, core

Category = Literal["answer", "news", "nudge"]
# Spelt out, not bound: so the database sees that a partial index covers the question.
WAITING: ColumnElement[bool] = literal_column("state = 'waiting'")
BY_SLACK: ColumnElement[bool] = col(Outgoing.email).is_(None)
ATTEMPTING: ColumnElement[bool] = literal_column("state = 'attempting'")
_LONGEST_REASON = 200
_DRAWN = "drawn"
"""Where in a message's subject stands which drawing its file shows."""


class Workspace(NamedTuple):
    """A Slack workspace: an installation of the bot. `enterprise_id` is empty outside an Enterprise Grid."""

    enterprise_id: str
    team_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """What is to be said, to a channel, a Slack user or, by mail, an address: ids in `subject`, never prose.

    `key` is the message's own in the account, or among the vendor's: whatever is put twice under it is said once.
    After `good_until` it is not said any more.
    """

    key: str
    kind: str
    category: Category
    workspace: Workspace
    subject: Mapping[str, Any]
    due_at: dt.datetime
    good_until: dt.datetime
    channel_id: str | None = None
    user_id: str | None = None
    email: str | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that is the claimer's alone to send, until its lease ends. `attempt` counts from 1.

    `account_id` is `NO_ACCOUNT` for one of the vendor's own. `file_id` is the picture that was uploaded for it, `drawn`
    tells of which drawing.
    """

    account_id: int
    id: int
    attempt: int
    message: OutboxMessage
    file_id: str | None
    drawn: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands in Slack: by this it can be changed."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Drop:
    """What is answered, when a message is about to leave, where nothing is to be said any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """What is answered, when a message is about to leave, where it is not the hour for it."""

    due_at: dt.datetime
    reason: str


NO_ACCOUNT = 0
"""The `account_id` of what is claimed of the vendor's own: no account has that number."""
NO_WORKSPACE = Workspace("", "")
"""The workspace of what goes by mail."""


def put_message(session: Session, account_id: int, messages: Sequence[OutboxMessage], *, now: dt.datetime) -> int:
    """Return how many of the messages are new. One whose key the account already has stays as it was put first."""
    if not messages:
        return 0
    lock_account(session, account_id)
    return _put(session, account_id, messages, now, index_elements=["account_id", "key"])


def put_vendor_message(session: Session, messages: Sequence[OutboxMessage], *, now: dt.datetime) -> int:
    """Return how many messages of the vendor's own, no client's, are new. Wants the operator's scope."""
    if not messages:
        return 0
    no_account = text("account_id IS NULL")
    return _put(session, None, messages, now, index_elements=["key"], index_where=no_account)


def _put(
    session: Session, account_id: int | None, messages: Sequence[OutboxMessage], now: dt.datetime, **unique: Any
) -> int:
    rows = [_row(account_id, message, now) for message in messages]
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(core(Outgoing)).on_conflict_do_nothing(**unique)
    return len(session.execute(statement.returning(core(Outgoing).c.id), rows).all())


def extend(session: Session, account_id: int, key: str, field: str, ids: Sequence[Any]) -> bool:
    """Return whether a message that is still waiting took more ids into a list of its subject.

    Not where it does not exist, or has been claimed: what it says is then settled, and these want another message.
    """
    of_key = (col(Outgoing.account_id) == account_id, col(Outgoing.key) == key, WAITING)
    row = session.execute(select(Outgoing).where(*of_key).with_for_update()).scalar_one_or_none()
    if row is None:
        return False
    row.subject = {**row.subject, field: [*row.subject.get(field, ()), *ids]}
    session.flush()
    return True


def workspaces(session: Session, *, now: dt.datetime) -> list[Workspace]:
    """Return the workspaces in which something is due, whoever waits longest first."""
    rows = session.execute(
        select(col(Outgoing.enterprise_id), col(Outgoing.team_id))
        .where(*_due(now), BY_SLACK)
        .group_by(col(Outgoing.enterprise_id), col(Outgoing.team_id))
        .order_by(func.min(Outgoing.due_at), col(Outgoing.enterprise_id), col(Outgoing.team_id))
    )
    return [Workspace(*row) for row in rows]


def claim(
    session: Session,
    workspace: Workspace,
    *,
    now: dt.datetime,
    lease: dt.timedelta,
    busy: AbstractSet[str] = frozenset(),
) -> Claimed | None:
    """Return the message that is longest due in a workspace, from now on the caller's to send; None if there is none.

    Not to the channels and users in `busy`. Several may claim at once: each gets another.
    """
    where = (
        col(Outgoing.enterprise_id) == workspace.enterprise_id,
        col(Outgoing.team_id) == workspace.team_id,
        BY_SLACK,
        func.coalesce(Outgoing.channel_id, Outgoing.user_id).not_in(busy),
    )
    return _claim(session, where, now, lease)


def claim_mail(session: Session, *, now: dt.datetime, lease: dt.timedelta) -> Claimed | None:
    """Return the mail that is longest due, from now on the caller's to send; None if there is none."""
    return _claim(session, (~BY_SLACK,), now, lease)


def _claim(session: Session, where: tuple[Any, ...], now: dt.datetime, lease: dt.timedelta) -> Claimed | None:
    row = session.execute(
        select(Outgoing)
        .where(*where, *_due(now))
        .order_by(col(Outgoing.due_at), col(Outgoing.account_id), col(Outgoing.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar_one_or_none()
    if row is None:
        return None
    row.state, row.claimed_until, row.attempts = "attempting", now + lease, row.attempts + 1
    session.flush()
    return as_claimed(row)


def posted(session: Session, account_id: int, key: str) -> Posted | None:
    """Return where a message of this key stands in Slack; None where it is not known to be there."""
    row = session.execute(
        select(col(Outgoing.posted_in), col(Outgoing.ts)).where(
            col(Outgoing.account_id) == account_id,
            col(Outgoing.key) == key,
            col(Outgoing.posted_in).is_not(None),
            col(Outgoing.ts).is_not(None),
        )
    ).first()
    return None if row is None else Posted(*row)


def remember_file(session: Session, claimed: Claimed, file_id: str, drawn: str) -> None:
    """Keep the id of a file that was uploaded for a message, so that it is not uploaded again.

    `drawn` tells its drawing from others: a file that shows what is not so any more must not be shown.
    """
    _settle(session, claimed, file_id=file_id, subject={**claimed.message.subject, _DRAWN: drawn})


def settle_sent(session: Session, claimed: Claimed, *, ts: str, now: dt.datetime, posted_in: str | None = None) -> bool:
    """Write down that Slack has it, under `ts` in the conversation `posted_in`.

    Like all that settle, returns whether it was still this attempt's to settle: an answer that comes after the lease
    counts too, unless the operator decided meanwhile.
    """
    return _settle(session, claimed, state="sent", ts=ts, posted_in=posted_in, reason=None, settled_at=now)


def settle_dropped(session: Session, claimed: Claimed, *, reason: str, now: dt.datetime) -> bool:
    """Write down that it will not be said, and why."""
    return _settle(session, claimed, state="dropped", reason=reason, settled_at=now)


def settle_retry(session: Session, claimed: Claimed, *, due_at: dt.datetime, reason: str) -> bool:
    """Put it back: it was certainly not said, and may be at `due_at`."""
    return _settle(session, claimed, state="waiting", reason=reason, due_at=due_at)


def settle_unknown(session: Session, claimed: Claimed, *, reason: str) -> bool:
    """Write down that it may have been said or not, and what was heard."""
    return _settle(session, claimed, state="unknown", reason=reason)


def of_account(account_id: int) -> ColumnElement[bool]:
    """Return what holds for an account's messages, for the vendor's own where it is `NO_ACCOUNT`."""
    return col(Outgoing.account_id).is_(None) if account_id == NO_ACCOUNT else col(Outgoing.account_id) == account_id


def _due(now: dt.datetime) -> tuple[Any, ...]:
    return (WAITING, col(Outgoing.due_at) <= now, col(Outgoing.good_until) > now)


def _settle(session: Session, claimed: Claimed, **values: Any) -> bool:
    if values.get("reason"):
        values["reason"] = values["reason"][:_LONGEST_REASON]
    of_attempt = (
        of_account(claimed.account_id),
        col(Outgoing.id) == claimed.id,
        col(Outgoing.attempts) == claimed.attempt,
        col(Outgoing.state).in_(("attempting", "unknown")),
    )
    return change(session, *of_attempt, **values) == 1


def change(session: Session, *where: Any, **values: Any) -> int:
    """Return how many messages were changed. One that becomes unknown keeps the end of its lease: then it was tried."""
    if values.get("state", "unknown") != "unknown":
        values["claimed_until"] = None
    statement = update(Outgoing).where(*where).values(**values).execution_options(synchronize_session=False)
    changed: int = session.execute(statement).rowcount  # type: ignore[attr-defined]
    return changed


def as_claimed(row: Outgoing) -> Claimed:
    """Return a row as a value."""
    message = OutboxMessage(
        key=row.key,
        kind=row.kind,
        category=row.category,  # type: ignore[arg-type]
        workspace=Workspace(row.enterprise_id, row.team_id),
        subject=row.subject,
        due_at=row.due_at,
        good_until=row.good_until,
        channel_id=row.channel_id,
        user_id=row.user_id,
        email=row.email,
        person_id=row.person_id,
    )
    assert row.id is not None  # noqa: S101 - read from the database
    return Claimed(
        account_id=NO_ACCOUNT if row.account_id is None else row.account_id,
        id=row.id,
        attempt=row.attempts,
        message=message,
        file_id=row.file_id,
        drawn=row.subject.get(_DRAWN),
    )


def _row(account_id: int | None, message: OutboxMessage, now: dt.datetime) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "key": message.key,
        "enterprise_id": message.workspace.enterprise_id,
        "team_id": message.workspace.team_id,
        "channel_id": message.channel_id,
        "user_id": message.user_id,
        "email": message.email,
        "person_id": message.person_id,
        "category": message.category,
        "kind": message.kind,
        "subject": dict(message.subject),
        "due_at": message.due_at,
        "good_until": message.good_until,
        "state": "waiting",
        "attempts": 0,
        "created_at": now,
    }
