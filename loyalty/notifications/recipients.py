"""How a member is reached in a direct message."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from storage.outbox import Workspace
from storage.tables import Account, Channel, Member


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member's Slack user, the workspace by whose installation they are reached, and how they are spoken to."""

    workspace: Workspace
    user_id: str
    language: str
    timezone: str


def recipient(session: Session, account_id: int, person_id: int) -> Recipient | None:
    """Return how a person is reached, None where they have not joined (any more)."""
    member = session.get(Member, (account_id, person_id))
    if member is None:
        return None
    account = session.exec(select(Account).where(col(Account.id) == account_id)).one()
    return Recipient(
        _workspace(session, member),
        member.user_id,
        member.language or member.slack_language or account.language,
        member.timezone or member.slack_timezone or account.timezone,
    )


def _workspace(session: Session, member: Member) -> Workspace:
    """Return the member's own where the bot speaks there, else that of the account's first channel: they share it."""
    seen = select(Channel).where(col(Channel.account_id) == member.account_id, col(Channel.team_id) != "")
    channels = session.exec(seen.order_by(col(Channel.id))).all()
    at_home = [channel for channel in channels if channel.team_id == member.team_id]
    for channel in at_home or channels:
        return Workspace(channel.enterprise_id, channel.team_id)
    return Workspace(member.enterprise_id, member.team_id)
