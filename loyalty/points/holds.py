"""Holds: points of a person or the pool that are set aside at a request, then captured or released.

A hold is settled once, either way.
"""

import datetime as dt

from sqlalchemy import bindparam, select
from sqlmodel import Session

from loyalty.errors import LoyaltyError
from loyalty.points.post import Kind, LedgerContext, TransferDraft, post, source_key
from loyalty.programme.schema_base import Receiver
from storage import bulk, ledger
from storage.account_lock import lock_account, next_ids
from storage.tables import Transfer, Wallet, core


class NoSuchHoldError(LoyaltyError):
    """The account has no hold of that number."""


class HoldSettledError(LoyaltyError):
    """The hold was captured or released already."""


def hold_points(
    session: Session,
    context: LedgerContext,
    *,
    person_id: int,
    points: int,
    cause: tuple[str, int],
    day: dt.date,
    paid_by: Receiver = "person",
) -> int:
    """Set points aside, once for their `cause` (kind and id), and return the hold's transfer id.

    They are the person's own or the pool's; whose act it was is the person's either way. Errors:
    `NotEnoughPointsError`.
    """
    lock_account(session, context.account_id)
    key = source_key("hold", cause[0], str(cause[1]))
    if (existing_id := _transfer_with_key(session, context.account_id, key)) is not None:
        return existing_id
    wallets = ledger.wallets(session, context.account_id, [person_id])
    owner = person_id if paid_by == "person" else None
    draft = TransferDraft(
        from_id=wallets[paid_by, owner],
        to_id=wallets.get((f"{paid_by}_held", owner)) or _open_held_wallet(session, context.account_id, paid_by, owner),
        points=points,
        kind="hold",
        cause_kind=cause[0],
        cause_id=cause[1],
        source_key=key,
        occurred_at=context.now,
        local_day=day,
        person_id=person_id,
    )
    return post(session, context, [draft])


def capture_hold(session: Session, context: LedgerContext, *, hold_id: int, day: dt.date) -> int:
    """Spend what was held: it is redeemed.

    Return the transfer's id. Errors: `HoldSettledError`, `NoSuchHoldError`.
    """
    return _settle_hold(session, context, hold_id, "capture", day)


def release_hold(session: Session, context: LedgerContext, *, hold_id: int, day: dt.date) -> int:
    """Give what was held back, whole. Return the transfer's id. Errors: `HoldSettledError`, `NoSuchHoldError`."""
    return _settle_hold(session, context, hold_id, "release", day)


def _settle_hold(session: Session, context: LedgerContext, hold_id: int, kind: Kind, day: dt.date) -> int:
    lock_account(session, context.account_id)
    hold = session.get(Transfer, (context.account_id, hold_id))
    if hold is None or hold.kind != "hold":
        raise NoSuchHoldError(f"there is no hold {hold_id} in {context.account_key}")
    # One key for both ends: a hold is settled one way, once.
    key = source_key("settle", str(hold_id))
    if _transfer_with_key(session, context.account_id, key) is not None:
        raise HoldSettledError(f"hold {hold_id} was captured or released already")
    redeemed = ledger.wallets(session, context.account_id)["redeemed", None]
    draft = TransferDraft(
        from_id=hold.to_id,
        to_id=redeemed if kind == "capture" else hold.from_id,
        points=hold.points,
        kind=kind,
        cause_kind="transfer",
        cause_id=hold_id,
        source_key=key,
        occurred_at=context.now,
        local_day=day,
        person_id=hold.person_id,
    )
    return post(session, context, [draft])


def _open_held_wallet(session: Session, account_id: int, paid_by: Receiver, owner: int | None) -> int:
    wallet_id = next_ids(session, account_id)
    row = {
        "account_id": account_id,
        "id": wallet_id,
        "kind": f"{paid_by}_held",
        "person_id": owner,
        "balance": 0,
        "owed": 0,
    }
    bulk.insert(session, Wallet, [row])
    return wallet_id


def _transfer_with_key(session: Session, account_id: int, key: bytes) -> int | None:
    transfer_id: int | None = session.execute(_BY_KEY, {"account_id": account_id, "source_key": key}).scalar()
    return transfer_id


TRANSFER = core(Transfer)
_BY_KEY = select(TRANSFER.c.id).where(
    TRANSFER.c.account_id == bindparam("account_id"), TRANSFER.c.source_key == bindparam("source_key")
)
