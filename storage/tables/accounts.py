"""The vendor's clients."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Numeric
from sqlmodel import Field, SQLModel

from storage.tables.base import MODES, Instant, Tenant, Whole, one_of, rowless


class Account(SQLModel, table=True):
    """A client: a company whose people use the product."""

    __table_args__ = (one_of("mode", *MODES), CheckConstraint("serial >= 0", name="serial"))

    id: int | None = Field(default=None, sa_type=Whole, primary_key=True)
    key: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=150)
    timezone: str = Field(max_length=64)
    language: str = Field(default="en", max_length=16)
    mode: str = Field(default="team", max_length=8)
    cohort: str | None = Field(default=None, max_length=64)
    yearly_value: Decimal | None = Field(default=None, sa_type=Numeric(18, 2))
    invited: dt.date | None = None
    """Usage before this local date is counted without people and earns nothing; None: everything earns."""
    serial: int = Field(default=0, sa_type=Whole)
    """The last serial handed out: see `storage.account_lock`."""
    created_at: dt.datetime = Field(sa_type=Instant)


class UsageBefore(Tenant, table=True):
    """How much an account used the product on a day before it was invited: counts, no people."""

    __tablename__ = "usage_before"
    __table_args__ = rowless(CheckConstraint("events > 0", name="events"))

    local_day: dt.date = Field(primary_key=True)
    events: int = Field(sa_type=Whole)
