"""What was asked for, and how far it has come: as whoever asked sees it, and as whoever decides does. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, literal_column, or_
from sqlmodel import Session, col, select

from loyalty.accounts.authors import manager_name
from loyalty.programme import Reward
from loyalty.programme.versions import version
from loyalty.rewards.catalogue import offers
from loyalty.rewards.errors import NoSuchRedemptionError
from storage.tables import OwnTerms, Person, Redemption, Wallet

State = Literal["requested", "approved", "fulfilled", "declined", "cancelled", "expired"]
PROGRAMME = "programme"
"""As the ledger names whoever approves by itself and lets requests expire."""
UNDER_WAY: ColumnElement[bool] = literal_column("redemption.state IN ('requested', 'approved')")
"""Points are held and the stock's place is taken. Spelt out, not bound: there is a partial index."""
_BEFORE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionState:
    """A redemption as it stands. `reward` is what was promised: of the programme's version then in force.

    It is None where an account's own reward was taken away since; `key` names it still. `gift`: it cost nothing and
    counts for no limit. `by` is the account manager's name where one decided or fulfilled last, None otherwise;
    `automatic`: the programme itself approved it. `words`: why it was declined, or what goes with a gift.
    """

    id: int
    person_id: int
    key: str
    reward: Reward | None
    own: bool
    points: int
    paid_by: Literal["person", "pool"]
    state: State
    requested_at: dt.datetime
    wait_until: dt.datetime
    decided_at: dt.datetime | None = None
    settled_at: dt.datetime | None = None
    by: str | None = None
    automatic: bool = False
    words: str | None = None

    @property
    def gift(self) -> bool:
        """Whether it was given, not bought."""
        return self.points == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRedemption:
    """A redemption that waits for an account manager (requested: to be decided; approved: to be handed over).

    `person` is what they are called (name, else the product's user id), None once erased; `balance` what the wallet
    that pays has left beside what is held; `left` how many of the reward are left, None for as many as are asked for;
    `before` the person's last redemptions before this one, latest first, at most three.
    """

    redemption: RedemptionState
    person: str | None
    role: str
    balance: int
    left: int | None
    before: tuple[RedemptionState, ...] = ()


def redemption(session: Session, account_id: int, redemption_id: int) -> RedemptionState:
    """Return how one stands. Errors: `NoSuchRedemptionError`."""
    return state_of(session, row_of(session, account_id, redemption_id))


def own_redemptions(
    session: Session, account_id: int, person_id: int, *, limit: int = 20
) -> tuple[RedemptionState, ...]:
    """Return a person's redemptions and gifts, latest first."""
    theirs = (col(Redemption.account_id) == account_id, col(Redemption.person_id) == person_id)
    rows = session.exec(select(Redemption).where(*theirs).order_by(col(Redemption.id).desc()).limit(limit)).all()
    return _states(session, account_id, rows)


def pending_redemptions(session: Session, account_id: int) -> tuple[PendingRedemption, ...]:
    """Return what waits for the account's managers, whoever waits longest first."""
    query = select(Redemption).where(col(Redemption.account_id) == account_id, UNDER_WAY)
    return _pending(session, account_id, session.exec(query.order_by(col(Redemption.id))).all())


def pending_redemption(session: Session, account_id: int, redemption_id: int) -> PendingRedemption:
    """Return one with what is needed to decide it, whatever its state. Errors: `NoSuchRedemptionError`."""
    [pending] = _pending(session, account_id, [row_of(session, account_id, redemption_id)])
    return pending


def row_of(session: Session, account_id: int, redemption_id: int) -> Redemption:
    """Return the row of one. Errors: `NoSuchRedemptionError`."""
    # Whoever looked before taking the account's lock must not decide by what they saw then.
    row = session.get(Redemption, (account_id, redemption_id), populate_existing=True)
    if row is None:
        raise NoSuchRedemptionError(f"there is no redemption {redemption_id} in this account")
    return row


