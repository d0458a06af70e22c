"""What all tables share: names for constraints, types that mean the same twice, the client's mark on every row."""

from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Integer,
    Table,
    TypeDecorator,
)
from sqlalchemy.types import JSON
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# A table's rows are never validated by pydantic, so no validator is built: a fifth of a command's start.
SQLModel.model_config["defer_build"] = True

Whole = BigInteger().with_variant(Integer, "sqlite")
"""A whole number of 64 bits: SQLModel's `int` has 32 on PostgreSQL."""

Json = JSON(none_as_null=True)


def core(model: type[SQLModel]) -> Table:
    """Return a table as SQLAlchemy Core knows it, for statements that are put together once."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. A datetime without an offset is refused: it would mean something else on each machine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102 - theirs
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no offset; an instant is stored with one, datetime.now(UTC) for instance")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102 - theirs
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Tenant(SQLModel):
    """A row that belongs to one client.

    `id` is the account's own number, handed out by `storage.account_lock.next_ids`: rows are ordered by arrival within
    the account, a batch knows its ids before it goes in, and a copy of the account keeps them.
    """

    account_id: int = Field(sa_type=Whole, primary_key=True, foreign_key="account.id")


class Numbered(Tenant):
    """A client's row with a serial of its own."""

    id: int = Field(sa_type=Whole, primary_key=True, sa_column_kwargs={"autoincrement": False})


def within_account(columns: str, table: str) -> ForeignKeyConstraint:
    """A reference to a row of the same client: `within_account("person_id", "person")`.

    No other client's row can be meant.
    """
    return ForeignKeyConstraint(["account_id", columns], [f"{table}.account_id", f"{table}.id"])


def one_of(column: str, *values: str, optional: bool = False) -> CheckConstraint:
    """A CHECK that a text is one of a few words."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})" + (f" OR {column} IS NULL" if optional else ""), name=column)


def rowless(*args: Any) -> tuple[Any, ...]:
    """Table arguments for a table that is its own index on SQLite: rows lie in the order of their primary key."""
    return (*args, {"sqlite_with_rowid": False})


Mode = Literal["private", "team", "board"]
MODES: tuple[Mode, ...] = ("private", "team", "board")
