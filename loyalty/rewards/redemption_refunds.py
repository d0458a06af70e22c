"""A redemption that comes to nothing: its points and its place in the stock are given back, whole, once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import Session, col, select

from loyalty import audit
from loyalty.accounts.accounts import by_id, zone_of
from loyalty.points import holds
from loyalty.points.post import LedgerContext
from loyalty.programme.versions import in_force
from loyalty.rewards import redemption_notices, stock_counter
from loyalty.rewards.redemption_queries import UNDER_WAY
from storage.account_lock import lock_account
from storage.tables import Redemption


def refund_redemption(session: Session, context: LedgerContext, rows: Iterable[Redemption], state: str) -> None:
    """Let these come to nothing: declined, cancelled or expired, by `context.author`.

    They are under way, and the account's lock is the caller's. The managers' messages change; the member's word is the
    caller's.
    """
    rows = list(rows)
    day = today(session, context)
    for row in rows:
        if row.hold_id is not None:
            holds.release_hold(session, context, hold_id=row.hold_id, day=day)
        row.state, row.settled_at, row.settled_by = state, context.now, context.author
        session.add(row)
        audit_state(session, context, row, state)
        redemption_notices.update_manager_messages(session, row, now=context.now)
    session.flush()
    # After all else: see `loyalty.rewards.stock_counter`.
    stock_counter.give_back(session, context.account_id, [(row.own, row.reward) for row in rows])


def cancel_redemptions(session: Session, account_id: int, person_id: int, *, author: str, now: dt.datetime) -> int:
    """Cancel all that somebody asked for and did not get yet, as they leave for good; return how many that were."""
    lock_account(session, account_id)
    query = select(Redemption).where(
        col(Redemption.account_id) == account_id, col(Redemption.person_id) == person_id, UNDER_WAY
    )
    rows = session.exec(query.order_by(col(Redemption.id))).all()
    if rows:
        refund_redemption(session, ledger_context_of(session, account_id, author=author, now=now), rows, "cancelled")
    return len(rows)


def ledger_context_of(session: Session, account_id: int, *, author: str, now: dt.datetime) -> LedgerContext:
    """Return what `post` needs to know of an account. Errors: `NoProgrammeError`."""
    return LedgerContext(
        account_id=account_id,
        account_key=by_id(session, account_id).key,
        week_starts=in_force(session).week_starts,
        now=now,
        author=author,
    )


def by_author(context: LedgerContext, author: str) -> LedgerContext:
    """Return the same posting under another author."""
    return context if context.author == author else replace(context, author=author)


def today(session: Session, context: LedgerContext) -> dt.date:
    """Return the account's local day."""
    return context.now.astimezone(zone_of(session, context.account_id)).date()


def audit_state(session: Session, context: LedgerContext, row: Redemption, state: str) -> None:
    """Write down that `context.author` brought a redemption into a state."""
    details = {"redemption": row.id}
    audit.record(session, context.account_id, f"redemption.{state}", details, author=context.author, now=context.now)
