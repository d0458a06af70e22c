"""Tiers: which one a person, or a whole account, holds."""

import datetime as dt

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from storage.tables.base import Instant, Numbered, Tenant, Whole, within_account


class TierHeld(Numbered, table=True):
    """The tier that a person, or (without one) the account, holds by points or by choice; a row each."""

    __tablename__ = "tier_held"
    __table_args__ = (
        within_account("person_id", "person"),
        Index("uq_tier_held_person", "account_id", "person_id", unique=True),
        Index(
            "uq_tier_held_account",
            "account_id",
            unique=True,
            sqlite_where=text("person_id IS NULL"),
            postgresql_where=text("person_id IS NULL"),
        ),
    )

    person_id: int | None = Field(default=None, sa_type=Whole)
    tier: str | None = Field(default=None, max_length=64)
    """By points; None: none (any more)."""
    since: dt.datetime = Field(sa_type=Instant)
    below_since: dt.date | None = None
    """The local day since which the points no longer reach it: grace counts from here."""
    told: bool = False
    """Whether notice was given of the step down that grace puts off."""
    chosen: str | None = Field(default=None, max_length=64)
    """What the account manager put in its place, for as long as that holds."""
    chosen_until: dt.date | None = None
    """The first local day on which the choice no longer holds; None: until it is taken back."""
    chosen_by: str | None = Field(default=None, max_length=64)
    reason: str | None = Field(default=None, sa_type=Text)


class TierReview(Tenant, table=True):
    """How far an account's tiers were looked at: up to which transfer, and on which local day all of them."""

    __tablename__ = "tier_review"

    transfer_id: int = Field(default=0, sa_type=Whole)
    day: dt.date | None = None
