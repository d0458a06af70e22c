"""Many rows of one account in one statement: `executemany` on SQLite, one `unnest` on PostgreSQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Dialect, Table, TextClause, text
from sqlmodel import Session, SQLModel

Row = Mapping[str, Any]


def insert(session: Session, model: type[SQLModel], rows: Sequence[Row], *, on_conflict: str = "") -> None:
    """Insert rows that all have the same keys, `account_id` among them, the same in each.

    `on_conflict` is the rest of the statement, in SQL that both databases understand: `ON CONFLICT (…) DO …`.
    """
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[attr-defined]
    names = tuple(rows[0])
    dialect = session.get_bind().dialect
    columns = [table.c[name] for name in names]
    processors = [_processor(column, dialect) for column in columns]
    if dialect.name == "postgresql":
        given: dict[str, Any] = {"account_id": rows[0]["account_id"]}
        for name, process in zip(names, processors, strict=True):
            if name != "account_id":
                given[name] = [row[name] for row in rows] if process is None else [process(row[name]) for row in rows]
        session.execute(_unnest(table, names, on_conflict, dialect), given)
        return
    ready = [
        {
            name: value if process is None else process(value)
            for process, (name, value) in zip(processors, row.items(), strict=True)
        }
        for row in rows
    ]
    session.execute(_values(table, names, on_conflict), ready)


@lru_cache(maxsize=256)
def _processor(column: Column[Any], dialect: Dialect) -> Any:
    return column.type.dialect_impl(dialect).bind_processor(dialect)


@lru_cache(maxsize=256)
def _values(table: Table, names: tuple[str, ...], on_conflict: str) -> TextClause:
    marks = ", ".join(f":{name}" for name in names)
    return text(f"INSERT INTO {table.name} ({_quoted(names)}) VALUES ({marks}) {on_conflict}")  # noqa: S608 - our own names


@lru_cache(maxsize=256)
def _unnest(table: Table, names: tuple[str, ...], on_conflict: str, dialect: Dialect) -> TextClause:
    others = [name for name in names if name != "account_id"]
    arrays = ", ".join(f"CAST(:{name} AS {_type(table.c[name], dialect)}[])" for name in others)
    return text(
        f"INSERT INTO {table.name} (account_id, {_quoted(others)}) "  # noqa: S608 - our own names
        f"SELECT :account_id, * FROM unnest({arrays}) {on_conflict}"
    )


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _type(column: Column[Any], dialect: Dialect) -> str:
    name = column.type.compile(dialect)
    return "TEXT" if name.startswith("VARCHAR") else name
