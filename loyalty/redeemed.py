"""What was asked for, and how far it has come: as whoever asked sees it, and as whoever decides does. Only looks."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from loyalty.programme import Reward

State = Literal["requested", "approved", "fulfilled", "declined", "cancelled", "expired"]
OPEN = ("requested", "approved")
"""The states under way: points are held, the stock's place is taken."""
LIVE = ("requested", "approved", "fulfilled")
"""The states that count for limits and stock."""


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
class Waiting:
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
    raise NotImplementedError


def mine(session: Session, account_id: int, person_id: int, *, limit: int = 20) -> tuple[RedemptionState, ...]:
    """Return a person's redemptions and gifts, latest first."""
    raise NotImplementedError


def waiting(session: Session, account_id: int) -> tuple[Waiting, ...]:
    """Return what waits for the account's managers, whoever waits longest first."""
    raise NotImplementedError


def waiting_one(session: Session, account_id: int, redemption_id: int) -> Waiting:
    """Return one with what is needed to decide it, whatever its state. Errors: `NoSuchRedemptionError`."""
    raise NotImplementedError
