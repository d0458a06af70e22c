"""How a member or an account manager is reached in a direct message."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from storage.outbox import Claimed, Drop, Workspace
from storage.tables import Account, Channel, Manager, Member


@dataclass(frozen=True, slots=True)
class Recipient:
    """A Slack user, the workspace by whose installation they are reached, and their language and time zone."""

    workspace: Workspace
    user_id: str
    language: str
    timezone: str


def recipient(session: Session, account_id: int, person_id: int) -> Recipient | None:
    """Return how a person is reached, None where they have not joined (any more)."""
    member = session.get(Member, (account_id, person_id))
    if member is None:
        return None
    account = by_id(session, account_id)
    return Recipient(
        _workspace(session, member),
        member.user_id,
        member.language or member.slack_language or account.language,
        member.timezone or member.slack_timezone or account.timezone,
    )


def recipient_or_drop(session: Session, claimed: Claimed, person_id: int) -> Recipient | Drop:
    """Return how the person a message is for is reached; a `Drop` where it was put for another Slack user than now."""
    to = recipient(session, claimed.account_id, person_id)
    if to is None or to.user_id != claimed.message.user_id:
        return Drop("they are no member any more")
    return to


def manager_recipient(manager: Manager, account: Account) -> Recipient:
    """Return how an account manager seen in Slack is reached; language and zone are the account's where unknown."""
    return Recipient(
        Workspace(manager.enterprise_id or "", manager.team_id or ""),
        manager.user_id or "",
        manager.language or account.language,
        manager.timezone or account.timezone,
    )


def manager_recipient_or_drop(session: Session, claimed: Claimed) -> Recipient | Drop:
    """Return how the account manager of a message's subject is reached; a `Drop` where they are another, or gone."""
    manager = session.get(Manager, (claimed.account_id, claimed.message.subject["manager"]))
    if manager is None or manager.user_id != claimed.message.user_id:
        return Drop("they do not look after the account any more")
    return manager_recipient(manager, by_id(session, claimed.account_id))


def _workspace(session: Session, member: Member) -> Workspace:
    """Return the member's own where the bot speaks there, else that of the account's first channel: they share it."""
    seen = select(Channel).where(col(Channel.account_id) == member.account_id, col(Channel.team_id) != "")
    channels = session.exec(seen.order_by(col(Channel.id))).all()
    at_home = [channel for channel in channels if channel.team_id == member.team_id]
    for channel in at_home or channels:
        return Workspace(channel.enterprise_id, channel.team_id)
    return Workspace(member.enterprise_id, member.team_id)
