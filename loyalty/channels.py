"""Which Slack channel speaks for which account."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from loyalty.errors import LoyaltyError
from storage.serials import take
from storage.tables import AuditEntry, Channel


class ChannelTakenError(LoyaltyError):
    """The channel is bound to another account: a channel means one client."""


def bind_channel(
    session: Session, account_id: int, *, team_id: str, channel_id: str, enterprise_id: str = "", now: datetime
) -> bool:
    """Bind a channel to an account and return whether that is new. `team_id` is empty until the bot has seen it there.

    A channel that another account has is refused: wants the operator's scope, to see it.
    """
    wanted = select(Channel).where(col(Channel.channel_id) == channel_id)
    if team_id:
        wanted = wanted.where(col(Channel.team_id).in_({team_id, ""}))
    bound = session.exec(wanted).first()
    if bound is None:
        _bind(
            session,
            Channel(
                account_id=account_id,
                id=take(session, account_id),
                enterprise_id=enterprise_id,
                team_id=team_id,
                channel_id=channel_id,
                created_at=now,
            ),
        )
        return True
    if bound.account_id != account_id:
        raise _taken(channel_id)
    bound.enterprise_id, bound.team_id = enterprise_id or bound.enterprise_id, team_id or bound.team_id
    return False


def bind(
    session: Session,
    account_id: int,
    *,
    team_id: str,
    channel_id: str,
    enterprise_id: str = "",
    author: str,
    now: datetime,
) -> bool:
    """Bind a channel as `bind_channel` does, and keep in the audit who decided it. Wants the operator's scope."""
    new = bind_channel(
        session, account_id, team_id=team_id, channel_id=channel_id, enterprise_id=enterprise_id, now=now
    )
    if new:
        wanted = select(Channel.id).where(col(Channel.account_id) == account_id, col(Channel.channel_id) == channel_id)
        details = {"channel": session.exec(wanted).first()}
        session.add(AuditEntry(account_id=account_id, at=now, author=author, action="channel.bind", details=details))
    return new


def bound_to(session: Session, channel_id: str | None, team_id: str) -> int | None:
    """Return the account for which a channel of a workspace speaks. Wants the operator's scope."""
    wanted = select(Channel.account_id).where(col(Channel.channel_id) == channel_id)
    return session.exec(wanted.where(col(Channel.team_id).in_({team_id, ""}))).first()


def is_bound(session: Session, account_id: int, channel_id: str | None, team_id: str) -> bool:
    """Return whether a channel of a workspace speaks for the account."""
    wanted = select(Channel.id).where(col(Channel.account_id) == account_id, col(Channel.channel_id) == channel_id)
    return session.exec(wanted.where(col(Channel.team_id).in_({team_id, ""}))).first() is not None


def _bind(session: Session, channel: Channel) -> None:
    session.add(channel)
    try:
        session.flush()
    except IntegrityError:
        raise _taken(channel.channel_id) from None


def _taken(channel_id: str) -> ChannelTakenError:
    return ChannelTakenError(f"channel {channel_id} is bound to another account; a channel means one client")
