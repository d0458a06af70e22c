"""Questions that are asked at every press: compiled once, and put to the driver itself.

Beside the expression language, for speed: on a short question it spends five times what the database does.
"""

from collections import namedtuple
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import BindParameter, Connection, Date, Dialect, Select, literal_column
from sqlalchemy.exc import NoResultFound
from sqlalchemy.sql.visitors import replacement_traverse
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

from storage.tenant_scope import connection_for, connection_for_all, connection_for_shared, uses_account_id

Values = dict[str, Any]


class PreparedSelect:
    """A SELECT whose parameters are single values, held to the session's scope.

    It uses a parameter `account_id`, or is the operator's; `shared`: it reads what belongs to no account.
    """

    def __init__(self, statement: Select[Any], *, shared: bool = False) -> None:
        self.statement = statement
        self.of_account = uses_account_id(statement)
        self.shared = shared
        self._compiled: dict[str, _Compiled] = {}

    def all(self, session: Session, values: Values) -> list[Any]:
        """Return the rows, as named tuples. Errors: `ScopeError`; SQLAlchemy's."""
        connection = self._connection(session, values)
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self.statement, dialect)
        try:
            return compiled.ask(connection, values)
        except compiled.error:
            # It fails once more, in SQLAlchemy's words; which gives up a connection that is broken.
            return list(connection.execute(self.statement, values))

    def first(self, session: Session, values: Values) -> Any:
        """Return the first row, None where there is none. Errors: as `all`."""
        return next(iter(self.all(session, values)), None)

    def one(self, session: Session, values: Values) -> Any:
        """Return the row there has to be. Errors: NoResultFound; as `all`."""
        row = self.first(session, values)
        if row is None:
            raise NoResultFound(f"nothing was found by {values}")
        return row

    def _connection(self, session: Session, values: Values) -> Connection:
        if self.of_account:
            return connection_for(session, values["account_id"])
        return connection_for_shared(session) if self.shared else connection_for_all(session)


class _Compiled:
    """The question in a dialect's words, with what turns values into the driver's and back."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled: Any = _with_its_constants(statement, dialect).compile(dialect=dialect)
        columns: Any = statement.selected_columns
        self.sql = str(compiled)
        self.error: type[Exception] = dialect.loaded_dbapi.Error
        self._order: Sequence[str] | None = compiled.positiontup
        binds = {name: compiled.binds[name] for name in compiled.params}
        converts = {name: _to_driver(bind.type, dialect) for name, bind in binds.items() if bind.required}
        self._to_driver = {name: convert for name, convert in converts.items() if convert}
        # The dialect's own, like an OFFSET that SQLite wants beside its LIMIT.
        self._added = {name: bind.value for name, bind in binds.items() if not bind.required}
        self._row: Any = namedtuple("Row", columns.keys())  # type: ignore[misc]  # noqa: PYI024 - by what is selected
        from_driver = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._changed = [(place, convert) for place, convert in enumerate(from_driver) if convert]
        self._straight = _by_libpq(self.sql, list(binds)) if dialect.name == "postgresql" else None

    def ask(self, connection: Connection, values: Values) -> list[Any]:
        given = self._parameters(values)
        lent: Any = connection.connection
        if self._straight is not None and lent.driver_connection.autocommit:  # else psycopg keeps the transaction
            rows = self._straight.ask(lent.driver_connection, lent.info.setdefault("prepared", set()), given)
        else:
            rows = _by_cursor(lent.cursor(), self.sql, given)
        return [self._named(row) for row in rows]

    def _parameters(self, values: Values) -> Any:
        if self._to_driver or self._added:
            converted = {name: convert(values[name]) for name, convert in self._to_driver.items()}
            values = values | self._added | converted
        return values if self._order is None else tuple(map(values.__getitem__, self._order))

    def _named(self, row: Sequence[Any]) -> Any:
        if not self._changed:
            return self._row._make(row)
        found = list(row)
        for place, convert in self._changed:
            found[place] = convert(found[place])
        return self._row._make(found)


def _by_libpq(sql: str, names: list[str]) -> Any:
    from storage.fast_reads.libpq import LibpqSelect  # noqa: PLC0415 - who has SQLite has no use for psycopg

    return LibpqSelect(sql, names)


def _by_cursor(cursor: Any, sql: str, given: Any) -> Sequence[Any]:
    try:
        cursor.execute(sql, given)
        return cast("Sequence[Any]", cursor.fetchall())
    finally:
        cursor.close()


def _to_driver(type_: TypeEngine[Any], dialect: Dialect) -> Any:
    convert = type_.dialect_impl(dialect).bind_processor(dialect)
    # The same few days are asked for all day.
    return lru_cache(maxsize=64)(convert) if convert and isinstance(type_, Date) else convert


def _with_its_constants(statement: Select[Any], dialect: Dialect) -> Select[Any]:
    """Return the statement with its constants written out.

    As parameters they would be sent each time, and PostgreSQL, planning once for all their values, would pass by every
    index that is for one of them alone.
    """
    compiler: Any = dialect.statement_compiler(dialect, None)

    def written(element: Any, **_options: Any) -> Any:
        # A percent sign means something to a driver; it stays a parameter.
        if isinstance(element, BindParameter) and not element.required and "%" not in str(element.value):
            return literal_column(compiler.render_literal_value(element.value, element.type), element.type)
        return None

    return cast("Select[Any]", replacement_traverse(statement, {}, written))
