"""Many rows of one account in one statement: `executemany` on SQLite, one `unnest` on PostgreSQL.

Beside the ORM and the expression language, for speed: a row costs a quarter of what it costs through them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, count
from typing import Any

from sqlalchemy import CursorResult, Date, Dialect, LargeBinary, Table
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

from storage.tables.base import Instant
from storage.tenant_scope import connection_for

Row = Mapping[str, Any]
Values = tuple[Any, ...]
Type = TypeEngine[Any]
Convert = Callable[[Any], Any]


def insert(session: Session, model: type[SQLModel], rows: Sequence[Row], *, on_conflict: str = "") -> None:
    """Insert rows that all have the same keys in the same order, the first of them `account_id`, the same in each.

    `on_conflict` is the rest of the statement, in SQL that both databases understand: `ON CONFLICT (…) DO …`.
    """
    if rows:
        insert_values(session, model, tuple(rows[0]), [tuple(row.values()) for row in rows], on_conflict=on_conflict)


def insert_values(
    session: Session, model: type[SQLModel], names: tuple[str, ...], rows: Sequence[Values], *, on_conflict: str = ""
) -> None:
    """Insert rows as `insert` does, each given as its values in the order of `names`."""
    if not rows:
        return
    account_id = rows[0][0]
    table: Table = model.__table__  # type: ignore[attr-defined]
    connection = connection_for(session, account_id)
    columns = _converted([table.c[name].type for name in names], rows, connection.dialect)
    if connection.dialect.name == "postgresql":
        statement = _unnest(table, names, on_conflict, connection.dialect)
        connection.exec_driver_sql(statement, dict(zip(names, columns, strict=True)) | {"account_id": account_id})
    else:
        connection.exec_driver_sql(_values(table, names, on_conflict), list(zip(*columns, strict=True)))


def execute(
    session: Session, account_id: int, types: Mapping[str, Type], given: Sequence[Values], statement: str
) -> CursorResult[*tuple[Any, ...]]:
    """Return what comes of `statement`, which finds what is `given` (one row at least) as a table of that name.

    Its columns are `account_id` and those of `types`. Each row is sought by itself, along an index: of a thousand
    values in an `IN`, SQLite thinks that it had better read the whole account. Values come back as the driver has them.
    """
    connection = connection_for(session, account_id)
    columns = list(_converted(types.values(), given, connection.dialect))
    parameters: Any
    if connection.dialect.name == "postgresql":
        # Never the same text twice, so that psycopg does not prepare it: a plan made while the table was small reads
        # all of it, and would stay until the table is analysed.
        rows = f"/* {next(_texts)} */ %(account_id)s::bigint, * FROM unnest({_arrays(types, connection.dialect)})"
        parameters = dict(zip(types, columns, strict=True)) | {"account_id": account_id}
    else:
        marks = f"({', '.join('?' for _ in types)})"
        rows = f"?, * FROM (VALUES {', '.join([marks] * len(given))})"
        parameters = (account_id, *chain.from_iterable(zip(*columns, strict=True)))
    # Only our own names are put into it.
    names = _quoted(["account_id", *types])
    return connection.exec_driver_sql(f"WITH given ({names}) AS (SELECT {rows}) {statement}", parameters)


_texts = count(1)


def _converted(types: Iterable[Type], rows: Sequence[Values], dialect: Dialect) -> Iterable[list[Any]]:
    """Return the rows' columns, as the driver wants them."""
    for type_, values in zip(types, zip(*rows, strict=True), strict=True):
        convert = _converter(type_, dialect)
        yield list(values if convert is None else map(convert, values))


@lru_cache(maxsize=256)
def _converter(type_: Type, dialect: Dialect) -> Convert | None:
    if isinstance(type_, LargeBinary):
        return None
    if dialect.name == "sqlite":
        # As SQLAlchemy writes them, at a fifth of the time.
        if isinstance(type_, Instant):
            return _instant
        if isinstance(type_, Date):
            return _day
    return type_.dialect_impl(dialect).bind_processor(dialect)


# Often many rows share one value: the moment of recording, the local day.
@lru_cache(maxsize=4096)
def _instant(value: dt.datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no offset; an instant is stored with one, datetime.now(UTC) for instance")
    return value.astimezone(dt.UTC).isoformat(" ", "microseconds")[:26]


@lru_cache(maxsize=4096)
def _day(value: dt.date | None) -> str | None:
    return None if value is None else value.isoformat()


@lru_cache(maxsize=256)
def _values(table: Table, names: tuple[str, ...], on_conflict: str) -> str:
    marks = ", ".join("?" for _ in names)
    return f"INSERT INTO {table.name} ({_quoted(names)}) VALUES ({marks}) {on_conflict}"  # noqa: S608 - our own names


@lru_cache(maxsize=256)
def _unnest(table: Table, names: tuple[str, ...], on_conflict: str, dialect: Dialect) -> str:
    types = {name: table.c[name].type for name in names[1:]}
    return (
        f"INSERT INTO {table.name} ({_quoted(names)}) "  # noqa: S608 - our own names
        f"SELECT %(account_id)s::bigint, * FROM unnest({_arrays(types, dialect)}) {on_conflict}"
    )


def _arrays(types: Mapping[str, Type], dialect: Dialect) -> str:
    return ", ".join(f"%({name})s::{_written(type_, dialect)}[]" for name, type_ in types.items())


def _written(type_: Type, dialect: Dialect) -> str:
    name = type_.compile(dialect)
    return "TEXT" if name.startswith("VARCHAR") else name


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
