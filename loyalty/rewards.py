"""Rewards as an account's people find them: what is offered, to whom, and why one cannot be had now."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from loyalty.programme import Reward

WhyNot = Literal["withdrawn", "ran_out", "limit", "points"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A reward as one account has it: `reward` bears the account's own price and limit where it has some.

    `own`: the account's own reward, not the programme's. `left`: how many there are, None for as many as are asked for.
    """

    reward: Reward
    own: bool = False
    left: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Whoever looks at rewards, by all that decides which they see. `tiers`: their own and their account's, in effect.

    `eligible`: joined, and neither departed, erased, staff nor excluded; nobody else has any reward.
    """

    person_id: int
    role: str
    account_key: str
    tiers: frozenset[str] = frozenset()
    vip: bool = False
    eligible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A reward that somebody sees. `why_not` says why they cannot have it now, None where they can.

    `to_go`: how many points are missing, 0 for none; `again`: the first local day on which the limit gives room, None
    where it does now or never will.
    """

    offer: Offer
    why_not: WhyNot | None = None
    to_go: int = 0
    again: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that somebody sees, in the programme's order and then the account's own; what they and the pool have."""

    viewer: Viewer
    balance: int
    pool: int
    rewards: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The reward that is called so, else (None) the one with the `nearest` name, if any is near."""

    shown: Shown | None
    nearest: Shown | None = None


def sees(reward: Reward, viewer: Viewer) -> bool:
    """Return whether somebody sees a reward; what its `for` leaves open is open to all.

    One that the pool pays is for champions and managers, unless it names roles itself.
    """
    raise NotImplementedError


def offers(session: Session, account_id: int) -> tuple[Offer, ...]:
    """Return what an account is offered: the programme's rewards under its own terms, then its own; withdrawn ones too.

    Errors: `NoProgrammeError`.
    """
    raise NotImplementedError


def viewer(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Viewer:
    """Return a person as one who looks at rewards. `today`: the account's local day, by which tiers are in effect.

    Errors: `NoSuchPersonError`.
    """
    raise NotImplementedError


def catalogue(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Catalogue:
    """Return what a person sees and why they cannot have some of it now, in a fixed number of statements.

    Who is not eligible sees nothing. `today`: the account's local day. Errors: `NoProgrammeError`, `NoSuchPersonError`.
    """
    raise NotImplementedError


def find(catalogue: Catalogue, words: str, language: str = "en") -> Found:
    """Return the reward called so, by its key or its name in any language; `nearest` goes by names in `language`."""
    raise NotImplementedError
