"""Several prepared questions put as one: one way to the database, and all answers as of the same moment."""

import datetime as dt
import json
from collections import namedtuple
from collections.abc import Callable
from typing import Any

from sqlalchemy import Boolean, Date, Integer, String, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Session

from storage.fast_reads.prepared_select import PreparedSelect, Values
from storage.tables.base import Instant

Convert = Callable[[Any], Any] | None


class CombinedSelect:
    """Questions by name. Each is of an account, or of what belongs to none; none is the operator's alone.

    Their columns are numbers, texts, truths, days and moments.
    """

    def __init__(self, **questions: PreparedSelect) -> None:
        if operators := [name for name, question in questions.items() if not (question.of_account or question.shared)]:
            raise ValueError(
                f"{operators} ask about all accounts; they are asked by themselves, in the operator's scope"
            )
        self._answers: Any = namedtuple("Answers", questions)  # type: ignore[misc]  # noqa: PYI024 - by what is asked
        self._readers = [_Reader(question) for question in questions.values()]
        self._all = PreparedSelect(
            select(
                *(
                    select(_Rows(*question.statement.subquery(name).c)).scalar_subquery().label(name)
                    for name, question in questions.items()
                )
            ),
            shared=all(question.shared for question in questions.values()),
        )

    def ask(self, session: Session, values: Values) -> Any:
        """Return the rows that each question finds, in its order, under its name; rows are named tuples.

        Errors: as `PreparedSelect.all`.
        """
        found = json.loads(f"[{','.join(self._all.one(session, values))}]")
        return self._answers._make([reader.rows(rows) for reader, rows in zip(self._readers, found, strict=True)])


class _Reader:
    """Makes a question's rows of the lists they came as."""

    def __init__(self, question: PreparedSelect) -> None:
        columns: Any = question.statement.selected_columns
        self._row: Any = namedtuple("Row", columns.keys())  # type: ignore[misc]  # noqa: PYI024 - by what is selected
        converts = [_from_json(column.type) for column in columns]
        self._changed = [(place, convert) for place, convert in enumerate(converts) if convert]

    def rows(self, found: list[list[Any]]) -> list[Any]:
        for row in found:
            for place, convert in self._changed:
                if row[place] is not None:
                    row[place] = convert(row[place])
        return [self._row._make(row) for row in found]


def _from_json(type_: TypeEngine[Any]) -> Convert:
    if isinstance(type_, Instant):
        return _instant
    match type_.impl_instance if isinstance(type_, TypeDecorator) else type_:
        case Date():
            return dt.date.fromisoformat
        case Boolean():
            return bool  # SQLite's are 0 and 1
        case Integer() | String():
            return None
    raise TypeError(f"no {type_!r} is read together with others: ask that question by itself")


def _instant(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    # SQLite keeps moments in UTC without saying so.
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


class _Rows(FunctionElement[str]):
    """All rows as one text: a JSON array of arrays, in the question's order."""

    type = String()
    inherit_cache = True


@compiles(_Rows, "sqlite")
def _on_sqlite(rows: _Rows, compiler: Any, **options: Any) -> str:
    return f"json_group_array(json_array({compiler.process(rows.clauses, **options)}))"


@compiles(_Rows, "postgresql")
def _on_postgresql(rows: _Rows, compiler: Any, **options: Any) -> str:
    # As text, which the driver would not read by itself. Of no rows there is no array.
    return f"coalesce(CAST(json_agg(json_build_array({compiler.process(rows.clauses, **options)})) AS text), '[]')"
