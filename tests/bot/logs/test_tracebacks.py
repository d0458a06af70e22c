"""Errors are told without what they are about."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.logs.tracebacks import format_traceback
from storage.database import OPERATOR, Database


def tell(error: BaseException) -> str:
    return format_traceback((type(error), error, error.__traceback__))


def look_up(name: str) -> None:
    known: dict[str, int] = {}
    try:
        known[name]
    except KeyError as error:
        raise ValueError(f"{name} is unknown") from error


def test_an_error_says_where_and_what_kind_and_quotes_nobody() -> None:
    name = "Ania Nowak"
    with pytest.raises(ValueError, match="Nowak") as caught:
        look_up(name)
    said = tell(caught.value)
    assert said.splitlines()[-1] == "ValueError"
    assert "KeyError\nand then\n" in said
    assert f'File "{__file__}"' in said
    assert "Nowak" not in said.replace('match="Nowak"', "")


def test_what_the_machine_says_is_quoted() -> None:
    assert tell(ConnectionRefusedError(111, "Connection refused")) == (
        "ConnectionRefusedError: [Errno 111] Connection refused"
    )


def test_a_database_quotes_neither_rows_nor_parameters(database: Database) -> None:
    wrong = text("INSERT INTO account (key, name, timezone) VALUES (:key, 'Ania Nowak', 'UTC')")
    given = {"key": "ania@example.com"}
    with pytest.raises(DBAPIError) as caught:
        database.write(OPERATOR, lambda session: session.execute(wrong, given))
    assert "ania@example.com" in str(caught.value)
    said = tell(caught.value)
    assert "IntegrityError" in said
    assert "ania@example.com" not in said
    assert "Ania Nowak" not in said
