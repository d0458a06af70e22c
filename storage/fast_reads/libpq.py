"""Questions put to PostgreSQL by its own library: what a cursor does beside each of them takes four times as long.

psycopg.org/psycopg3/docs/api/pq.html
"""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus

_numbers = count(1)


class LibpqSelect:
    """A SELECT with `%(name)s` for its parameters, prepared once on each connection it is put on."""

    def __init__(self, sql: str, names: Sequence[str]) -> None:
        self._name = f"laurels_{next(_numbers)}".encode()
        self._names = tuple(names)
        self._sql = (sql % {name: f"${at}" for at, name in enumerate(names, 1)}).encode()

    def ask(self, connection: Connection[Any], prepared: set[bytes], values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows; `prepared` is what the connection knows already.

        Raises OperationalError where PostgreSQL answers with anything else, whatever that is; TypeError for a value
        that is no number, text, truth, day or moment.
        """
        server = connection.pgconn
        given: Any = [_written(values[name]) for name in self._names]
        if self._name not in prepared:
            answer = server.prepare(self._name, self._sql)
            if answer.status != ExecStatus.COMMAND_OK:
                raise OperationalError(answer.error_message.decode(errors="replace"))
            prepared.add(self._name)
        result = server.exec_prepared(self._name, given)
        if result.status != ExecStatus.TUPLES_OK:
            # It may be that the connection knows the question no more, or that a table is another by now.
            prepared.discard(self._name)
            raise OperationalError(result.error_message.decode(errors="replace"))
        reading = Transformer(connection)
        reading.set_pgresult(result)
        return reading.load_rows(0, result.ntuples, tuple)


def _written(value: Any) -> bytes | None:
    """Return a value as PostgreSQL reads it; None is NULL."""
    if value is None:
        return None
    if isinstance(value, str | int | date):  # a truth is a number, a moment a day
        return str(value).encode()
    raise TypeError(f"{value!r} is put to PostgreSQL by a cursor, not as text")
