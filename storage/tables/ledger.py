"""The ledger: wallets, and the transfers between them. How it may be used stands in `storage/ledger.py`."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.base import Instant, Numbered, Tenant, Whole, one_of, rowless, within_account

PERSONAL = ("person", "person_held")
SHARED = ("pool", "pool_held", "issued", "redeemed", "expired")
UNCACHED = ("issued", "redeemed", "expired")
KINDS = ("earn", "adjust", "gift", "hold", "release", "capture", "expire", "reverse")


class Wallet(Numbered, table=True):
    """A place for points.

    The system's own (`issued`, `redeemed`, `expired`) keep no balance, so that none is a hot row.
    """

    __table_args__ = (
        within_account("person_id", "person"),
        one_of("kind", *PERSONAL, *SHARED),
        CheckConstraint("balance >= 0 AND owed >= 0 AND (balance = 0 OR owed = 0)", name="either"),
        CheckConstraint("(kind IN ('person', 'person_held')) = (person_id IS NOT NULL)", name="person"),
        CheckConstraint(
            "(kind IN ('issued', 'redeemed', 'expired')) = (balance IS NULL) AND (balance IS NULL) = (owed IS NULL)",
            name="cached",
        ),
        Index("uq_wallet_person", "account_id", "person_id", "kind", unique=True),
        Index(
            "uq_wallet_shared",
            "account_id",
            "kind",
            unique=True,
            sqlite_where=text("person_id IS NULL"),
            postgresql_where=text("person_id IS NULL"),
        ),
    )

    kind: str = Field(max_length=16)
    person_id: int | None = Field(default=None, sa_type=Whole)
    balance: int | None = Field(default=None, sa_type=Whole)
    owed: int | None = Field(default=None, sa_type=Whole)


class Transfer(Numbered, table=True):
    """Points that went from one wallet to another.

    Append-only: triggers refuse UPDATE and DELETE. `id` is the order of arrival.
    """

    __table_args__ = rowless(
        within_account("from_id", "wallet"),
        within_account("to_id", "wallet"),
        within_account("person_id", "person"),
        within_account("reverses_id", "transfer"),
        UniqueConstraint("account_id", "source_key"),
        Index(
            "uq_transfer_reverses",
            "account_id",
            "reverses_id",
            unique=True,
            sqlite_where=text("reverses_id IS NOT NULL"),
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
        Index("ix_transfer_person_rule", "account_id", "person_id", "rule", "once_key"),
        Index("ix_transfer_person_day", "account_id", "person_id", "local_day"),
        CheckConstraint("points > 0", name="points"),
        CheckConstraint("from_id <> to_id", name="ends"),
        CheckConstraint("(kind = 'reverse') = (reverses_id IS NOT NULL)", name="reverses"),
        one_of("kind", *KINDS),
    )

    from_id: int = Field(sa_type=Whole)
    to_id: int = Field(sa_type=Whole)
    points: int = Field(sa_type=Whole)
    kind: str = Field(max_length=8)
    person_id: int | None = Field(default=None, sa_type=Whole)
    """Whose act it was, also when the pool gets the points."""
    cause_kind: str = Field(max_length=16)
    cause_id: int = Field(sa_type=Whole)
    reverses_id: int | None = Field(default=None, sa_type=Whole)
    source_key: bytes
    version: int | None = Field(default=None, foreign_key="programme_version.number")
    rule: str | None = Field(default=None, max_length=64)
    once_key: bytes | None = None
    """Hash of the value that a rule with `once: {each: …}` paid for."""
    occurred_at: dt.datetime = Field(sa_type=Instant)
    recorded_at: dt.datetime = Field(sa_type=Instant)
    local_day: dt.date
    author: str = Field(max_length=64)
    digest: bytes
    """Of the row's other fields, in the canonical form of `storage.ledger.digest`."""


class TransferNote(Tenant, table=True):
    """A reason in words, beside its transfer, so that it can be erased."""

    __tablename__ = "transfer_note"
    __table_args__ = (within_account("transfer_id", "transfer"),)

    transfer_id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str = Field(sa_type=Text)
