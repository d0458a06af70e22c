"""Where a client's people meet in Slack."""

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Instant, Numbered


class Channel(Numbered, table=True):
    """A Slack channel bound to an account: who speaks there speaks for it, and its news is told there."""

    __table_args__ = (
        # A channel means one client: this key alone does not begin with the account.
        UniqueConstraint("team_id", "channel_id"),
    )

    enterprise_id: str = Field(default="", max_length=32)
    team_id: str = Field(max_length=32)
    """The workspace whose installation reaches the channel; empty until the bot has seen it."""
    channel_id: str = Field(max_length=32)
    created_at: dt.datetime = Field(sa_type=Instant)


class BoundWorkspace(Numbered, table=True):
    """A Slack workspace bound to an account as a whole: whose home it is speaks for it."""

    __tablename__ = "workspace"
    __table_args__ = (
        # A workspace means one client, as a channel does.
        UniqueConstraint("team_id"),
    )

    team_id: str = Field(max_length=32)
    created_at: dt.datetime = Field(sa_type=Instant)
