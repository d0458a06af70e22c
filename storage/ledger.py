"""The ledger's own hand: transfers go in, wallets follow. Only `loyalty.points` calls what writes here.

A transfer takes points out of one wallet and puts them into another. A wallet's `balance` less what is `owed` is
always what came
in less what went out, and never are both positive: what comes in pays what is owed first, in the same UPDATE.
"""

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select, text
from sqlmodel import Session

from storage import bulk
from storage.tables import Score, TeamScore, Transfer, TransferNote, Wallet

DIGEST = "1"
"""The version of the canonical form."""

_WALLET = Wallet.__table__  # type: ignore[attr-defined]
_CREDIT = text(
    "UPDATE wallet SET balance = balance + CASE WHEN owed >= :points THEN 0 ELSE :points - owed END,"
    " owed = CASE WHEN owed >= :points THEN owed - :points ELSE 0 END"
    " WHERE account_id = :account_id AND id = :id AND balance IS NOT NULL"
)
_TAKE_BACK = text(
    "UPDATE wallet SET owed = owed + CASE WHEN balance >= :points THEN 0 ELSE :points - balance END,"
    " balance = CASE WHEN balance >= :points THEN balance - :points ELSE 0 END"
    " WHERE account_id = :account_id AND id = :id AND balance IS NOT NULL"
)
_SPEND = text(
    "UPDATE wallet SET balance = balance - :points WHERE account_id = :account_id AND id = :id AND balance >= :points"
)
_WALLETS = select(_WALLET.c.person_id, _WALLET.c.kind, _WALLET.c.id).where(
    _WALLET.c.account_id == bindparam("account_id"),
    or_(_WALLET.c.person_id.is_(None), _WALLET.c.person_id.in_(bindparam("people", expanding=True))),
)

_ADD = "ON CONFLICT ({key}) DO UPDATE SET points = {table}.points + excluded.points"

Wallets = Mapping[tuple[str, int | None], int]
"""Wallet ids by kind and person: `wallets["person", 5]`, `wallets["pool", None]`."""


def digest(account_key: str, row: Mapping[str, Any]) -> bytes:
    """Return a transfer's digest: BLAKE2b, 16 bytes, over its canonical form.

    The form: the account's key and the row's fields but `account_id` and `digest`, one a line in the order below,
    after a line with the form's
    version. Ids are the account's own serials, which a copy keeps, never the database's. Absent is an empty line, bytes
    are hexadecimal, instants are microseconds since 1970 in UTC, days are ISO dates.
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


def insert(session: Session, account_key: str, transfers: Sequence[dict[str, Any]]) -> None:
    """Write transfers, each with its digest. The rows are the table's columns but `digest`, which is added to them."""
    for row in transfers:
        row["digest"] = digest(account_key, row)
    bulk.insert(session, Transfer, transfers)


def note(session: Session, account_id: int, transfer_id: int, words: str) -> None:
    """Write a reason beside a transfer."""
    bulk.insert(session, TransferNote, [{"account_id": account_id, "transfer_id": transfer_id, "text": words}])


def credit(session: Session, account_id: int, amounts: Mapping[int, int]) -> None:
    """Put points into wallets, by wallet id: what is owed is paid first."""
    _update(session, _CREDIT, account_id, amounts)


def take_back(session: Session, account_id: int, amounts: Mapping[int, int]) -> None:
    """Take points out of wallets, by wallet id: what the balance lacks is owed."""
    _update(session, _TAKE_BACK, account_id, amounts)


def spend(session: Session, account_id: int, wallet_id: int, points: int) -> bool:
    """Take points out of a wallet if it has them; return whether it had."""
    result = session.execute(_SPEND, {"account_id": account_id, "id": wallet_id, "points": points})
    return bool(result.rowcount)  # type: ignore[attr-defined]


def score(session: Session, account_id: int, points: Mapping[tuple[str, dt.date, int], int]) -> None:
    """Add to scores, by period, its start and person."""
    rows = [
        {"account_id": account_id, "period": period, "start": start, "person_id": person_id, "points": gained}
        for (period, start, person_id), gained in sorted(points.items())
        if gained
    ]
    bulk.insert(
        session, Score, rows, on_conflict=_ADD.format(key="account_id, period, start, person_id", table="score")
    )


def team_score(session: Session, account_id: int, points: Mapping[tuple[str, dt.date], int]) -> None:
    """Add to the account's scores, by period and its start."""
    rows = [
        {"account_id": account_id, "period": period, "start": start, "points": gained}
        for (period, start), gained in sorted(points.items())
        if gained
    ]
    bulk.insert(session, TeamScore, rows, on_conflict=_ADD.format(key="account_id, period, start", table="team_score"))


def _update(session: Session, statement: Any, account_id: int, amounts: Mapping[int, int]) -> None:
    rows = [{"account_id": account_id, "id": wallet_id, "points": amounts[wallet_id]} for wallet_id in sorted(amounts)]
    if rows:
        session.execute(statement, rows)
