"""One of a reward's stock, taken and given back.

The programme's stock is shared by all accounts, so `reward_stock` is no account's row and no account's lock holds it.
It is taken by one conditional UPDATE, under the account's lock, and nothing that another account's transaction may hold
is waited for after it: transactions of several accounts meet there alone, so they cannot deadlock.
Where one gives several back, it does so in the order of their keys, for the same reason.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import Session, col

from storage.tables import OwnTerms, RewardStock

StockPlace = tuple[bool, str]
"""Whose stock, and which reward: `(own, key)`; the account's own, or the programme's."""


def take_one(session: Session, account_id: int, place: StockPlace) -> bool:
    """Take one of a reward's stock; return whether there was one, and the reward is not withdrawn."""
    table, where = _stock_rows(account_id, place)
    there = (~table.withdrawn, or_(table.total.is_(None), table.taken < table.total))
    return _changed_rows(session, update(table).where(*where, *there).values(taken=table.taken + 1)) == 1


def give_back(session: Session, account_id: int, places: Iterable[StockPlace]) -> None:
    """Give back one of a reward's stock for each place named."""
    for place, count in sorted(Counter(places).items()):
        table, where = _stock_rows(account_id, place)
        _changed_rows(session, update(table).where(*where).values(taken=table.taken - count))


def _stock_rows(account_id: int, place: StockPlace) -> tuple[Any, tuple[Any, ...]]:
    own, reward = place
    if own:
        return OwnTerms, (col(OwnTerms.account_id) == account_id, col(OwnTerms.reward) == reward, col(OwnTerms.own))
    return RewardStock, (col(RewardStock.reward) == reward,)


def _changed_rows(session: Session, statement: Any) -> int:
    changed: int = session.execute(statement, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined]
    return changed
