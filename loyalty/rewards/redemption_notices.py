"""What is said of a redemption: to the member how it went, to the account managers what is needed to decide."""

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.accounts.authors import same_slack_user
from loyalty.accounts.managers import managers_in_slack
from loyalty.notifications.contact_policy import quiet_hours_end
from loyalty.notifications.outbox_messages import manager_message, member_message
from loyalty.notifications.recipients import manager_recipient_or_drop, recipient, recipient_or_drop
from loyalty.programme.versions import in_force
from loyalty.rewards.redemption_queries import PendingRedemption, RedemptionState, pending_redemption, redemption
from storage import outbox
from storage.outbox import Claimed, Drop, Later
from storage.tables import Manager, Member, Outgoing, Redemption, Wallet

MEMBER_KIND = "redemption"
"""The member's word: approved, declined, fulfilled or expired. Its subject: `redemption` and `state`."""
REQUEST_KIND = "redemption.asked"
"""To each account manager seen in Slack, with buttons. Its subject: `redemption` and `manager`."""
SETTLED_KIND = "redemption.settled"
"""Changes that message once things moved on. Its subject: `redemption`, `manager` and `state`."""
REDEMPTION_GOOD_FOR = dt.timedelta(days=7)
SENDING_TIME = dt.timedelta(seconds=10)
"""How long to wait for a message that is just being sent: then it can be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionFacts:
    """What a member is told. `state` is what this message tells of; `redemption` is how it stands as it leaves."""

    account_id: int
    state: str
    redemption: RedemptionState
    balance: int
    language: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """What an account manager is told, as it stands when it leaves.

    `channel_id` and `ts` name the message to change, of what settles; None for a new one.
    """

    account_id: int
    account: str
    waiting: PendingRedemption
    language: str
    timezone: str
    channel_id: str | None = None
    ts: str | None = None


def notify_member(session: Session, row: Redemption, *, now: dt.datetime) -> None:
    """Put a message about its state into the outbox for a member; who has not joined (any more) is not written to.

    What happens by the clock alone, a request that expires, is told when it is loud where they are.
    """
    to = recipient(session, row.account_id, row.person_id)
    if to is None:
        return
    due_at = now
    if row.state == "expired":
        due_at = quiet_hours_end(in_force(session).programme.contact, now, ZoneInfo(to.timezone))
    message = member_message(
        to,
        row.person_id,
        key=f"{MEMBER_KIND}/{row.id}/{row.state}",
        kind=MEMBER_KIND,
        category="answer",
        subject={"redemption": row.id, "state": row.state},
        due_at=due_at,
        good_for=REDEMPTION_GOOD_FOR,
    )
    outbox.put_message(session, row.account_id, [message], now=now)


def notify_managers(session: Session, row: Redemption, *, now: dt.datetime) -> None:
    """Ask each account manager seen in Slack, but not whoever asked: to decide, or to hand over what was approved."""
    managers = managers_in_slack(session, row.account_id)
    member = session.get(Member, (row.account_id, row.person_id)) if managers else None
    messages = [
        manager_message(
            manager,
            key=_request_key(row, manager),
            kind=REQUEST_KIND,
            subject={"redemption": row.id},
            due_at=now,
            good_for=max(row.wait_until - now, REDEMPTION_GOOD_FOR),
        )
        for manager in managers
        if member is None or not same_slack_user(manager, member)
    ]
    outbox.put_message(session, row.account_id, messages, now=now)


def update_manager_messages(session: Session, row: Redemption, *, now: dt.datetime) -> None:
    """Let the messages that asked account managers change: what they asked for was decided, or came to nothing."""
    managers = {_request_key(row, manager): manager for manager in managers_in_slack(session, row.account_id)}
    requests = select(Outgoing.key).where(
        col(Outgoing.account_id) == row.account_id, col(Outgoing.key).in_(managers), col(Outgoing.state) != "dropped"
    )
    request_keys = set(session.exec(requests))
    messages = [
        manager_message(
            manager,
            key=f"{SETTLED_KIND}/{row.id}/{manager.id}/{row.state}",
            kind=SETTLED_KIND,
            subject={"redemption": row.id, "state": row.state},
            due_at=now,
            good_for=REDEMPTION_GOOD_FOR,
        )
        for key, manager in managers.items()
        if key in request_keys
    ]
    outbox.put_message(session, row.account_id, messages, now=now)


def member_facts(session: Session, claimed: Claimed, _now: dt.datetime) -> RedemptionFacts | Drop:
    """Return what a member is told of a redemption that is about to leave, or why they are not."""
    account_id, subject = claimed.account_id, claimed.message.subject
    current = redemption(session, account_id, subject["redemption"])
    to = recipient_or_drop(session, claimed, current.person_id)
    if isinstance(to, Drop):
        return to
    if current.state != subject["state"]:
        return Drop("it moved on, and another message says so")
    own = (col(Wallet.account_id) == account_id, col(Wallet.person_id) == current.person_id)
    balance = session.exec(select(Wallet.balance).where(*own, col(Wallet.kind) == "person")).first()
    return RedemptionFacts(
        account_id=account_id,
        state=current.state,
        redemption=current,
        balance=balance or 0,
        language=to.language,
        timezone=to.timezone,
    )


def request_facts(session: Session, claimed: Claimed, _now: dt.datetime) -> RequestFacts | Drop:
    """Return what an account manager is asked as it leaves, or why they are not."""
    facts = _request_facts(session, claimed)
    if isinstance(facts, RequestFacts) and facts.waiting.redemption.state not in {"requested", "approved"}:
        return Drop("there is nothing to decide any more")
    return facts


def settled_facts(session: Session, claimed: Claimed, now: dt.datetime) -> RequestFacts | Drop | Later:
    """Return what an account manager's message changes into, or why it does not, or not now."""
    subject = claimed.message.subject
    key = f"{REQUEST_KIND}/{subject['redemption']}/{subject['manager']}"
    request = session.exec(
        select(Outgoing).where(col(Outgoing.account_id) == claimed.account_id, col(Outgoing.key) == key)
    ).first()
    if request is not None and request.state == "attempting":
        return Later(now + SENDING_TIME, "the message that is to change is just being sent")
    if request is None or request.state != "sent" or request.posted_in is None or request.ts is None:
        return Drop("there is no message to change")
    facts = _request_facts(session, claimed)
    return facts if isinstance(facts, Drop) else replace(facts, channel_id=request.posted_in, ts=request.ts)


def _request_facts(session: Session, claimed: Claimed) -> RequestFacts | Drop:
    account_id, subject = claimed.account_id, claimed.message.subject
    to = manager_recipient_or_drop(session, claimed)
    if isinstance(to, Drop):
        return to
    return RequestFacts(
        account_id=account_id,
        account=by_id(session, account_id).name,
        waiting=pending_redemption(session, account_id, subject["redemption"]),
        language=to.language,
        timezone=to.timezone,
    )


def _request_key(row: Redemption, manager: Manager) -> str:
    return f"{REQUEST_KIND}/{row.id}/{manager.id}"
