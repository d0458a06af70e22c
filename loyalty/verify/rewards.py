"""Whether redemptions hold: each one's state agrees with its transfers, and stock counts what was promised."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlmodel import Session

from storage.tables import OwnTerms, Redemption, RewardStock, Transfer


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

_T: Any = Transfer.__table__  # type: ignore[attr-defined]
_R: Any = Redemption.__table__  # type: ignore[attr-defined]
_O: Any = OwnTerms.__table__  # type: ignore[attr-defined]
_S: Any = RewardStock.__table__  # type: ignore[attr-defined]
_END: Any = _T.alias("settlement")
_ACCOUNT: Any = bindparam("account_id")
_LIVE = _R.c.state.in_(("requested", "approved", "fulfilled"))

_ORPHANS = (
    select(_T)
    .outerjoin(_R, and_(_R.c.account_id == _T.c.account_id, _R.c.id == _T.c.cause_id, _R.c.hold_id == _T.c.id))
    .where(_T.c.account_id == _ACCOUNT, _T.c.kind == "hold", _T.c.cause_kind == "redemption", _R.c.id.is_(None))
    .order_by(_T.c.id)
)
_BECAME = func.coalesce(_END.c.kind, "hold")
_WANTED = case(
    (_R.c.state.in_(("requested", "approved")), "hold"), (_R.c.state == "fulfilled", "capture"), else_="release"
)
_UNSETTLED = (
    select(
        _R.c.id,
        _R.c.state,
        _R.c.person_id,
        _R.c.points,
        _R.c.hold_id,
        _T.c.points.label("held"),
        _BECAME.label("became"),
        _WANTED.label("wanted"),
    )
    .join(_T, and_(_T.c.account_id == _R.c.account_id, _T.c.id == _R.c.hold_id))
    .outerjoin(
        _END,
        and_(
            _END.c.account_id == _R.c.account_id,
            _END.c.cause_kind == "transfer",
            _END.c.cause_id == _R.c.hold_id,
            _END.c.kind.in_(("capture", "release")),
        ),
    )
    .where(_R.c.account_id == _ACCOUNT, or_(_R.c.points != _T.c.points, _BECAME != _WANTED))
    .order_by(_R.c.id)
)
_OWN_COUNT = (
    select(func.count())
    .select_from(_R)
    .where(_R.c.account_id == _O.c.account_id, _R.c.reward == _O.c.reward, _R.c.own, _LIVE)
    .scalar_subquery()
)
_OWN_STOCK = (
    select(_O.c.reward, _O.c.taken, _OWN_COUNT.label("live"))
    .where(_O.c.account_id == _ACCOUNT, _O.c.own, _O.c.taken != _OWN_COUNT)
    .order_by(_O.c.reward)
)
_LIVE_OF_ALL = select(_R.c.reward, func.count().label("live")).where(~_R.c.own, _LIVE).group_by(_R.c.reward).subquery()
_COUNT = func.coalesce(_LIVE_OF_ALL.c.live, 0)
_STOCK = (
    select(_S.c.reward, _S.c.taken, _COUNT.label("live"))
    .outerjoin(_LIVE_OF_ALL, _LIVE_OF_ALL.c.reward == _S.c.reward)
    .where(_S.c.taken != _COUNT)
    .order_by(_S.c.reward)
)
