"""What moved a person's balance: each entry with its event, rule, version, day, and who decided where a person did."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Integer, and_, bindparam, case, func, or_, select
from sqlmodel import Session

from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import Transfer, TransferNote, Usage, Wallet, core

TRANSFER = core(Transfer)
ORIGINAL = TRANSFER.alias("original")
REVERSAL = TRANSFER.alias("reversal")
TRANSFER_NOTE = core(TransferNote)
USAGE = core(Usage)
WALLET = core(Wallet)


class Mark(NamedTuple):
    """A place in somebody's entries: the next page begins after it."""

    local_day: dt.date
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a transfer did to a person's balance. `points` has a sign.

    `event` is the product's name for what was used, None where a person decided or where it was erased; `reversed`:
    taken back later; `author` is who decided, as the ledger names them.
    """

    id: int
    points: int
    kind: str
    rule: str | None
    event: str | None
    occurred_at: dt.datetime
    recorded_at: dt.datetime
    local_day: dt.date
    version: int | None
    reversed: bool
    author: str
    note: str | None

    @property
    def mark(self) -> Mark:
        """Its place in the order."""
        return Mark(self.local_day, self.id)


_OWN_WALLET = and_(
    WALLET.c.account_id == TRANSFER.c.account_id, WALLET.c.person_id == TRANSFER.c.person_id, WALLET.c.kind == "person"
)
_CAUSE = func.coalesce(ORIGINAL.c.cause_id, TRANSFER.c.cause_id)
_CAUSED_BY_USAGE = func.coalesce(ORIGINAL.c.cause_kind, TRANSFER.c.cause_kind) == "usage"
_ENTRIES = (
    select(
        TRANSFER.c.id,
        case((TRANSFER.c.to_id == WALLET.c.id, TRANSFER.c.points), else_=-TRANSFER.c.points).label("points"),
        TRANSFER.c.kind,
        TRANSFER.c.rule,
        USAGE.c.name.label("event"),
        TRANSFER.c.occurred_at,
        TRANSFER.c.recorded_at,
        TRANSFER.c.local_day,
        TRANSFER.c.version,
        REVERSAL.c.id.is_not(None).label("reversed"),
        TRANSFER.c.author,
        TRANSFER_NOTE.c.text.label("note"),
    )
    .select_from(
        TRANSFER.join(
            WALLET, and_(_OWN_WALLET, or_(TRANSFER.c.to_id == WALLET.c.id, TRANSFER.c.from_id == WALLET.c.id))
        )
        .outerjoin(
            ORIGINAL, and_(ORIGINAL.c.account_id == TRANSFER.c.account_id, ORIGINAL.c.id == TRANSFER.c.reverses_id)
        )
        .outerjoin(
            REVERSAL, and_(REVERSAL.c.account_id == TRANSFER.c.account_id, REVERSAL.c.reverses_id == TRANSFER.c.id)
        )
        .outerjoin(USAGE, and_(USAGE.c.account_id == TRANSFER.c.account_id, USAGE.c.id == _CAUSE, _CAUSED_BY_USAGE))
        .outerjoin(
            TRANSFER_NOTE,
            and_(TRANSFER_NOTE.c.account_id == TRANSFER.c.account_id, TRANSFER_NOTE.c.transfer_id == TRANSFER.c.id),
        )
    )
    .where(TRANSFER.c.account_id == bindparam("account_id"), TRANSFER.c.person_id == bindparam("person_id"))
    .order_by(TRANSFER.c.local_day.desc(), TRANSFER.c.id.desc())
    # SQLite plans anew for each value that it sees of a bare LIMIT, which takes longer than reading.
    .limit(bindparam("limit", type_=Integer) + 0)
)
LATEST_ENTRIES = PreparedSelect(_ENTRIES)
"""So many (`limit`) of a person's latest entries; `entries_by` reads what it finds."""
_EARLIER = PreparedSelect(
    _ENTRIES.where(
        or_(
            TRANSFER.c.local_day < bindparam("day"),
            and_(TRANSFER.c.local_day == bindparam("day"), TRANSFER.c.id < bindparam("id")),
        )
    )
)
_LATER = PreparedSelect(
    _ENTRIES.where(
        or_(
            TRANSFER.c.local_day > bindparam("day"),
            and_(TRANSFER.c.local_day == bindparam("day"), TRANSFER.c.id > bindparam("id")),
        )
    )
    .order_by(None)
    .order_by(TRANSFER.c.local_day, TRANSFER.c.id)
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of somebody's entries, latest first, and whether there are earlier and later ones."""

    entries: tuple[Entry, ...]
    earlier: bool = False
    later: bool = False


def entries(
    session: Session, account_id: int, person_id: int, *, limit: int, before: Mark | None = None
) -> tuple[Entry, ...]:
    """Return what moved a person's balance, latest local day first; after `before`, where a page ended."""
    return _select_entries(
        session, account_id, person_id, limit, LATEST_ENTRIES if before is None else _EARLIER, before
    )


def entries_by(rows: Iterable[Any]) -> tuple[Entry, ...]:
    """Return the entries that `LATEST_ENTRIES` found."""
    return tuple(Entry(**row._asdict()) for row in rows)


def page(
    session: Session,
    account_id: int,
    person_id: int,
    *,
    size: int,
    before: Mark | None = None,
    after: Mark | None = None,
) -> Page:
    """Return the page of entries just before a mark, or just after one; the latest page without either."""
    if after is not None:
        entries_found = _select_entries(session, account_id, person_id, size + 1, _LATER, after)
        if len(entries_found) > size:
            return Page(entries_found[:size][::-1], earlier=True, later=True)
        # The latest page is a whole one, so that nobody sees two lines alone.
    mark = None if after is not None else before
    entries_found = entries(session, account_id, person_id, limit=size + 1, before=mark)
    return Page(entries_found[:size], earlier=len(entries_found) > size, later=mark is not None)


def _select_entries(
    session: Session, account_id: int, person_id: int, limit: int, statement: PreparedSelect, mark: Mark | None
) -> tuple[Entry, ...]:
    parameters: dict[str, Any] = {"account_id": account_id, "person_id": person_id, "limit": limit}
    after_mark = {"day": mark.local_day, "id": mark.id} if mark else {}
    return entries_by(statement.all(session, parameters | after_mark))
