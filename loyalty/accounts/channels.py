"""Which Slack channel, and which whole workspace, speaks for which account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from loyalty import audit
from loyalty.errors import LoyaltyError
from storage.account_lock import next_ids
from storage.tables import Account, BoundWorkspace, Channel


class ChannelTakenError(LoyaltyError):
    """The channel is bound to another account: a channel means one client."""


class WorkspaceTakenError(LoyaltyError):
    """The workspace is bound to another account: a workspace means one client."""


def bind_channel(
    session: Session, account_id: int, *, team_id: str, channel_id: str, enterprise_id: str = "", now: datetime
) -> bool:
    """Bind a channel to an account and return whether that is new. `team_id` is empty until the bot has seen it there.

    A channel that another account has is refused: wants the operator's scope, to see it.
    """
    query = select(Channel).where(col(Channel.channel_id) == channel_id)
    if team_id:
        query = query.where(col(Channel.team_id).in_({team_id, ""}))
    bound = session.exec(query).first()
    if bound is None:
        _bind(
            session,
            Channel(
                account_id=account_id,
                id=next_ids(session, account_id),
                enterprise_id=enterprise_id,
                team_id=team_id,
                channel_id=channel_id,
                created_at=now,
            ),
        )
        return True
    if bound.account_id != account_id:
        raise _taken_error(channel_id)
    bound.enterprise_id, bound.team_id = enterprise_id or bound.enterprise_id, team_id or bound.team_id
    return False


def bind_channel_as_manager(
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
        query = select(Channel.id).where(col(Channel.account_id) == account_id, col(Channel.channel_id) == channel_id)
        details = {"channel": session.exec(query).first()}
        audit.record(session, account_id, "channel.bind", details, author=author, now=now)
    return new


def unbound(session: Session) -> list[str]:
    """Return the keys of the accounts that have no channel yet, oldest first. Wants the operator's scope."""
    bound = select(Channel.id).where(col(Channel.account_id) == col(Account.id)).exists()
    return list(session.exec(select(Account.key).where(~bound).order_by(col(Account.id))))


def channels_of(session: Session, account_id: int) -> Sequence[Channel]:
    """Return an account's channels, the one bound first coming first."""
    return session.exec(select(Channel).where(col(Channel.account_id) == account_id).order_by(col(Channel.id))).all()


def bound_to(session: Session, channel_id: str | None, team_id: str) -> int | None:
    """Return the account for which a channel of a workspace speaks. Wants the operator's scope."""
    query = select(Channel.account_id).where(col(Channel.channel_id) == channel_id)
    return session.exec(query.where(col(Channel.team_id).in_({team_id, ""}))).first()


def is_bound(session: Session, account_id: int, channel_id: str | None, team_id: str) -> bool:
    """Return whether a channel of a workspace speaks for the account.

    The workspace is empty on either side where it was not known yet: there was but the one that the bot is in.
    """
    query = select(Channel.id).where(col(Channel.account_id) == account_id, col(Channel.channel_id) == channel_id)
    if team_id:
        query = query.where(col(Channel.team_id).in_({team_id, ""}))
    return session.exec(query).first() is not None


def bind_workspace(session: Session, account_id: int, *, team_id: str, now: datetime) -> bool:
    """Bind a workspace as a whole to an account and return whether that is new: its people need no channel to be known.

    A workspace that another account has is refused.
    """
    bound = session.exec(
        select(BoundWorkspace).where(
            col(BoundWorkspace.account_id) == account_id, col(BoundWorkspace.team_id) == team_id
        )
    ).first()
    if bound is not None:
        return False
    session.add(
        BoundWorkspace(account_id=account_id, id=next_ids(session, account_id), team_id=team_id, created_at=now)
    )
    try:
        session.flush()
    except IntegrityError:
        raise WorkspaceTakenError(
            f"workspace {team_id} is bound to another account; a workspace means one client"
        ) from None
    return True


@dataclass(frozen=True, slots=True)
class Settled:
    """How many channels know their workspace now; `doubtful`: which ones another account has there already."""

    settled: int
    doubtful: tuple[str, ...] = ()


def unsettled(session: Session) -> bool:
    """Return whether any channel does not know its workspace yet. Wants the operator's scope."""
    return session.exec(select(Channel.id).where(col(Channel.team_id) == "").limit(1)).first() is not None


def settle(session: Session, *, team_id: str, enterprise_id: str = "") -> Settled:
    """Put the channels that were bound without a workspace into this one. Wants the operator's scope.

    A channel is bound once in a workspace: a second binding to the same account goes, to another one stays in doubt.
    """
    known = select(Channel.channel_id, Channel.account_id).where(col(Channel.team_id) == team_id)
    owners = dict(session.exec(known).all())
    settled, doubtful = 0, []
    for channel in session.exec(select(Channel).where(col(Channel.team_id) == "").order_by(col(Channel.channel_id))):
        owner = owners.get(channel.channel_id)
        if owner is None:
            channel.enterprise_id, channel.team_id = enterprise_id, team_id
            settled += 1
        elif owner == channel.account_id:
            session.delete(channel)
        else:
            doubtful.append(channel.channel_id)
    session.flush()
    return Settled(settled, tuple(doubtful))


def _bind(session: Session, channel: Channel) -> None:
    session.add(channel)
    try:
        session.flush()
    except IntegrityError:
        raise _taken_error(channel.channel_id) from None


def _taken_error(channel_id: str) -> ChannelTakenError:
    return ChannelTakenError(f"channel {channel_id} is bound to another account; a channel means one client")
