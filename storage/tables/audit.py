"""Who decided what, when: surrogate ids only, append-only."""

import datetime as dt
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.base import Instant, Json, Whole


class AuditEntry(SQLModel, table=True):
    """One decision. Append-only: triggers refuse UPDATE and DELETE."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_account_id_at", "account_id", "at"),)

    id: int | None = Field(default=None, sa_type=Whole, primary_key=True)
    account_id: int | None = Field(default=None, sa_type=Whole, foreign_key="account.id")
    """None: the operator's, over all accounts."""
    at: dt.datetime = Field(sa_type=Instant)
    author: str = Field(max_length=64)
    action: str = Field(max_length=64)
    details: dict[str, Any] = Field(sa_type=Json)
