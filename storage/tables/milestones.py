"""Milestones that were reached."""

import datetime as dt

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.tables.base import Instant, Numbered, Whole, within_account


class Reached(Numbered, table=True):
    """A milestone that a person, or (without one) the whole account, reached; once, ever."""

    __tablename__ = "milestone_reached"
    __table_args__ = (
        within_account("person_id", "person"),
        Index("uq_milestone_reached_person", "account_id", "milestone", "person_id", unique=True),
        Index(
            "uq_milestone_reached_team",
            "account_id",
            "milestone",
            unique=True,
            sqlite_where=text("person_id IS NULL"),
            postgresql_where=text("person_id IS NULL"),
        ),
        Index("ix_milestone_reached_person", "account_id", "person_id"),
    )

    milestone: str = Field(max_length=64)
    person_id: int | None = Field(default=None, sa_type=Whole)
    usage_id: int | None = Field(default=None, sa_type=Whole)
    """The usage event that completed it; None where an adjustment did, or where it was marked at apply."""
    version: int = Field(foreign_key="programme_version.number")
    occurred_at: dt.datetime = Field(sa_type=Instant)
    recorded_at: dt.datetime = Field(sa_type=Instant)
    announced: bool
    """Whether it was news: not where it was completed more than a day before it was recorded, or found at apply."""
