"""Rewards: how many are left, what an account has of its own, who asked for which, what they save for, who is VIP."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from storage.tables.base import Instant, Json, Numbered, Tenant, Whole, one_of, within_account

REDEMPTION_STATES = ("requested", "approved", "fulfilled", "declined", "cancelled", "expired")
"""The first two are under way; the others are over."""
PAYERS = ("person", "pool")


class RewardStock(SQLModel, table=True):
    """How many of a programme's reward there are for all clients together, and how many were promised or given."""

    __tablename__ = "reward_stock"
    __table_args__ = (CheckConstraint("taken >= 0", name="taken"), CheckConstraint("total >= 0", name="total"))

    reward: str = Field(max_length=64, primary_key=True)
    total: int | None = Field(default=None, sa_type=Whole)
    """None: as many as are asked for. Fewer than were taken is possible: then none is left."""
    taken: int = Field(default=0, sa_type=Whole)
    withdrawn: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Taken out by an account manager, until they put it back; the file does not know."""


class OwnTerms(Tenant, table=True):
    """What one account has on top of the programme: a reward of its own, or another price or limit of one that is."""

    __tablename__ = "own_terms"
    __table_args__ = (CheckConstraint("taken >= 0", name="taken"), CheckConstraint("total >= 0", name="total"))

    reward: str = Field(max_length=64, primary_key=True)
    own: bool
    """Whether it is the account's own reward: then `says` is a whole one, and stock is counted here."""
    says: dict[str, Any] = Field(sa_type=Json)
    """Fields as a programme file writes them; of a programme's reward only those that differ (`cost`, `limit`)."""
    total: int | None = Field(default=None, sa_type=Whole)
    taken: int = Field(default=0, sa_type=Whole)
    withdrawn: bool = False
    author: str = Field(max_length=64)
    at: dt.datetime = Field(sa_type=Instant)


class Redemption(Numbered, table=True):
    """A reward that was asked for, or given as a gift, and how far that has come."""

    __table_args__ = (
        within_account("person_id", "person"),
        within_account("hold_id", "transfer"),
        one_of("state", *REDEMPTION_STATES),
        one_of("paid_by", *PAYERS),
        CheckConstraint("points >= 0", name="points"),
        CheckConstraint("(points > 0) = (hold_id IS NOT NULL)", name="hold"),
        UniqueConstraint("account_id", "request_key"),
        Index("ix_redemption_person", "account_id", "person_id", "id"),
        # Partial: only what is under way is looked for. A query must name the states as these do, literally.
        Index(
            "ix_redemption_open",
            "account_id",
            "wait_until",
            sqlite_where=text("state IN ('requested', 'approved')"),
            postgresql_where=text("state IN ('requested', 'approved')"),
        ),
    )

    person_id: int = Field(sa_type=Whole)
    """Who asked; of a gift, who gets it."""
    reward: str = Field(max_length=64)
    own: bool
    """Whether it was the account's own reward: whose stock it came from."""
    points: int = Field(sa_type=Whole)
    """What it cost at the request; 0: a gift."""
    paid_by: str = Field(max_length=8)
    version: int = Field(foreign_key="programme_version.number")
    """The programme in force at the request: what was promised."""
    hold_id: int | None = Field(default=None, sa_type=Whole)
    request_key: str = Field(max_length=200)
    """What makes one press one request: whatever is asked twice under it is one redemption."""
    state: str = Field(max_length=16)
    local_day: dt.date
    """The account's day of the request: the period a limit counts it in."""
    requested_at: dt.datetime = Field(sa_type=Instant)
    wait_until: dt.datetime = Field(sa_type=Instant)
    """Until when a request waits for its answer; what was approved waits as long as it takes."""
    decided_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    decided_by: str | None = Field(default=None, max_length=64)
    """As the ledger names authors; the programme itself where it was approved at once."""
    settled_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    settled_by: str | None = Field(default=None, max_length=64)
    words: str | None = Field(default=None, sa_type=Text)
    """Why it was declined, or what goes with a gift; erased with the person."""


class SavingGoal(Numbered, table=True):
    """The reward that somebody, or (without a person) the whole account, saves for; one at a time."""

    __tablename__ = "saving_goal"
    __table_args__ = (
        within_account("person_id", "person"),
        Index("uq_saving_goal_person", "account_id", "person_id", unique=True),
        Index(
            "uq_saving_goal_team",
            "account_id",
            unique=True,
            sqlite_where=text("person_id IS NULL"),
            postgresql_where=text("person_id IS NULL"),
        ),
    )

    person_id: int | None = Field(default=None, sa_type=Whole)
    reward: str = Field(max_length=64)
    author: str = Field(max_length=64)
    at: dt.datetime = Field(sa_type=Instant)


class VipMember(Tenant, table=True):
    """Somebody who was invited into the VIP club; in it once they accepted, until they leave or are taken out."""

    __tablename__ = "vip_member"
    __table_args__ = (within_account("person_id", "person"),)

    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    invited_at: dt.datetime = Field(sa_type=Instant)
    invited_by: str = Field(max_length=64)
    accepted_at: dt.datetime | None = Field(default=None, sa_type=Instant)
    left_at: dt.datetime | None = Field(default=None, sa_type=Instant)
