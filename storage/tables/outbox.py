"""What is to be said in Slack, and how far that has come. How it is used stands in `storage/outbox.py`."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.base import Instant, Json, Whole, one_of, within_account

STATES = ("waiting", "attempting", "sent", "unknown", "dropped")
CATEGORIES = ("answer", "news", "nudge")


class Outgoing(SQLModel, table=True):
    """A message to send: ids, never prose, so that it is rendered from the facts of the moment it leaves.

    A client's, or (without `account_id`) the vendor's own, which only the operator's scope sees.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("account_id", "key"),
        within_account("person_id", "person"),
        one_of("state", *STATES),
        one_of("category", *CATEGORIES),
        CheckConstraint(
            "(CASE WHEN channel_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN email IS NULL THEN 0 ELSE 1 END) = 1",
            name="target",
        ),
        CheckConstraint("account_id IS NOT NULL OR person_id IS NULL", name="person"),
        # A unique constraint lets any number of rows without an account have one key.
        Index(
            "uq_outbox_vendor",
            "key",
            unique=True,
            sqlite_where=text("account_id IS NULL"),
            postgresql_where=text("account_id IS NULL"),
        ),
        # Partial: only what is still to be said is looked for. A query must name the state as these do, literally.
        Index(
            "ix_outbox_waiting",
            "enterprise_id",
            "team_id",
            "due_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_outbox_attempting",
            "claimed_until",
            sqlite_where=text("state = 'attempting'"),
            postgresql_where=text("state = 'attempting'"),
        ),
        Index(
            "ix_outbox_person",
            "account_id",
            "person_id",
            "due_at",
            sqlite_where=text("category = 'nudge'"),
            postgresql_where=text("category = 'nudge'"),
        ),
    )

    id: int | None = Field(default=None, sa_type=Whole, primary_key=True)
    account_id: int | None = Field(default=None, sa_type=Whole, foreign_key="account.id")
    key: str = Field(max_length=200)
    enterprise_id: str = Field(default="", max_length=32)
    team_id: str = Field(max_length=32)
    channel_id: str | None = Field(default=None, max_length=32)
    user_id: str | None = Field(default=None, max_length=32)
    email: str | None = Field(default=None, max_length=320)
    """An address: it goes by mail, not by Slack."""
    person_id: int | None = Field(default=None, sa_type=Whole)
    """Whom it speaks to or of: asked again at the moment of sending."""
    category: str = Field(max_length=16)
    """answer: to what somebody did; news: a channel's; nudge: unasked, held against the contact budget."""
    kind: str = Field(max_length=32)
    subject: dict[str, Any] = Field(sa_type=Json)
    due_at: dt.datetime = Field(sa_type=Instant)
    good_until: dt.datetime = Field(sa_type=Instant)
    claimed_until: dt.datetime | None = Field(default=None, sa_type=Instant)
    """The end of the lease of whoever sends it; of the last one, where that is unknown to have worked."""
    state: str = Field(default="waiting", max_length=16)
    attempts: int = 0
    reason: str | None = Field(default=None, max_length=200)
    """Why it was dropped, or what was last heard."""
    ts: str | None = Field(default=None, max_length=32)
    posted_in: str | None = Field(default=None, max_length=32)
    """The conversation Slack put it into: a direct message's own, by which it can be changed later."""
    file_id: str | None = Field(default=None, max_length=32)
    created_at: dt.datetime = Field(sa_type=Instant)
    settled_at: dt.datetime | None = Field(default=None, sa_type=Instant)
