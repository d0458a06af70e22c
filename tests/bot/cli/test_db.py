import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.cli import context
from storage import schema_revision
from storage.database import Database
from tests.bot.cli.shell import Ran, Shell

BAD_URL = (
    "LAURELS_DATABASE_URL is no address of a database that is known here: right is sqlite:///laurels.db or"
    " postgresql://user:password@host/name"
)

CLOSED = "the database cannot be opened: its folder is not there, or may not be written"
REFUSED = 'connection failed: connection to server at "127.0.0.1", port 1 failed: Connection refused'


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A folder without anything, and nothing set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LAURELS_DATABASE_URL", raising=False)
    return Shell(tmp_path, {})


def test_a_new_sqlite_file_is_made_by_itself_and_said(bare: Shell) -> None:
    assert bare.run("verify").err == ["Made a new database, sqlite:///laurels.db."]
    assert bare.run("verify").err == []
    assert bare.json("db", "current") == {
        "database": "sqlite:///laurels.db", "revision": schema_revision.head(), "newest": schema_revision.head(),
    }  # fmt: skip


def test_asking_where_there_is_no_file_makes_none(bare: Shell) -> None:
    says = "laurels.db is not there yet: the first command that needs it makes it"
    assert bare.run("db", "current") == Ran(2, [], [says])
    assert not Path("laurels.db").exists()


def test_an_empty_database_elsewhere_is_not_touched_before_it_is_asked_for(blank_url: str, bare: Shell) -> None:
    if blank_url.startswith("sqlite"):
        Path(blank_url.removeprefix("sqlite:///")).touch()
        assert bare.run("verify", LAURELS_DATABASE_URL=blank_url).code == 0
        return
    wants = f"the database has no tables of Laurels yet, wanted is {schema_revision.head()}: run `laurels db upgrade`"
    assert bare.run("verify", LAURELS_DATABASE_URL=blank_url) == Ran(2, [], [wants])
    assert bare.run("db", "current", LAURELS_DATABASE_URL=blank_url).code == 2
    assert bare.run("db", "upgrade", LAURELS_DATABASE_URL=blank_url).code == 0
    assert bare.run("db", "current", LAURELS_DATABASE_URL=blank_url).code == 0
    assert bare.run("verify", LAURELS_DATABASE_URL=blank_url).code == 0


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0001", f"the database is at revision 0001, wanted is {schema_revision.head()}: run `laurels db upgrade`"),
        ("9999", "the database was upgraded to revision 9999 by a newer Laurels: run that one"),
    ],
)
def test_an_outdated_or_newer_database_is_left_alone(both: Shell, database: Database, number: str, words: str) -> None:
    put_at(database, number)
    try:
        assert both.run("verify") == Ran(2, [], [words])
        assert both.run("programme", "history", "--json") == Ran(2, [], [words])
        assert (both.run("db", "current").code, both.run("db", "current").err) == (2, [words])
    finally:
        put_at(database, schema_revision.head())


def put_at(database: Database, number: str) -> None:
    """Let the database say that it is at this revision."""
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})


def test_somebody_elses_sqlite_file_is_left_alone(bare: Shell) -> None:
    with sqlite3.connect("laurels.db") as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    wants = f"the database has no tables of Laurels yet, wanted is {schema_revision.head()}: run `laurels db upgrade`"
    assert bare.run("verify") == Ran(2, [], [wants])


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("orbit", 2, BAD_URL),
        ("mysql://root@localhost/laurels", 2, BAD_URL),
        ("sqlite://", 2, BAD_URL),
        (
            "sqlite:////nowhere/at/all.db",
            1,
            f"{CLOSED}; LAURELS_DATABASE_URL says which",
        ),
        (
            "sqlite:///notes.txt",
            1,
            "the file is no SQLite database: move it away, or let LAURELS_DATABASE_URL name another",
        ),
        (
            "postgresql://ania:secret@localhost:1/laurels",
            1,
            f"the database cannot be reached ({REFUSED}): is it running, and is LAURELS_DATABASE_URL right?",
        ),
    ],
)
def test_a_database_that_is_not_there_says_what_to_do(bare: Shell, url: str, code: int, words: str) -> None:
    bare.file("notes.txt", "Buy milk. " * 100)
    ran = bare.run("verify", LAURELS_DATABASE_URL=url)
    assert (ran.code, ran.out) == (code, [])
    assert ran.err[-1].replace('"::1"', '"127.0.0.1"') == words


def test_a_locked_database_says_what_to_do(
    shell: Shell, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    file = shell.file("programme.yaml", "programme: {name: Orbit}\n")
    with sqlite_database.engine.begin():
        assert shell.run("programme", "apply", file) == Ran(
            1,
            [],
            ["another process is writing to the database and does not let go: wait for it, or stop it, then try again"],
        )
    assert shell.run("programme", "apply", file).code == 0


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line not wait for a lock."""

    class Impatient(Database):
        def __init__(self, url: str) -> None:
            super().__init__(url, sleep=lambda _seconds: None)
            event.listen(self.engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=0"))

    monkeypatch.setattr(context, "Database", Impatient)
