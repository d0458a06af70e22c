"""The ledger as it stands: a transfer's digest, the wallets, the reasons beside. `storage.posting` writes it.

A transfer takes points out of one wallet and puts them into another. A wallet's `balance` less what is `owed` is
always what came in less what went out, and never are both positive: what comes in pays what is owed first, in the
same UPDATE.
"""

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from storage import bulk
from storage.tables import TransferNote, Wallet

DIGEST = "1"
"""The version of the canonical form."""

_WALLET = Wallet.__table__  # type: ignore[attr-defined]
_WALLETS = select(_WALLET.c.person_id, _WALLET.c.kind, _WALLET.c.id).where(
    _WALLET.c.account_id == bindparam("account_id"),
    or_(_WALLET.c.person_id.is_(None), _WALLET.c.person_id.in_(bindparam("people", expanding=True))),
)

Wallets = Mapping[tuple[str, int | None], int]
"""Wallet ids by kind and person: `wallets["person", 5]`, `wallets["pool", None]`."""


def digest(account_key: str, row: Mapping[str, Any]) -> bytes:
    """Return a transfer's digest: BLAKE2b, 16 bytes, over its canonical form.

    The form: a line with its version, then the account's key and the row's fields but `account_id` and `digest`, one a
    line in the order below. Ids are the account's own serials, which a copy keeps, never the database's. Absent is an
    empty line, bytes are hexadecimal, instants are microseconds since 1970 in UTC, days are ISO dates.
    """
    version, reverses, rule, once = row["version"], row["reverses_id"], row["rule"], row["once_key"]
    person = row["person_id"]
    form = (
        f"{DIGEST}\n{account_key}\n{row['id']}\n{row['from_id']}\n{row['to_id']}\n{row['points']}\n{row['kind']}\n"
        f"{'' if person is None else person}\n{row['cause_kind']}\n{row['cause_id']}\n"
        f"{'' if reverses is None else reverses}\n{row['source_key'].hex()}\n{'' if version is None else version}\n"
        f"{rule or ''}\n{once.hex() if once else ''}\n{micros(row['occurred_at'])}\n{micros(row['recorded_at'])}\n"
        f"{row['local_day']}\n{row['author']}"
    )
    return hashlib.blake2b(form.encode(), digest_size=16).digest()


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def micros(instant: dt.datetime) -> int:
    """Return the microseconds from 1970 to `instant`, exactly."""
    passed = instant - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def wallets(session: Session, account_id: int, people: Collection[int] = ()) -> dict[tuple[str, int | None], int]:
    """Return the ids of the account's shared wallets and of these people's, by kind and person."""
    found = session.execute(_WALLETS, {"account_id": account_id, "people": sorted(people)})
    return {(kind, person_id): wallet_id for person_id, kind, wallet_id in found}


def note(session: Session, account_id: int, transfer_id: int, words: str) -> None:
    """Write a reason beside a transfer."""
    bulk.insert(session, TransferNote, [{"account_id": account_id, "transfer_id": transfer_id, "text": words}])
