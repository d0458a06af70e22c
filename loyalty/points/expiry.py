"""Points that run out, where the programme says so: the first earned first, once a month, told thirty days before.

Nothing need be known of which points were spent: whatever somebody earned before a day and did not spend since, all
spending taken from the oldest, is what they earned before it less all they ever spent. Earned counts from the day it
was recorded, or they joined, whichever is later. Pools, and people who have not joined, lose nothing.

Nobody loses what they were not told of, nor anything within thirty days after points came back to them, or after the
programme's term was shortened: that waits for the next month.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, case, func, or_
from sqlmodel import Session, col, select

from leaderboards.periods import at, months_on
from loyalty import audit
from loyalty.accounts.accounts import by_id, zone_of
from loyalty.points.post import LedgerContext, TransferDraft, post, source_key
from loyalty.programme import Duration, earlier
from loyalty.programme.versions import InForce, in_force, terms_since
from storage import ledger
from storage.account_lock import lock_account
from storage.tables import AuditEntry, Member, Outgoing, Transfer, Wallet, core

AUTHOR = "expiry"
"""The author of what runs out, as the ledger and the audit name them."""
EXPIRY_KIND = "expiry"
"""The kind of its message in the outbox."""
NOTIFIED, EXPIRED = "expiry.told", "expiry.done"
"""What the audit calls that everybody was told, and that all ran out, of a day."""
MAX_NOTICE = dt.timedelta(days=30)
MIN_NOTICE = dt.timedelta(days=7)
"""Whom nobody could tell by then keeps the points for another month."""
BATCH_PEOPLE = 5_000
EARNED = ("earn", "adjust", "gift")
"""What gives points that can run out."""

TRANSFER = core(Transfer)
ORIGINAL = TRANSFER.alias("original")
WALLET = core(Wallet)
MEMBER = core(Member)
_CUTOFF: Any = bindparam("cutoff", type_=TRANSFER.c.recorded_at.type)
_CAME = TRANSFER.c.to_id == WALLET.c.id
_UNSPENT = func.sum(
    case(
        (
            and_(_CAME, TRANSFER.c.kind.in_(EARNED)),
            case((TRANSFER.c.recorded_at < _CUTOFF, TRANSFER.c.points), else_=0),
        ),
        # Given back: what had been held, or taken by a correction that was undone.
        (_CAME, TRANSFER.c.points),
        (TRANSFER.c.kind == "reverse", case((ORIGINAL.c.recorded_at < _CUTOFF, -TRANSFER.c.points), else_=0)),
        else_=-TRANSFER.c.points,
    )
)
_CAME_BACK = func.sum(
    case(
        (
            and_(_CAME, TRANSFER.c.kind.in_(("release", "reverse")), TRANSFER.c.recorded_at >= bindparam("kept_since")),
            1,
        ),
        else_=0,
    )
)
_DUE = (
    select(WALLET.c.person_id, WALLET.c.id, WALLET.c.balance, _UNSPENT.label("unspent"))
    .select_from(
        WALLET.join(MEMBER, and_(MEMBER.c.account_id == WALLET.c.account_id, MEMBER.c.person_id == WALLET.c.person_id))
        .join(
            TRANSFER,
            and_(
                TRANSFER.c.account_id == WALLET.c.account_id,
                TRANSFER.c.person_id == WALLET.c.person_id,
                or_(TRANSFER.c.to_id == WALLET.c.id, TRANSFER.c.from_id == WALLET.c.id),
            ),
        )
        .outerjoin(
            ORIGINAL, and_(ORIGINAL.c.account_id == TRANSFER.c.account_id, ORIGINAL.c.id == TRANSFER.c.reverses_id)
        )
    )
    .where(WALLET.c.account_id == bindparam("account_id"), WALLET.c.kind == "person", WALLET.c.balance > 0)
    .where(MEMBER.c.joined_at < _CUTOFF)
    .group_by(WALLET.c.person_id, WALLET.c.id, WALLET.c.balance)
    .having(_UNSPENT > 0, _CAME_BACK == 0)
    .order_by(WALLET.c.person_id)
)
_DUE_OF_ONE = _DUE.where(WALLET.c.person_id == bindparam("person_id"))


@dataclass(frozen=True, slots=True)
class Due:
    """What of somebody's points runs out; `wallet` is their own."""

    person_id: int
    wallet: int
    points: int


def due(
    session: Session, account_id: int, *, cutoff: dt.datetime, kept_since: dt.datetime, person_id: int | None = None
) -> list[Due]:
    """Return whose points from before `cutoff` are unspent, and how many; without whom points came back to lately.

    All of the account's members, or one person.
    """
    parameters = {"account_id": account_id, "cutoff": cutoff, "kept_since": kept_since}
    rows = session.execute(
        _DUE if person_id is None else _DUE_OF_ONE, parameters | ({} if person_id is None else {"person_id": person_id})
    )
    return [Due(row.person_id, row.id, min(row.balance, int(row.unspent))) for row in rows]


def cutoff_of(day: dt.date, term: Duration, zone: ZoneInfo) -> dt.datetime:
    """Return the moment before which points were earned that run out on a local day."""
    return at(earlier(day, term), dt.time(0), zone)


def days_ahead(today: dt.date) -> Sequence[dt.date]:
    """Return the days within the next thirty on which points run out: the first of each month, the nearest first."""
    first = today.replace(day=1)
    return [day for day in (months_on(first, 1), months_on(first, 2)) if day - today <= MAX_NOTICE]


def notice_key(day: dt.date, person_id: int) -> str:
    """Return the outbox's key of the one message by which somebody is told what runs out on a day."""
    return f"{EXPIRY_KIND}/{day}/{person_id}"