def state_of(session: Session, row: Redemption) -> RedemptionState:
    """Return a row as a value."""
    [state] = _states(session, row.account_id, [row])
    return state


def _states(session: Session, account_id: int, rows: Sequence[Redemption]) -> tuple[RedemptionState, ...]:
    own = _own_rewards(session, account_id) if any(row.own for row in rows) else {}
    promised = _promised(session, {row.version for row in rows if not row.own})
    return tuple(
        _state(session, row, own.get(row.reward) if row.own else promised.get((row.version, row.reward)))
        for row in rows
    )


def _state(session: Session, row: Redemption, reward: Reward | None) -> RedemptionState:
    return RedemptionState(
        id=row.id,
        person_id=row.person_id,
        key=row.reward,
        reward=reward,
        own=row.own,
        points=row.points,
        paid_by=cast("Literal['person', 'pool']", row.paid_by),
        state=cast("State", row.state),
        requested_at=row.requested_at,
        wait_until=row.wait_until,
        decided_at=row.decided_at,
        settled_at=row.settled_at,
        by=manager_name(session, row.account_id, row.settled_by or row.decided_by),
        automatic=row.decided_by == PROGRAMME,
        words=row.words,
    )


def _promised(session: Session, numbers: Iterable[int]) -> dict[tuple[int, str], Reward]:
    """Return the rewards of these versions of the programme, by version and key."""
    return {(number, reward.key): reward for number in numbers for reward in version(session, number).programme.rewards}


def _own_rewards(session: Session, account_id: int) -> dict[str, Reward]:
    terms = session.exec(select(OwnTerms).where(col(OwnTerms.account_id) == account_id, col(OwnTerms.own)))
    return {row.reward: Reward.model_validate(row.says) for row in terms}


def _pending(session: Session, account_id: int, rows: Sequence[Redemption]) -> tuple[PendingRedemption, ...]:
    if not rows:
        return ()
    ids = {row.person_id for row in rows}
    people = {person.id: person for person in session.exec(_select_own(Person, account_id, col(Person.id).in_(ids)))}
    balances = _balances(session, account_id, ids)
    left = {(offer.own, offer.reward.key): offer.left for offer in offers(session, account_id)}
    past = _past(session, account_id, ids)
    known = _states(session, account_id, [row for theirs in past.values() for row in theirs])
    states = {state.id: state for state in known}
    return tuple(
        PendingRedemption(
            redemption=states[row.id],
            person=people[row.person_id].name or people[row.person_id].external_id,
            role=people[row.person_id].role,
            balance=balances.get(row.person_id if row.paid_by == "person" else None, 0),
            left=left.get((row.own, row.reward)),
            before=tuple(states[past_row.id] for past_row in past[row.person_id] if past_row.id < row.id)[:_BEFORE],
        )
        for row in rows
    )


def _balances(session: Session, account_id: int, ids: Iterable[int]) -> dict[int | None, int]:
    """Return what lies in each of these people's wallets, by id, and in the pool (None)."""
    whose = or_(
        col(Wallet.person_id).in_(ids) & (col(Wallet.kind) == "person"),
        col(Wallet.person_id).is_(None) & (col(Wallet.kind) == "pool"),
    )
    return {wallet.person_id: wallet.balance or 0 for wallet in session.exec(_select_own(Wallet, account_id, whose))}


def _past(session: Session, account_id: int, ids: Iterable[int]) -> Mapping[int, Sequence[Redemption]]:
    past: dict[int, list[Redemption]] = defaultdict(list)
    theirs = _select_own(Redemption, account_id, col(Redemption.person_id).in_(ids))
    for row in session.exec(theirs.order_by(col(Redemption.id).desc())):
        past[row.person_id].append(row)
    return past


def _select_own(table: Any, account_id: int, *where: Any) -> Any:
    return select(table).where(table.account_id == account_id, *where)
