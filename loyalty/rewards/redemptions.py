"""Redemptions, a state machine: requested, then approved or declined, then fulfilled; cancelled; expired.

Points are held at the request, captured at fulfilment, given back whole otherwise. Stock and limits count what is
requested, approved or fulfilled; whatever else happens gives room back.

Each verb takes the account's lock first, so that an account's requests are decided one after another: whatever the
catalogue says then still holds as the points move. Only the programme's stock is shared with other accounts; how it is
taken without a deadlock stands in `loyalty.rewards.stock_counter`.
"""

import datetime as dt

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Session, col, select

from loyalty.accounts.authors import is_person
from loyalty.points import holds
from loyalty.points.post import LedgerContext, NotEnoughPointsError
from loyalty.programme import Reward
from loyalty.programme.versions import in_force
from loyalty.rewards import redemption_notices, stock_counter
from loyalty.rewards.catalogue import Catalogue, Offer, VisibleReward, catalogue, offers, viewer
from loyalty.rewards.errors import (
    AlreadyDecidedError,
    CannotPayError,
    CannotSeeError,
    LimitReachedError,
    NoDeclineReasonError,
    NoSuchRedemptionError,
    NotApprovedError,
    NotEligibleError,
    OwnRequestError,
    PriceChangedError,
    RanOutError,
    RewardError,
    WithdrawnError,
)
from loyalty.rewards.redemption_queries import PROGRAMME, UNDER_WAY, RedemptionState, row_of, state_of
from loyalty.rewards.redemption_refunds import audit_state, by_author, ledger_context_of, refund_redemption
from loyalty.rewards.redemption_refunds import today as local_today
from storage.account_lock import lock_account, next_ids
from storage.tables import Redemption, core

MAX_REASON_CHARS = 500
"""The most characters that words beside a decline or a gift have."""


