"""Questions that are asked at every press: compiled once, and put to the driver itself.

Beside the expression language, for speed: on a short question it spends five times what the database does.
"""

from collections import namedtuple
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from storage.scope import connection_for, connection_for_all, connection_for_shared, uses_account_id

Values = dict[str, Any]


class Prepared:
    """A SELECT whose parameters are single values, held to the session's scope.

    It uses a parameter `account_id`, or is the operator's; `shared`: it reads what belongs to no account.
    """

    def __init__(self, statement: Select[Any], *, shared: bool = False) -> None:
        self.statement = statement
        self._of_account = uses_account_id(statement)
        self._shared = shared
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
        if self._of_account:
            return connection_for(session, values["account_id"])
        return connection_for_shared(session) if self._shared else connection_for_all(session)


class _Compiled:
    """The question in a dialect's words, with what turns values into the driver's and back."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        columns: Any = statement.selected_columns
        self.sql = str(compiled)
        self.error: type[Exception] = dialect.loaded_dbapi.Error
        self._order: Sequence[str] | None = compiled.positiontup
        binds = {name: compiled.binds[name] for name in compiled.params}
        to_driver = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        self._to_driver = {name: convert for name, convert in to_driver.items() if convert and binds[name].required}
        self._constants = {
            name: convert(binds[name].value) if convert else binds[name].value
            for name, convert in to_driver.items()
            if not binds[name].required
        }
        self._row: Any = namedtuple("Row", columns.keys())  # type: ignore[misc]  # noqa: PYI024 - by what is selected
        from_driver = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._changed = [(place, convert) for place, convert in enumerate(from_driver) if convert]

    def ask(self, connection: Connection, values: Values) -> list[Any]:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self.sql, self._parameters(values))
            return [self._named(row) for row in cursor.fetchall()]
        finally:
            cursor.close()

    def _parameters(self, values: Values) -> Any:
        parameters = self._constants | values
        for name, convert in self._to_driver.items():
            parameters[name] = convert(parameters[name])
        return parameters if self._order is None else tuple(map(parameters.__getitem__, self._order))

    def _named(self, row: Sequence[Any]) -> Any:
        if not self._changed:
            return self._row._make(row)
        found = list(row)
        for place, convert in self._changed:
            found[place] = convert(found[place])
        return self._row._make(found)
