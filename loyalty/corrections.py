"""Corrections: points given or taken by hand, and transfers taken back.

Nothing is edited; each has a reason and an author.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from sqlmodel import Session, col, select

from loyalty.errors import LoyaltyError
from loyalty.points import Move, Posting, post, source_key
from storage import ledger
from storage.serials import take
from storage.tables import Transfer

SCORED = ("earn", "adjust")
REVERSIBLE = ("earn", "adjust", "gift")
MOST = 1_000_000_000
"""The most points one correction may move."""


class NoSuchTransferError(LoyaltyError):
    """The account has no transfer of that number."""


class NotReversibleError(LoyaltyError):
    """The transfer was reversed already, or is of a kind that is undone in its own way."""


class BadCorrectionError(LoyaltyError):
    """A correction without points, without a reason, or too large."""


def adjust(
    session: Session,
    posting: Posting,
    *,
    person_id: int,
    points: int,
    reason: str,
    local_day: dt.date,
    key: str,
    version: int | None = None,
) -> int:
    """Correct a person's points by `points`, more or fewer, and return the transfer's id; once for a `key`."""
    if not reason.strip():
        raise BadCorrectionError("a correction says why: give a reason in words")
    if points == 0 or abs(points) > MOST:
        raise BadCorrectionError(f"{points} is no correction; it is between 1 and {MOST}, or as many fewer")
    take(session, posting.account_id, 0)
    key_hash = source_key("adjust", key)
    if (done := _by_key(session, posting.account_id, key_hash)) is not None:
        return done
    wallets = ledger.wallets(session, posting.account_id, [person_id])
    own, issued = wallets["person", person_id], wallets["issued", None]
    move = Move(
        from_id=issued if points > 0 else own,
        to_id=own if points > 0 else issued,
        points=abs(points),
        kind="adjust",
        cause_kind="correction",
        cause_id=0,
        source_key=key_hash,
        occurred_at=posting.now,
        local_day=local_day,
        person_id=person_id,
        counts_for="person",
        gains=points > 0,
        version=version,
    )
    transfer_id = post(session, posting, [move])
    ledger.note(session, posting.account_id, transfer_id, reason.strip())
    return transfer_id


def reverse(session: Session, posting: Posting, *, transfer_id: int, reason: str) -> int:
    """Take a transfer back, whole and once, and return the reversal's id.

    It bears the original's instant and local day, and gives room in caps, once and cooldown back to what arrives later.
    """
    if not reason.strip():
        raise BadCorrectionError("a reversal says why: give a reason in words")
    take(session, posting.account_id, 0)
    original = session.get(Transfer, (posting.account_id, transfer_id))
    if original is None:
        raise NoSuchTransferError(f"there is no transfer {transfer_id} in {posting.account_key}")
    if original.kind not in REVERSIBLE:
        raise NotReversibleError(f"transfer {transfer_id} is a {original.kind}; reversed are {', '.join(REVERSIBLE)}")
    if _reversal_of(session, posting.account_id, transfer_id) is not None:
        raise NotReversibleError(f"transfer {transfer_id} was reversed already")
    reversal_id = post(session, posting, [_reversal(session, original)])
    ledger.note(session, posting.account_id, reversal_id, reason.strip())
    return reversal_id


def _reversal(session: Session, original: Transfer) -> Move:
    people = [] if original.person_id is None else [original.person_id]
    return turned_round(original, ledger.wallets(session, original.account_id, people))


def turned_round(original: Transfer, wallets: Mapping[tuple[str, int | None], int]) -> Move:
    """Return the move that takes a transfer back; `wallets`: as `ledger.wallets` returns them."""
    ends = {original.from_id, original.to_id}
    counts_for: Literal["person", "pool"] | None = None
    if wallets["pool", None] in ends:
        counts_for = "pool"
    elif original.kind in SCORED:
        counts_for = "person"
    return Move(
        from_id=original.to_id,
        to_id=original.from_id,
        points=original.points,
        kind="reverse",
        cause_kind="transfer",
        cause_id=original.id,
        source_key=source_key("reverse", str(original.id)),
        occurred_at=original.occurred_at,
        local_day=original.local_day,
        person_id=original.person_id,
        counts_for=counts_for,
        # What took points away, a negative correction, gives them back.
        gains=original.to_id == wallets["issued", None],
        version=original.version,
        rule=original.rule,
        reverses_id=original.id,
    )


def _by_key(session: Session, account_id: int, key: bytes) -> int | None:
    wanted = select(Transfer.id).where(col(Transfer.account_id) == account_id, col(Transfer.source_key) == key)
    return session.exec(wanted).first()


def _reversal_of(session: Session, account_id: int, transfer_id: int) -> int | None:
    wanted = select(Transfer.id).where(col(Transfer.account_id) == account_id, col(Transfer.reverses_id) == transfer_id)
    return session.exec(wanted).first()
