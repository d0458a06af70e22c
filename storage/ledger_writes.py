"""The statements that write the ledger and the scores: for `loyalty.points.post` and the scores' rebuild alone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from storage import bulk
from storage.ledger import FIELDS, digests
from storage.tables import Score, TeamScore, Transfer
from storage.tables.base import Whole

_CREDIT = (
    "UPDATE wallet SET balance = balance + CASE WHEN owed >= points THEN 0 ELSE points - owed END,"
    " owed = CASE WHEN owed >= points THEN owed - points ELSE 0 END"
    " FROM given WHERE wallet.account_id = given.account_id AND wallet.id = given.id AND balance IS NOT NULL"
)
_TAKE_BACK = (
    "UPDATE wallet SET owed = owed + CASE WHEN balance >= points THEN 0 ELSE points - balance END,"
    " balance = CASE WHEN balance >= points THEN balance - points ELSE 0 END"
    " FROM given WHERE wallet.account_id = given.account_id AND wallet.id = given.id AND balance IS NOT NULL"
)
_SPEND = text(
    "UPDATE wallet SET balance = balance - :points WHERE account_id = :account_id AND id = :id AND balance >= :points"
)
_AMOUNT = {"id": Whole, "points": Whole}
_ADD = "ON CONFLICT ({key}) DO UPDATE SET points = {table}.points + excluded.points"


def insert(session: Session, account_key: str, transfers: Sequence[tuple[Any, ...]]) -> None:
    """Write transfers, each with its digest. They are given as the values of `ledger.FIELDS`."""
    rows = [(*row, sealed) for row, sealed in zip(transfers, digests(account_key, transfers), strict=True)]
    bulk.insert_values(session, Transfer, (*FIELDS, "digest"), rows)


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
    rows = [(account_id, *key, gained) for key, gained in points.items() if gained]
    names = ("account_id", "period", "start", "person_id", "points")
    bulk.insert_values(
        session, Score, names, rows, on_conflict=_ADD.format(key="account_id, period, start, person_id", table="score")
    )


def team_score(session: Session, account_id: int, points: Mapping[tuple[str, dt.date], int]) -> None:
    """Add to the account's scores, by period and its start."""
    rows = [(account_id, *key, gained) for key, gained in points.items() if gained]
    names = ("account_id", "period", "start", "points")
    bulk.insert_values(
        session, TeamScore, names, rows, on_conflict=_ADD.format(key="account_id, period, start", table="team_score")
    )


def _update(session: Session, statement: str, account_id: int, amounts: Mapping[int, int]) -> None:
    if amounts:
        bulk.execute(session, account_id, _AMOUNT, sorted(amounts.items()), statement)
