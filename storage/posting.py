"""The ledger's own hand. Only `loyalty.points` may import this, and the rebuild of scores."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from storage import bulk
from storage.ledger import digest
from storage.tables import Score, TeamScore, Transfer

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
_ADD = "ON CONFLICT ({key}) DO UPDATE SET points = {table}.points + excluded.points"


def insert(session: Session, account_key: str, transfers: Sequence[dict[str, Any]]) -> None:
    """Write transfers, each with its digest. The rows are the table's columns but `digest`, which is added to them."""
    for row in transfers:
        row["digest"] = digest(account_key, row)
    bulk.insert(session, Transfer, transfers)


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
        for (period, start, person_id), gained in points.items()
        if gained
    ]
    bulk.insert(
        session, Score, rows, on_conflict=_ADD.format(key="account_id, period, start, person_id", table="score")
    )


def team_score(session: Session, account_id: int, points: Mapping[tuple[str, dt.date], int]) -> None:
    """Add to the account's scores, by period and its start."""
    rows = [
        {"account_id": account_id, "period": period, "start": start, "points": gained}
        for (period, start), gained in points.items()
        if gained
    ]
    bulk.insert(session, TeamScore, rows, on_conflict=_ADD.format(key="account_id, period, start", table="team_score"))


def _update(session: Session, statement: Any, account_id: int, amounts: Mapping[int, int]) -> None:
    rows = [{"account_id": account_id, "id": wallet_id, "points": amounts[wallet_id]} for wallet_id in sorted(amounts)]
    if rows:
        session.execute(statement, rows)