def redeem(
    session: Session,
    context: LedgerContext,
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
    number = next_ids(session, context.account_id)
    request_key = f"{person_id}/{key}"
    if (existing := _redemption_with_key(session, context.account_id, request_key)) is not None:
        return state_of(session, existing)
    shelf = catalogue(session, context.account_id, person_id, today=today)
    shown = _reward_on_offer(session, context.account_id, shelf, reward, seen_cost)
    if shown.why_not is not None:
        raise _refusal(shown)
    offer = shown.offer
    _take_stock(session, context.account_id, offer)
    row = _new_redemption(context, offer, person_id, request_key, today, number=number, version=shelf.version)
    row.points, row.paid_by = offer.reward.cost, offer.reward.paid_by
    try:
        row.hold_id = holds.hold_points(
            session,
            context,
            person_id=person_id,
            points=row.points,
            cause=("redemption", row.id),
            day=today,
            paid_by=offer.reward.paid_by,
        )
    except NotEnoughPointsError as error:
        raise CannotPayError(error.needed - error.balance) from error
    session.add(row)
    session.flush()
    approval = offer.reward.approval
    if approval is not None and row.points <= approval.above:
        _approve(session, by_author(context, PROGRAMME), row, offer.reward)
    if row.state != "fulfilled":
        redemption_notices.notify_managers(session, row, now=context.now)
    return state_of(session, row)


def give(
    session: Session,
    context: LedgerContext,
    *,
    person_id: int,
    reward: str,
    key: str,
    today: dt.date,
    words: str | None,
) -> RedemptionState:
    """Give somebody a reward, by `context.author`, and return how that stands: approved, or fulfilled at once.

    It costs nothing, counts for stock and for no limit, and may be one that the person does not see. Once for a person
    and `key`. Errors: `NotEligibleError`, `CannotSeeError` (no such reward), `WithdrawnError`, `RanOutError`,
    `OwnRequestError`.
    """
    number = next_ids(session, context.account_id)
    request_key = f"{person_id}/{key}"
    if (existing := _redemption_with_key(session, context.account_id, request_key)) is not None:
        return state_of(session, existing)
    if not viewer(session, context.account_id, person_id, today=today).eligible:
        raise NotEligibleError(f"person {person_id} of {context.account_key} has no rewards")
    offer = next((offered for offered in offers(session, context.account_id) if offered.reward.key == reward), None)
    if offer is None:
        raise CannotSeeError(f"there is no reward `{reward}`")
    if offer.withdrawn:
        raise WithdrawnError(f"`{reward}` is withdrawn")
    _check_not_own_request(session, context.account_id, person_id, context.author)
    _take_stock(session, context.account_id, offer)
    version = in_force(session).number
    row = _new_redemption(context, offer, person_id, request_key, today, number=number, version=version)
    row.words = words
    session.add(row)
    session.flush()
    _approve(session, context, row, offer.reward)
    if row.state != "fulfilled":
        redemption_notices.notify_managers(session, row, now=context.now)
    return state_of(session, row)


def approve(session: Session, context: LedgerContext, redemption_id: int, *, by: str) -> RedemptionState:
    """Approve a request, and fulfil it where the reward is `at_once`. `by`: the author, as `manager:7`.

    The same decision by the same author again returns how it stands. Errors: `NoSuchRedemptionError`,
    `OwnRequestError`, `AlreadyDecidedError`.
    """
    row = _redemption_to_decide(session, context, redemption_id, by)
    if row.state in {"approved", "fulfilled"} and row.decided_by == by:
        return state_of(session, row)
    if row.state != "requested":
        raise _already_decided(row)
    _approve(session, by_author(context, by), row, state_of(session, row).reward)
    redemption_notices.update_manager_messages(session, row, now=context.now)
    return state_of(session, row)


def decline(session: Session, context: LedgerContext, redemption_id: int, *, by: str, words: str) -> RedemptionState:
    """Decline a request, and give its points and its place in the stock back.

    Errors: as `approve`; `NoDeclineReasonError` for no words, or more than 500 characters.
    """
    if not words.strip() or len(words) > MAX_REASON_CHARS:
        raise NoDeclineReasonError(f"a decline says why, in 1 to {MAX_REASON_CHARS} characters; these are {len(words)}")
    row = _redemption_to_decide(session, context, redemption_id, by)
    if row.state == "declined" and row.decided_by == by:
        return state_of(session, row)
    if row.state != "requested":
        raise _already_decided(row)
    row.decided_at, row.decided_by, row.words = context.now, by, words.strip()
    refund_redemption(session, by_author(context, by), [row], "declined")
    redemption_notices.notify_member(session, row, now=context.now)
    return state_of(session, row)


def fulfil(session: Session, context: LedgerContext, redemption_id: int, *, by: str) -> RedemptionState:
    """Hand over what was approved: its points are spent. Errors: as `approve`; `NotApprovedError` for a request."""
    row = _redemption_to_decide(session, context, redemption_id, by)
    if row.state == "fulfilled" and row.settled_by == by:
        return state_of(session, row)
    if row.state == "requested":
        raise NotApprovedError(f"redemption {redemption_id} was not approved yet")
    if row.state != "approved":
        raise _already_decided(row)
    _fulfil(session, by_author(context, by), row)
    redemption_notices.notify_member(session, row, now=context.now)
    redemption_notices.update_manager_messages(session, row, now=context.now)
    return state_of(session, row)


def cancel(session: Session, context: LedgerContext, redemption_id: int, *, person_id: int) -> RedemptionState:
    """Take a request back, by whoever made it, while it waits to be decided; points and stock are given back.

    Errors: `NoSuchRedemptionError` also where it is another's, `AlreadyDecidedError`.
    """
    lock_account(session, context.account_id)
    row = row_of(session, context.account_id, redemption_id)
    if row.person_id != person_id:
        raise NoSuchRedemptionError(f"redemption {redemption_id} is not of person {person_id}")
    if row.state == "requested":
        refund_redemption(session, by_author(context, f"person:{person_id}"), [row], "cancelled")
    elif row.state != "cancelled":
        raise _already_decided(row)
    return state_of(session, row)


def expire_due(session: Session, account_id: int, *, now: dt.datetime) -> int:
    """Let an account's requests expire that waited too long, and return how many; points and stock are given back."""
    lock_account(session, account_id)
    due = select(Redemption).where(col(Redemption.account_id) == account_id, *_waited_too_long(now))
    rows = session.exec(due.order_by(col(Redemption.id))).all()
    if rows:
        refund_redemption(session, ledger_context_of(session, account_id, author=PROGRAMME, now=now), rows, "expired")
    for row in rows:
        redemption_notices.notify_member(session, row, now=now)
    return len(rows)


def accounts_due(session: Session, *, now: dt.datetime) -> tuple[int, ...]:
    """Return the accounts in which a request has waited too long. Wants the operator's scope."""
    return tuple(sorted(session.exec(select(Redemption.account_id).where(*_waited_too_long(now)).distinct())))


def _waited_too_long(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    return UNDER_WAY, col(Redemption.state) == "requested", col(Redemption.wait_until) <= now


def _reward_on_offer(
    session: Session, account_id: int, shelf: Catalogue, reward: str, seen_cost: int | None
) -> VisibleReward:
    """Return a reward as the person finds it now, if they see it at the price they went by."""
    if not shelf.viewer.eligible:
        raise NotEligibleError(f"person {shelf.viewer.person_id} has no rewards")
    shown = next((visible for visible in shelf.rewards if visible.offer.reward.key == reward), None)
    if shown is None:
        if seen_cost is not None and all(offer.reward.key != reward for offer in offers(session, account_id)):
            raise WithdrawnError(f"`{reward}` left the programme since it was looked at")
        raise CannotSeeError(f"there is no reward `{reward}` for person {shelf.viewer.person_id}")
    cost = shown.offer.reward.cost
    if shown.why_not != "withdrawn" and seen_cost not in {None, cost}:
        raise PriceChangedError(seen_cost or 0, cost)
    return shown


def _refusal(shown: VisibleReward) -> RewardError:
    reward = shown.offer.reward.key
    match shown.why_not:
        case "withdrawn":
            return WithdrawnError(f"`{reward}` is withdrawn")
        case "limit":
            return LimitReachedError(shown.again)
        case "ran_out":
            return RanOutError(f"no `{reward}` is left")
        case _:
            return CannotPayError(shown.to_go)


def _take_stock(session: Session, account_id: int, offer: Offer) -> None:
    """Take one of the stock, which others may have emptied, or withdrawn, since the catalogue was looked at."""
    if not stock_counter.take_one(session, account_id, (offer.own, offer.reward.key)):
        offers_by_key = {(offered.own, offered.reward.key): offered for offered in offers(session, account_id)}
        offer_now = offers_by_key.get((offer.own, offer.reward.key))
        if offer_now is not None and offer_now.withdrawn:
            raise WithdrawnError(f"`{offer.reward.key}` was withdrawn a moment ago")
        raise RanOutError(f"no `{offer.reward.key}` is left")


def _new_redemption(
    context: LedgerContext, offer: Offer, person_id: int, request_key: str, today: dt.date, *, number: int, version: int
) -> Redemption:
    """Return a new redemption that costs nothing yet."""
    return Redemption(
        account_id=context.account_id,
        id=number,
        person_id=person_id,
        reward=offer.reward.key,
        own=offer.own,
        points=0,
        paid_by="person",
        version=version,
        request_key=request_key,
        state="requested",
        local_day=today,
        requested_at=context.now,
        wait_until=context.now + offer.reward.wait,
    )


def _approve(session: Session, context: LedgerContext, row: Redemption, reward: Reward | None) -> None:
    row.state, row.decided_at, row.decided_by = "approved", context.now, context.author
    audit_state(session, context, row, "approved")
    if reward is not None and reward.fulfilled == "at_once":
        _fulfil(session, context, row)
    session.add(row)
    session.flush()
    redemption_notices.notify_member(session, row, now=context.now)


def _fulfil(session: Session, context: LedgerContext, row: Redemption) -> None:
    if row.hold_id is not None:
        holds.capture_hold(session, context, hold_id=row.hold_id, day=local_today(session, context))
    row.state, row.settled_at, row.settled_by = "fulfilled", context.now, context.author
    audit_state(session, context, row, "fulfilled")
    session.add(row)
    session.flush()


def _redemption_to_decide(session: Session, context: LedgerContext, redemption_id: int, by: str) -> Redemption:
    """Return what is to be decided, under the account's lock, if `by` may: not by whoever it is for."""
    lock_account(session, context.account_id)
    row = row_of(session, context.account_id, redemption_id)
    _check_not_own_request(session, context.account_id, row.person_id, by)
    return row


def _check_not_own_request(session: Session, account_id: int, person_id: int, by: str) -> None:
    if is_person(session, account_id, by, person_id):
        raise OwnRequestError(f"{by} is person {person_id}, whose request it is")


def _already_decided(row: Redemption) -> AlreadyDecidedError:
    return AlreadyDecidedError(row.state, None if row.state == "cancelled" else row.settled_by or row.decided_by)


def _redemption_with_key(session: Session, account_id: int, request_key: str) -> Redemption | None:
    number = session.execute(_BY_KEY, {"account_id": account_id, "request_key": request_key}).scalar()
    return None if number is None else row_of(session, account_id, number)


REDEMPTION = core(Redemption)
_BY_KEY = select(REDEMPTION.c.id).where(
    REDEMPTION.c.account_id == bindparam("account_id"), REDEMPTION.c.request_key == bindparam("request_key")
)
