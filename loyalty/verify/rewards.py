"""Whether redemptions hold: each one's state agrees with its transfers, and stock counts what was promised."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlmodel import Session

from storage.tables import OwnTerms, Redemption, RewardStock, Transfer, core


class OddReward(NamedTuple):
    """A row that does not hold: which, what of it, what was found and what is right."""

    row: str
    what: str
    found: str
    expected: str


def orphans(session: Session, account_id: int) -> Iterator[Any]:
    """Yield the holds, as rows of transfers, whose redemption is missing or knows nothing of them."""
    return iter(session.execute(_ORPHANS, {"account_id": account_id}))


def redemptions(session: Session, account_id: int) -> Iterator[OddReward]:
    """Yield the account's redemptions whose points did not go as their state says, or are not what was held."""
    for row in session.execute(_UNSETTLED, {"account_id": account_id}):
        name, what = f"redemption {row.id}", f"{row.state}, person {row.person_id}"
        if row.points != row.held:
            yield OddReward(name, what, f"{row.points} points", f"{row.held} held by transfer {row.hold_id}")
        if row.became != row.wanted:
            yield OddReward(name, what, f"points {SETTLED[row.became]}", SETTLED[row.wanted])


def own_stock(session: Session, account_id: int) -> Iterator[OddReward]:
    """Yield the account's own rewards whose stock does not count its redemptions."""
    for row in session.execute(_OWN_STOCK, {"account_id": account_id}):
        yield OddReward(f"reward {row.reward}", "own", f"taken {row.taken}", str(row.live))


def stock(session: Session) -> Iterator[OddReward]:
    """Yield the programme's rewards whose stock does not count the redemptions of all accounts. Wants the operator."""
    for row in session.execute(_STOCK):
        yield OddReward(f"reward {row.reward}", "of all accounts", f"taken {row.taken}", str(row.live))


SETTLED = {"hold": "held", "capture": "spent", "release": "given back"}

TRANSFER = core(Transfer)
REDEMPTION = core(Redemption)
OWN_TERMS = core(OwnTerms)
REWARD_STOCK = core(RewardStock)
SETTLEMENT = TRANSFER.alias("settlement")
_ACCOUNT: Any = bindparam("account_id")
_LIVE = REDEMPTION.c.state.in_(("requested", "approved", "fulfilled"))

_ORPHANS = (
    select(TRANSFER)
    .outerjoin(
        REDEMPTION,
        and_(
            REDEMPTION.c.account_id == TRANSFER.c.account_id,
            REDEMPTION.c.id == TRANSFER.c.cause_id,
            REDEMPTION.c.hold_id == TRANSFER.c.id,
        ),
    )
    .where(
        TRANSFER.c.account_id == _ACCOUNT,
        TRANSFER.c.kind == "hold",
        TRANSFER.c.cause_kind == "redemption",
        REDEMPTION.c.id.is_(None),
    )
    .order_by(TRANSFER.c.id)
)
_BECAME = func.coalesce(SETTLEMENT.c.kind, "hold")
_WANTED = case(
    (REDEMPTION.c.state.in_(("requested", "approved")), "hold"),
    (REDEMPTION.c.state == "fulfilled", "capture"),
    else_="release",
)
_UNSETTLED = (
    select(
        REDEMPTION.c.id,
        REDEMPTION.c.state,
        REDEMPTION.c.person_id,
        REDEMPTION.c.points,
        REDEMPTION.c.hold_id,
        TRANSFER.c.points.label("held"),
        _BECAME.label("became"),
        _WANTED.label("wanted"),
    )
    .join(TRANSFER, and_(TRANSFER.c.account_id == REDEMPTION.c.account_id, TRANSFER.c.id == REDEMPTION.c.hold_id))
    .outerjoin(
        SETTLEMENT,
        and_(
            SETTLEMENT.c.account_id == REDEMPTION.c.account_id,
            SETTLEMENT.c.cause_kind == "transfer",
            SETTLEMENT.c.cause_id == REDEMPTION.c.hold_id,
            SETTLEMENT.c.kind.in_(("capture", "release")),
        ),
    )
    .where(REDEMPTION.c.account_id == _ACCOUNT, or_(REDEMPTION.c.points != TRANSFER.c.points, _BECAME != _WANTED))
    .order_by(REDEMPTION.c.id)
)
_OWN_COUNT = (
    select(func.count())
    .select_from(REDEMPTION)
    .where(
        REDEMPTION.c.account_id == OWN_TERMS.c.account_id,
        REDEMPTION.c.reward == OWN_TERMS.c.reward,
        REDEMPTION.c.own,
        _LIVE,
    )
    .scalar_subquery()
)
_OWN_STOCK = (
    select(OWN_TERMS.c.reward, OWN_TERMS.c.taken, _OWN_COUNT.label("live"))
    .where(OWN_TERMS.c.account_id == _ACCOUNT, OWN_TERMS.c.own, OWN_TERMS.c.taken != _OWN_COUNT)
    .order_by(OWN_TERMS.c.reward)
)
_LIVE_OF_ALL = (
    select(REDEMPTION.c.reward, func.count().label("live"))
    .where(~REDEMPTION.c.own, _LIVE)
    .group_by(REDEMPTION.c.reward)
    .subquery()
)
_COUNT = func.coalesce(_LIVE_OF_ALL.c.live, 0)
_STOCK = (
    select(REWARD_STOCK.c.reward, REWARD_STOCK.c.taken, _COUNT.label("live"))
    .outerjoin(_LIVE_OF_ALL, _LIVE_OF_ALL.c.reward == REWARD_STOCK.c.reward)
    .where(REWARD_STOCK.c.taken != _COUNT)
    .order_by(REWARD_STOCK.c.reward)
)
