"""What is said of a redemption: to the member how it went, to the account managers what is needed to decide."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.redeemed import RedemptionState, Waiting
from storage.outbox import Claimed, Drop, Later

MEMBER = "redemption"
"""The member's word: approved, declined, fulfilled or expired. Its subject: `redemption` and `state`."""
ASKED = "redemption.asked"
"""To each account manager seen in Slack, with buttons. Its subject: `redemption` and `manager`."""
SETTLED = "redemption.settled"
"""Changes that message once things moved on. Its subject: `redemption`, `manager` and `state`."""
GOOD_FOR = dt.timedelta(days=7)


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
class AskedFacts:
    """What an account manager is told, as it stands when it leaves.

    `channel_id` and `ts` name the message to change, of what settles; None for a new one.
    """

    account_id: int
    account: str
    waiting: Waiting
    language: str
    timezone: str
    channel_id: str | None = None
    ts: str | None = None


def member_facts(session: Session, claimed: Claimed, now: dt.datetime) -> RedemptionFacts | Drop:
    """Return what a member is told of a redemption that is about to leave, or why they are not."""
    raise NotImplementedError


def asked_facts(session: Session, claimed: Claimed, now: dt.datetime) -> AskedFacts | Drop:
    """Return what an account manager is asked as it leaves, or why they are not."""
    raise NotImplementedError


def settled_facts(session: Session, claimed: Claimed, now: dt.datetime) -> AskedFacts | Drop | Later:
    """Return what an account manager's message changes into, or why it does not, or not now."""
    raise NotImplementedError