def wants_expiry(session: Session, account_id: int, *, now: dt.datetime) -> bool:
    """Return whether this month's first day was not dealt with yet, where points run out at all."""
    if in_force(session).programme.settings.points_expire is None:
        return False
    day = now.astimezone(zone_of(session, account_id)).date().replace(day=1)
    return not is_expired(session, account_id, EXPIRED, day)


def expire_points(session: Session, account_id: int, *, now: dt.datetime) -> bool:
    """Expire what is due since this month's first local day, at most 5,000 people a call; return whether there is more.

    Call it again until there is not. A person's points run out once a month at most.
    """
    lock_account(session, account_id)
    force, zone = in_force(session), zone_of(session, account_id)
    term, day = force.programme.settings.points_expire, now.astimezone(zone).date().replace(day=1)
    if term is None or is_expired(session, account_id, EXPIRED, day):
        return False
    notified = set[int]() if shortened(session, now - MAX_NOTICE, day) else _notified_people(session, account_id, day)
    expiring: list[Due] = []
    if notified:
        expired = _expired_people(session, account_id, day)
        all_due = due(session, account_id, cutoff=cutoff_of(day, term, zone), kept_since=now - MAX_NOTICE)
        expiring = [due_points for due_points in all_due if due_points.person_id in notified - expired]
    _post_expiry(session, account_id, force, expiring[:BATCH_PEOPLE], day, now)
    more = len(expiring) > BATCH_PEOPLE
    if not more:
        record_day(session, account_id, EXPIRED, day, now=now)
    return more


def shortened(session: Session, since: dt.datetime, day: dt.date) -> bool:
    """Return whether points have run out sooner than before, by a programme applied since a moment."""
    terms = terms_since(session, since)
    starts = [dt.date.min if term is None else earlier(day, term) for term in terms]
    return any(after > before for before, after in pairwise(starts))


def past_term(session: Session, transfer: Transfer, *, now: dt.datetime) -> bool:
    """Return whether a transfer gave points that have run out by now, or were spent in time."""
    term = in_force(session).programme.settings.points_expire
    if term is None or transfer.kind not in EARNED or transfer.person_id is None:
        return False
    member = session.get(Member, (transfer.account_id, transfer.person_id))
    wallet = session.get(Wallet, (transfer.account_id, transfer.to_id))
    if member is None or wallet is None or wallet.kind != "person":
        return False
    zone = zone_of(session, transfer.account_id)
    day = now.astimezone(zone).date().replace(day=1)
    return max(transfer.recorded_at, member.joined_at) < cutoff_of(day, term, zone)


def is_expired(session: Session, account_id: int, action: str, day: dt.date) -> bool:
    """Return whether the audit has it that everybody was told, or that all ran out, of a day."""
    # Nothing about a day is done earlier than this; the audit's index is by account and time.
    earliest = dt.datetime.combine(day - MAX_NOTICE - dt.timedelta(days=2), dt.time(0), dt.UTC)
    query = select(AuditEntry.details).where(
        col(AuditEntry.account_id) == account_id, col(AuditEntry.at) >= earliest, col(AuditEntry.action) == action
    )
    return any(details.get("day") == day.isoformat() for details in session.exec(query))


def record_day(session: Session, account_id: int, action: str, day: dt.date, *, now: dt.datetime) -> None:
    """Add to the audit that everybody was notified, or that all ran out, of a day: `action` says which."""
    audit.record(session, account_id, action, {"day": day.isoformat()}, author=AUTHOR, now=now)
    session.flush()


def key_of_transfer(person_id: int, cause_id: int) -> bytes:
    """Return the source key of what runs out of a person's points in a month; `cause_id`: the month as 202605."""
    return source_key("expire", str(person_id), str(cause_id))


def _post_expiry(
    session: Session, account_id: int, force: InForce, expiring: Sequence[Due], day: dt.date, now: dt.datetime
) -> None:
    if not expiring:
        return
    account = by_id(session, account_id)
    expired = ledger.wallets(session, account_id)["expired", None]
    month = day.year * 100 + day.month
    drafts = [
        TransferDraft(
            from_id=due_points.wallet,
            to_id=expired,
            points=due_points.points,
            kind="expire",
            cause_kind="month",
            cause_id=month,
            source_key=key_of_transfer(due_points.person_id, month),
            occurred_at=now,
            local_day=now.astimezone(ZoneInfo(account.timezone)).date(),
            person_id=due_points.person_id,
            version=force.number,
        )
        for due_points in expiring
    ]
    context = LedgerContext(
        account_id=account_id,
        account_key=account.key,
        week_starts=force.week_starts,
        now=now,
        author=AUTHOR,
    )
    post(session, context, drafts)


def _notified_people(session: Session, account_id: int, day: dt.date) -> set[int]:
    """Return who was told of a day. What still waits, held back until too late, was not."""
    query = select(Outgoing.person_id).where(
        col(Outgoing.account_id) == account_id,
        col(Outgoing.kind) == EXPIRY_KIND,
        col(Outgoing.key).startswith(f"{EXPIRY_KIND}/{day}/"),
        col(Outgoing.state).not_in(("waiting", "dropped")),
    )
    return {person_id for person_id in session.exec(query) if person_id is not None}


def _expired_people(session: Session, account_id: int, day: dt.date) -> set[int]:
    """Return whose points ran out this month already."""
    query = select(Transfer.person_id).where(
        col(Transfer.account_id) == account_id,
        col(Transfer.kind) == "expire",
        col(Transfer.cause_id) == day.year * 100 + day.month,
        col(Transfer.local_day) >= day,
    )
    return {person_id for person_id in session.exec(query) if person_id is not None}
