"""Shapes that the tables' migrations share. What stands in one that ran elsewhere is never changed: add beside it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)


def tenant(name: str, *parts: Any, key: Sequence[str] = ("id",), **options: Any) -> None:
    """A client's table: its keys begin with the account."""
    op.create_table(
        name,
        sa.Column("account_id", whole, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("account_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=f"fk_{name}_account_id"),
        **options,
    )


def within(name: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """A reference to a row of the same client."""
    columns, targets = ["account_id", column], [f"{other}.account_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(columns, targets, name=f"fk_{name}_account_id_{column}")


def only(condition: str) -> dict[str, Any]:
    """A partial index, on either database."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
