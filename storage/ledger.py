"""The ledger as it stands: a transfer's digest, the wallets, the reasons beside. `storage.ledger_writes` writes it.

A transfer takes points out of one wallet and puts them into another. A wallet's `balance` less what is `owed` is
always what came in less what went out, and never are both positive: what comes in pays what is owed first, in the
same UPDATE.
"""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from storage import bulk
from storage.tables import TransferNote, Wallet, core

DIGEST = "1"
"""The version of the canonical form."""

WALLET = core(Wallet)
_WALLETS = select(WALLET.c.person_id, WALLET.c.kind, WALLET.c.id).where(
    WALLET.c.account_id == bindparam("account_id"),
    or_(
        WALLET.c.person_id.is_(None),
        WALLET.c.person_id.in_(bindparam("people", expanding=True, literal_execute=True)),
    ),
)


FIELDS = (
    "account_id",
    "id",
    "from_id",
    "to_id",
    "points",
    "kind",
    "person_id",
    "cause_kind",
    "cause_id",
    "reverses_id",
    "source_key",
    "version",
    "rule",
    "once_key",
    "occurred_at",
    "recorded_at",
    "local_day",
    "author",
)
"""A transfer's columns but `digest`, in the order of its canonical form."""


def digest(account_key: str, row: Mapping[str, Any]) -> bytes:
    """Return a transfer's digest: BLAKE2b, 16 bytes, over its canonical form.

    The form: a line with its version, then the account's key and the row's fields but `account_id` and `digest`, one a
    line in the order of `FIELDS`. Ids are the account's own serials, which a copy keeps, never the database's. Absent
    is an empty line, bytes are hexadecimal, instants are microseconds since 1970 in UTC, days are ISO dates.
    """
    return next(digests(account_key, [tuple(row[name] for name in FIELDS)]))


def digests(account_key: str, transfers: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Return the digest of each transfer, given as the values of `FIELDS`: one after the other, as they are read."""
    head = f"{DIGEST}\n{account_key}\n"
    for (
        _,
        number,
        giver,
        taker,
        points,
        kind,
        person,
        cause,
        cause_id,
        reverses,
        key,
        version,
        rule,
        once,
        at,
        recorded_at,
        day,
        author,
    ) in transfers:
        form = (
            f"{head}{number}\n{giver}\n{taker}\n{points}\n{kind}\n{'' if person is None else person}\n"
            f"{cause}\n{cause_id}\n{'' if reverses is None else reverses}\n{key.hex()}\n"
            f"{'' if version is None else version}\n{rule or ''}\n{once.hex() if once else ''}\n"
            f"{micros(at)}\n{micros(recorded_at)}\n{iso(day)}\n{author}"
        )
        yield hashlib.blake2b(form.encode(), digest_size=16).digest()


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


# Remembered: several transfers share an event's instant, all of a batch its days and the moment of recording.
@lru_cache(maxsize=4096)
def micros(instant: dt.datetime) -> int:
    """Return the microseconds from 1970 to `instant`, exactly."""
    passed = instant - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


iso = lru_cache(maxsize=4096)(dt.date.isoformat)


def wallets(session: Session, account_id: int, people: Collection[int] = ()) -> dict[tuple[str, int | None], int]:
    """Return the ids of the account's shared wallets and of these people's, by kind and person."""
    found = session.execute(_WALLETS, {"account_id": account_id, "people": sorted(people)})
    return {(kind, person_id): wallet_id for person_id, kind, wallet_id in found}


def note_reason(session: Session, account_id: int, transfer_id: int, words: str) -> None:
    """Write a reason beside a transfer."""
    bulk.insert(session, TransferNote, [{"account_id": account_id, "transfer_id": transfer_id, "text": words}])
