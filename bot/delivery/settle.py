"""What became of a message, written down in the outbox."""

import datetime as dt

from sqlmodel import Session

from bot.delivery.outcomes import Outcome, Refused, Retry, Sent, Unknown
from storage import outbox
from storage.database import OPERATOR, Scope
from storage.outbox import NO_ACCOUNT, Claimed

_LONGEST_BACKOFF = dt.timedelta(minutes=5)


def scope_of(claimed: Claimed) -> Scope:
    """Return whose facts a message may touch: its account's; all, where it is the vendor's own."""
    return OPERATOR if claimed.account_id == NO_ACCOUNT else {claimed.account_id}


def settle(session: Session, claimed: Claimed, outcome: Outcome, *, now: dt.datetime) -> bool:
    """Write down what became of a message; return whether it was still this attempt's to settle."""
    match outcome:
        case Sent(ts=ts, posted_in=posted_in):
            return outbox.settle_sent(session, claimed, ts=ts, posted_in=posted_in, now=now)
        case Refused(reason=reason):
            return outbox.settle_dropped(session, claimed, reason=reason, now=now)
        case Retry(reason=reason, after=after):
            due_at = now + (after or backoff(claimed.attempt))
            return outbox.settle_retry(session, claimed, due_at=due_at, reason=reason)
        case Unknown(reason=reason):
            return outbox.settle_unknown(session, claimed, reason=reason)


def backoff(attempt: int) -> dt.timedelta:
    """Return how long to wait after so many attempts: 2 seconds, twice as long each time, at most five minutes."""
    return min(dt.timedelta(seconds=2 ** min(attempt, 30)), _LONGEST_BACKOFF)
