"""The invitation to join, posted in a client's channel when an account manager says so: no unasked messages."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.accounts.channels import is_bound
from loyalty.errors import LoyaltyError
from loyalty.programme.versions import in_force
from storage import outbox
from storage.outbox import Claimed, Drop, OutboxMessage, Workspace
from storage.tables import Account, Channel

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
    channels = session.exec(
        select(Channel).where(col(Channel.account_id) == account_id).order_by(col(Channel.id))
    ).all()
    if not channels:
        raise NoChannelError("the account has no channel yet; bind one with `laurels channel bind ACCOUNT CHANNEL`")
    minute = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M")
    messages = [
        OutboxMessage(
            key=f"invitation/{channel.id}/{minute}",
            kind=INVITATION_KIND,
            category="answer",
            workspace=Workspace(channel.enterprise_id, channel.team_id),
            channel_id=channel.channel_id,
            subject={},
            due_at=now,
            good_until=now + INVITATION_GOOD_FOR,
        )
        for channel in channels
    ]
    return outbox.put_message(session, account_id, messages, now=now)


def invitation_facts(session: Session, claimed: Claimed, _now: dt.datetime) -> InvitationFacts | Drop:
    """Return what an invitation says that is about to leave, or why it does not."""
    if not is_bound(session, claimed.account_id, claimed.message.channel_id, claimed.message.workspace.team_id):
        return Drop("the channel is not the account's any more")
    account = session.get_one(Account, claimed.account_id)
    product = in_force(session).product(account.language)
    return InvitationFacts(product, account.language, account.timezone)
