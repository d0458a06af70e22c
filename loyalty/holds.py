"""Points set aside for what was asked for: held at the request, then captured or released; one way, once."""

import datetime as dt

from sqlmodel import Session, col, select

from loyalty.corrections import NoSuchTransferError
from loyalty.errors import LoyaltyError
from loyalty.points import Kind, Move, Posting, post, source_key
from storage import bulk, ledger
from storage.serials import take
from storage.tables import Transfer, Wallet


class HoldSettledError(LoyaltyError):
    """The hold was captured or released already."""


def hold(
    session: Session, posting: Posting, *, person_id: int, points: int, cause: tuple[str, int], day: dt.date
) -> int:
    """Set a person's points aside, once for its `cause` (kind and id), and return the hold's transfer id.

    Errors: `NotEnoughPointsError`.
    """
    take(session, posting.account_id, 0)
    key = source_key("hold", cause[0], str(cause[1]))
    if (held := _by_key(session, posting.account_id, key)) is not None:
        return held.id
    wallets = ledger.wallets(session, posting.account_id, [person_id])
    move = Move(
        from_id=wallets["person", person_id],
        to_id=wallets.get(("person_held", person_id)) or _open_held(session, posting.account_id, person_id),
        points=points,
        kind="hold",
        cause_kind=cause[0],
        cause_id=cause[1],
        source_key=key,
        occurred_at=posting.now,
        local_day=day,
        person_id=person_id,
    )
    return post(session, posting, [move])


def capture(session: Session, posting: Posting, *, hold_id: int, day: dt.date) -> int:
    """Spend what was held: it is redeemed.

    Return the transfer's id. Errors: `HoldSettledError`, `NoSuchTransferError`.
    """
    return _settle(session, posting, hold_id, "capture", day)


def release(session: Session, posting: Posting, *, hold_id: int, day: dt.date) -> int:
    """Give what was held back, whole. Return the transfer's id. Errors: `HoldSettledError`, `NoSuchTransferError`."""
    return _settle(session, posting, hold_id, "release", day)


def _settle(session: Session, posting: Posting, hold_id: int, kind: Kind, day: dt.date) -> int:
    take(session, posting.account_id, 0)
    held = session.get(Transfer, (posting.account_id, hold_id))
    if held is None or held.kind != "hold":
        raise NoSuchTransferError(f"there is no hold {hold_id} in {posting.account_key}")
    # One key for both ends: a hold is settled one way, once.
    key = source_key("settle", str(hold_id))
    if _by_key(session, posting.account_id, key) is not None:
        raise HoldSettledError(f"hold {hold_id} was captured or released already")
    redeemed = ledger.wallets(session, posting.account_id)["redeemed", None]
    move = Move(
        from_id=held.to_id,
        to_id=redeemed if kind == "capture" else held.from_id,
        points=held.points,
        kind=kind,
        cause_kind="transfer",
        cause_id=hold_id,
        source_key=key,
        occurred_at=posting.now,
        local_day=day,
        person_id=held.person_id,
    )
    return post(session, posting, [move])


def _open_held(session: Session, account_id: int, person_id: int) -> int:
    wallet_id = take(session, account_id)
    row = {
        "account_id": account_id,
        "id": wallet_id,
        "kind": "person_held",
        "person_id": person_id,
        "balance": 0,
        "owed": 0,
    }
    bulk.insert(session, Wallet, [row])
    return wallet_id


def _by_key(session: Session, account_id: int, key: bytes) -> Transfer | None:
    wanted = select(Transfer).where(col(Transfer.account_id) == account_id, col(Transfer.source_key) == key)
    return session.exec(wanted).first()
