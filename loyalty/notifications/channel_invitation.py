"""The invitation to join, posted in a client's channel when an account manager says so: no unasked messages."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session

from loyalty.accounts.channels import channels_of
from loyalty.errors import LoyaltyError
from loyalty.notifications.contact_policy import channel_drop
from loyalty.notifications.outbox_messages import channel_message
from loyalty.programme.versions import in_force
from storage import outbox
from storage.outbox import Claimed, Drop
from storage.tables import Account

INVITATION_KIND = "invitation"
INVITATION_GOOD_FOR = dt.timedelta(hours=12)


class NoChannelError(LoyaltyError):
    """The account has no channel yet in which anything could be posted."""


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """What an invitation says: the product's name, in the account's language."""

    product: str
    language: str
    timezone: str


def invite_channel(session: Session, account_id: int, *, now: dt.datetime) -> int:
    """Put an invitation into each of the account's channels, at most one a minute, and return how many are new.

    Errors: `NoChannelError`.
    """
    channels = channels_of(session, account_id)
    if not channels:
        raise NoChannelError("the account has no channel yet; bind one with `laurels channel bind ACCOUNT CHANNEL`")
    minute = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M")
    messages = [
        channel_message(
            channel,
            key=f"invitation/{channel.id}/{minute}",
            kind=INVITATION_KIND,
            category="answer",
            subject={},
            due_at=now,
            good_for=INVITATION_GOOD_FOR,
        )
        for channel in channels
    ]
    return outbox.put_message(session, account_id, messages, now=now)


def invitation_facts(session: Session, claimed: Claimed, _now: dt.datetime) -> InvitationFacts | Drop:
    """Return what an invitation says that is about to leave, or why it does not."""
    if (drop := channel_drop(session, claimed)) is not None:
        return drop
    account = session.get_one(Account, claimed.account_id)
    product = in_force(session).product(account.language)
    return InvitationFacts(product, account.language, account.timezone)
