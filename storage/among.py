"""Whether a column's value is one of many: `IN` on SQLite, `= ANY` of one array on PostgreSQL.

There an `IN` would be another statement for each number of values, parsed and planned anew; SQLite needs to see how
many they are, else it thinks that it had better read the whole account.
"""

from typing import Any

from sqlalchemy import ARRAY, BindParameter, Column, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class among(FunctionElement[Any]):  # noqa: N801 - reads as a function: `among(table.c.person_id, "people")`
    """Whether a column's value is one of those that the parameter of this name lists."""

    # Without a type of its own: SQLAlchemy writes `= 1` behind a boolean on SQLite, and no index serves that.
    inherit_cache = True

    def __init__(self, column: Column[Any], name: str) -> None:
        # Numbers stand in the statement itself, which is quicker than a parameter each.
        number = column.type.python_type is int
        values: BindParameter[Any] = bindparam(name, type_=column.type, expanding=True, literal_execute=number)
        super().__init__(column, values)


@compiles(among)
def _in(element: Any, compiler: Any, **options: Any) -> str:
    column, values = element.clauses
    return str(compiler.process(column.in_(values), **options))


@compiles(among, "postgresql")
def _any(element: Any, compiler: Any, **options: Any) -> str:
    column, values = element.clauses
    array: BindParameter[Any] = bindparam(values.key, type_=ARRAY(column.type))
    return f"{compiler.process(column, **options)} = ANY({compiler.process(array, **options)})"
