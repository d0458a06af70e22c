"""Points move here and nowhere else: `post` writes transfers, wallets and scores together."""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlmodel import Session, col, select

from leaderboards.periods import Weekday, starts
from loyalty.errors import LoyaltyError
from storage import ledger_writes
from storage.account_lock import next_ids
from storage.tables import Wallet

Kind = Literal["earn", "adjust", "gift", "hold", "release", "capture", "expire", "reverse"]
OWING = ("adjust", "reverse")
"""What a wallet lacks for these is owed; the others that take from a person take only what is there."""
SPENDING = ("hold", "release", "capture", "expire")


class NotEnoughPointsError(LoyaltyError):
    """A wallet has fewer points than are asked of it."""

    def __init__(self, needed: int, balance: int) -> None:
        super().__init__(f"{needed} points are needed, {balance} are there")
        self.needed, self.balance = needed, balance


class TransferDraft(NamedTuple):
    """Points about to go from one wallet to another; `post` gives it its number, time and digest.

    A tuple, since one batch makes thousands of them.
    """

    from_id: int
    to_id: int
    points: int
    kind: Kind
    cause_kind: str
    cause_id: int
    source_key: bytes
    occurred_at: dt.datetime
    local_day: dt.date
    person_id: int | None = None
    """Whose act it was."""
    counts_for: Literal["person", "pool"] | None = None
    """Whose scores it moves: the person's and the team's, or, where the pool is given something, the team's alone."""
    gains: bool = True
    """Whether it raises those scores."""
    version: int | None = None
    rule: str | None = None
    once_key: bytes | None = None
    reverses_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerContext:
    """What `post` needs to know besides the drafts. `author` is who decided, as the ledger names them: `manager:7`."""

    account_id: int
    account_key: str
    week_starts: Weekday
    now: dt.datetime
    author: str


def source_key(*parts: str) -> bytes:
    """Return the idempotency key of these parts: BLAKE2b, 16 bytes, of them as a JSON array."""
    return hashlib.blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=16).digest()


def post(
    session: Session, context: LedgerContext, drafts: Sequence[TransferDraft], *, first_id: int | None = None
) -> int:
    """Write drafts as transfers, wallets and scores with them; return the first transfer's id, the others follow it.

    `first_id`: the first of the ids that the caller took already. What a wallet lacks for a reversal or a negative
    adjustment is owed; any other draft takes only what is there. Errors: `NotEnoughPointsError`, and nothing moved.
    """
    first = next_ids(session, context.account_id, len(drafts)) if first_id is None else first_id
    ledger_writes.insert(
        session,
        context.account_key,
        [_transfer_row(context, draft, number) for number, draft in enumerate(drafts, first)],
    )
    _move_wallets(session, context.account_id, drafts)
    _move_scores(session, context, drafts)
    return first


def _transfer_row(context: LedgerContext, draft: TransferDraft, number: int) -> tuple[Any, ...]:
    """Return a transfer as `storage.ledger.FIELDS` has it."""
    return (
        context.account_id,
        number,
        draft.from_id,
        draft.to_id,
        draft.points,
        draft.kind,
        draft.person_id,
        draft.cause_kind,
        draft.cause_id,
        draft.reverses_id,
        draft.source_key,
        draft.version,
        draft.rule,
        draft.once_key,
        draft.occurred_at,
        context.now,
        draft.local_day,
        context.author,
    )


def _move_wallets(session: Session, account_id: int, drafts: Iterable[TransferDraft]) -> None:
    credited: dict[int, int] = defaultdict(int)
    taken_back: dict[int, int] = defaultdict(int)
    for draft in drafts:
        credited[draft.to_id] += draft.points
        if draft.kind in OWING:
            taken_back[draft.from_id] += draft.points
        elif draft.kind in SPENDING and not ledger_writes.spend(session, account_id, draft.from_id, draft.points):
            raise NotEnoughPointsError(draft.points, balance(session, account_id, draft.from_id))
    ledger_writes.credit(session, account_id, credited)
    ledger_writes.take_back(session, account_id, taken_back)


def _move_scores(session: Session, context: LedgerContext, drafts: Iterable[TransferDraft]) -> None:
    person_points: dict[tuple[dt.date, int], int] = defaultdict(int)
    team_points: dict[dt.date, int] = defaultdict(int)
    for draft in drafts:
        if draft.counts_for is None:
            continue
        points = draft.points if draft.gains else -draft.points
        team_points[draft.local_day] += points
        if draft.counts_for == "person" and draft.person_id is not None:
            person_points[draft.local_day, draft.person_id] += points
    periods = {day: starts(day, context.week_starts) for day in team_points}
    scores: dict[tuple[str, dt.date, int], int] = defaultdict(int)
    for (day, person_id), points in person_points.items():
        for period, start in periods[day]:
            scores[period, start, person_id] += points
    team: dict[tuple[str, dt.date], int] = defaultdict(int)
    for day, points in team_points.items():
        for period_start in periods[day]:
            team[period_start] += points
    ledger_writes.score(session, context.account_id, scores)
    ledger_writes.team_score(session, context.account_id, team)


def balance(session: Session, account_id: int, wallet_id: int) -> int:
    """Return how many points are in a wallet."""
    balances = session.exec(
        select(Wallet.balance).where(col(Wallet.account_id) == account_id, col(Wallet.id) == wallet_id)
    )
    return balances.one() or 0
