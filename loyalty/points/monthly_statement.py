"""A month's statement: what there was, what came and went, what there is, and it adds up."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlmodel import Session

from leaderboards.periods import span_of
from storage.tables import Transfer, Wallet, core

TRANSFER = core(Transfer)
WALLET = core(Wallet)


@dataclass(frozen=True, slots=True)
class Earned:
    """What one rule gave: its key, how many times, how many points."""

    rule: str
    times: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyStatement:
    """A person's month, by its first local day. `before` + everything between = `after`.

    `corrected` are reversals and adjustments, `spent` went to requests (what came back is off), `expired` is what ran
    out: the last two are taken off. `earlier`: whether there is anything in the months before.
    """

    start: dt.date
    before: int
    earned: tuple[Earned, ...] = ()
    gifts: int = 0
    corrected: int = 0
    spent: int = 0
    expired: int = 0
    earlier: bool = False

    @property
    def after(self) -> int:
        """What there was when it ended, or is now. Negative where more was taken back than there was."""
        came = sum(by_rule.points for by_rule in self.earned) + self.gifts
        return self.before + came + self.corrected - self.spent - self.expired


_OWN = and_(
    WALLET.c.account_id == TRANSFER.c.account_id,
    WALLET.c.person_id == TRANSFER.c.person_id,
    WALLET.c.kind == "person",
    or_(TRANSFER.c.to_id == WALLET.c.id, TRANSFER.c.from_id == WALLET.c.id),
)
_SIGNED = func.sum(case((TRANSFER.c.to_id == WALLET.c.id, TRANSFER.c.points), else_=-TRANSFER.c.points)).label("points")
_WHOSE = (TRANSFER.c.account_id == bindparam("account_id"), TRANSFER.c.person_id == bindparam("person_id"))
_BEFORE = (
    select(func.count().label("times"), func.coalesce(_SIGNED, 0).label("points"))
    .select_from(TRANSFER.join(WALLET, _OWN))
    .where(*_WHOSE, TRANSFER.c.local_day < bindparam("start"))
)
_WITHIN = (
    select(TRANSFER.c.kind, TRANSFER.c.rule, func.count().label("times"), _SIGNED)
    .select_from(TRANSFER.join(WALLET, _OWN))
    .where(*_WHOSE, TRANSFER.c.local_day >= bindparam("start"), TRANSFER.c.local_day < bindparam("end"))
    .group_by(TRANSFER.c.kind, TRANSFER.c.rule)
)


def monthly_statement(session: Session, account_id: int, person_id: int, day: dt.date) -> MonthlyStatement:
    """Return the person's statement of the month that holds a local day."""
    span = span_of("month", day)
    parameters = {"account_id": account_id, "person_id": person_id, "start": span.start, "end": span.end}
    before = session.execute(_BEFORE, {key: parameters[key] for key in ("account_id", "person_id", "start")}).one()
    sums: dict[str, int] = {}
    earned: list[Earned] = []
    for row in session.execute(_WITHIN, parameters):
        if row.kind == "earn":
            earned.append(Earned(row.rule or "", row.times, int(row.points)))
        else:
            sums[row.kind] = sums.get(row.kind, 0) + int(row.points)
    earned.sort(key=lambda by_rule: (-by_rule.points, by_rule.rule))
    return MonthlyStatement(
        start=span.start,
        before=int(before.points),
        earned=tuple(earned),
        gifts=sums.get("gift", 0),
        corrected=sums.get("adjust", 0) + sums.get("reverse", 0),
        spent=-(sums.get("hold", 0) + sums.get("release", 0)),
        expired=-sums.get("expire", 0),
        earlier=before.times > 0,
    )
