"""Redemptions, a state machine: requested, then approved or declined, then fulfilled; cancelled; expired.

Points are held at the request, captured at fulfilment, given back whole otherwise. Stock and limits count what is
requested, approved or fulfilled; whatever else happens gives room back.

Each verb takes the account's lock first, so that an account's requests are decided one after another. The programme's
stock is shared by all accounts: `reward_stock` is no account's row. It is taken last, by one conditional UPDATE, and
nothing is locked after it; so transactions of several accounts meet there and nowhere else, and cannot wait for each
other in a ring.
"""

import datetime as dt

from sqlmodel import Session

from loyalty.points import Posting
from loyalty.redeemed import RedemptionState

PROGRAMME = "programme"
"""As the ledger names whoever approves by itself and lets requests expire."""


def redeem(
    session: Session,
    posting: Posting,
    *,
    person_id: int,
    reward: str,
    key: str,
    today: dt.date,
    seen_cost: int | None = None,
) -> RedemptionState:
    """Ask for a reward, by its key, and return how that stands: requested, approved or fulfilled at once.

    Once for a person and `key` (a modal's id): the same again returns the same redemption. `seen_cost`: the price the
    person went by. Errors, in this order: `NotEligibleError`, `CannotSeeError`, `WithdrawnError`, `PriceChangedError`,
    `LimitReachedError`, `RanOutError`, `CannotPayError`; nothing moved then.
    """
    raise NotImplementedError


def give(
    session: Session, posting: Posting, *, person_id: int, reward: str, key: str, today: dt.date, words: str | None
) -> RedemptionState:
    """Give somebody a reward, by `posting.author`, and return how that stands: approved, or fulfilled at once.

    It costs nothing, counts for stock and for no limit, and may be one that the person does not see. Once for a person
    and `key`. Errors: `NotEligibleError`, `CannotSeeError` (no such reward), `WithdrawnError`, `RanOutError`,
    `OwnRequestError`.
    """
    raise NotImplementedError


def approve(session: Session, posting: Posting, redemption_id: int, *, by: str) -> RedemptionState:
    """Approve a request, and fulfil it where the reward is `at_once`. `by`: the author, as `manager:7`.

    The same decision by the same author again returns how it stands. Errors: `NoSuchRedemptionError`,
    `OwnRequestError`, `AlreadyDecidedError`.
    """
    raise NotImplementedError


def decline(session: Session, posting: Posting, redemption_id: int, *, by: str, words: str) -> RedemptionState:
    """Decline a request, and give its points and its place in the stock back.

    Errors: as `approve`; `NoDeclineReasonError` for no words, or more than 500 characters.
    """
    raise NotImplementedError


def fulfil(session: Session, posting: Posting, redemption_id: int, *, by: str) -> RedemptionState:
    """Hand over what was approved: its points are spent. Errors: as `approve`; `NotApprovedError` for a request."""
    raise NotImplementedError


def cancel(session: Session, posting: Posting, redemption_id: int, *, person_id: int) -> RedemptionState:
    """Take a request back, by whoever made it, while it waits to be decided; points and stock are given back.

    Errors: `NoSuchRedemptionError` also where it is another's, `AlreadyDecidedError`.
    """
    raise NotImplementedError


def expire_due(session: Session, account_id: int, *, now: dt.datetime) -> int:
    """Let an account's requests expire that waited too long, and return how many; points and stock are given back."""
    raise NotImplementedError


def accounts_due(session: Session, *, now: dt.datetime) -> tuple[int, ...]:
    """Return the accounts in which a request has waited too long. Wants the operator's scope."""
    raise NotImplementedError
