"""What was used, as it arrived."""

import datetime as dt
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Instant, Json, Numbered, Tenant, Whole, one_of, rowless, within_account


class Usage(Numbered, table=True):
    """A usage event that was recorded. `id` is the order of arrival."""

    __tablename__ = "usage_event"
    __table_args__ = rowless(
        within_account("person_id", "person"),
        UniqueConstraint("account_id", "source_key"),
        Index("ix_usage_event_account_id_person_id_name", "account_id", "person_id", "name"),
        one_of("door", "command", "api", "laurels"),
    )

    source_key: bytes
    """Hash of source and message id: the same event twice is one event."""
    body: bytes
    """Digest of name, person, instant and properties: the same id with another body is refused."""
    person_id: int | None = Field(default=None, sa_type=Whole)
    """None: before the account was invited, or erased."""
    name: str | None = Field(default=None, max_length=200)
    occurred_at: dt.datetime = Field(sa_type=Instant)
    local_day: dt.date
    recorded_at: dt.datetime = Field(sa_type=Instant)
    door: str = Field(max_length=8)
    """laurels: an event of Laurels' own, which is no usage."""
    version: int = Field(foreign_key="programme_version.number")
    properties: dict[str, Any] | None = Field(default=None, sa_type=Json)


class DistinctValue(Tenant, table=True):
    """A property's value that a person has used, hashed: for milestones that count distinct ones."""

    __tablename__ = "distinct_value"
    __table_args__ = rowless(within_account("person_id", "person"))

    person_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    event: str = Field(primary_key=True, max_length=200)
    property: str = Field(primary_key=True, max_length=200)
    value_hash: bytes = Field(primary_key=True)
