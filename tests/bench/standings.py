"""Top 10 and one's own place: ours against the same rows by bare indexed SQL, with a short and a long ledger behind.

A client's 1,000 people, ten transfers each a day; the ledger is made inside SQLite, once, and kept in `.bench/`. One
transfer in twenty goes to the pool. `--small` has a tenth of the long ledger.
"""

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy.schema import CreateTable
from sqlmodel import Session, SQLModel

from leaderboards.boards import private_board
from leaderboards.periods import Frame, frame_of
from leaderboards.standings import place, top
from storage.database import Database

SHORT, LONG = 100_000, 10_000_000
ROUNDS = 300
FIRST_DAY = dt.date(2023, 1, 2)
A_DAY = 10_000
PERSON = 500
FOLDER = Path(".bench")

MAKE = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000;
BEGIN;
INSERT INTO account (id, key, name, timezone, language, mode, serial, created_at)
VALUES (1, 'northwind', 'Northwind', 'UTC', 'en', 'board', 0, '2023-01-01 00:00:00.000000'),
       (2, 'tailspin', 'Tailspin', 'UTC', 'en', 'board', 0, '2023-01-01 00:00:00.000000');
CREATE TEMP TABLE one AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n;
INSERT INTO person (account_id, id, external_id, name, role, owner, staff, excluded, created_at)
SELECT a.id, i, 'user-' || i, 'Person ' || i, 'user', 0, i % 97 = 0, 0, a.created_at FROM account a, one;
INSERT INTO member (account_id, person_id, enterprise_id, team_id, user_id, terms, joined_at, on_boards, celebrated)
SELECT a.id, i, '', 'T1', 'U' || a.id || '-' || i, '1', a.created_at, i % 10 > 0, 0 FROM account a, one;
INSERT INTO wallet (account_id, id, kind, person_id, balance, owed)
VALUES (1, 1, 'pool', NULL, 0, 0), (1, 2, 'issued', NULL, NULL, NULL);
INSERT INTO wallet (account_id, id, kind, person_id, balance, owed) SELECT 1, 1000 + i, 'person', i, 0, 0 FROM one;
INSERT INTO transfer (account_id, id, from_id, to_id, points, kind, person_id, cause_kind, cause_id, source_key, rule,
                      occurred_at, recorded_at, local_day, author, digest)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {transfers}),
     drawn AS (SELECT i, 1 + min((i * 2654435761 >> 7) % 1000, (i * 40503 >> 3) % 1000) AS person,
                      date('{first_day}', (i / {a_day}) || ' days') AS day FROM n)
SELECT 1, 10000 + i, 2, iif(i % 20, 1000 + person, 1), 1 + i % 19, 'earn', person, 'usage', i,
       CAST(printf('%016x', i) AS BLOB), 'report', day || ' 09:00:00.000000', day || ' 09:00:00.000000', day, 'bench',
       randomblob(32)
FROM drawn;
INSERT INTO score (account_id, period, start, person_id, points)
SELECT 1, 'day', local_day, person_id, sum(points) FROM transfer WHERE to_id > 1 GROUP BY local_day, person_id;
{rollups}
INSERT INTO score (account_id, period, start, person_id, points)
SELECT 2, period, start, person_id, points FROM score;
INSERT INTO team_score (account_id, period, start, points)
SELECT account_id, period, start, sum(points) FROM score GROUP BY account_id, period, start;
COMMIT;
"""
ROLLUP = """
INSERT INTO score (account_id, period, start, person_id, points)
SELECT 1, '{period}', {start} AS first, person_id, sum(points) FROM score
WHERE account_id = 1 AND period = 'day' GROUP BY first, person_id;
"""
STARTS = {
    "week": "date(start, '-6 days', 'weekday 1')",
    "month": "date(start, 'start of month')",
    "quarter": "date(start, 'start of month', '-' || ((strftime('%m', start) - 1) % 3) || ' months')",
    "year": "date(start, 'start of year')",
    "all": "'1970-01-01'",
}

WHO = """
FROM score s JOIN member m ON m.account_id = s.account_id AND m.person_id = s.person_id AND m.on_boards
JOIN person p ON p.account_id = s.account_id AND p.id = s.person_id
WHERE s.account_id = :account AND s.period = 'week' AND s.start = :start AND NOT p.staff AND NOT p.excluded
AND p.left_at IS NULL AND p.erased_at IS NULL
"""
BARE_TOP = f"SELECT p.external_id, p.name, s.points {WHO} AND s.points > 0 ORDER BY s.points DESC LIMIT 10"
BARE_OWN = """
SELECT points FROM score WHERE account_id = :account AND period = 'week' AND start = :start AND person_id = :person
"""
BARE_ABOVE = f"SELECT count(*), min(s.points) {WHO} AND s.points > :points"
BARE_REST = f"SELECT count(*) {WHO} AND s.points > 0 AND s.points <= :points"
BARE_TIED = f"SELECT count(*) {WHO} AND s.points = :points"


def main() -> None:
    """Make the ledgers where they are missing, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a long ledger of a million transfers, not ten")
    long = LONG // 10 if parser.parse_known_args()[0].small else LONG
    reads = {transfers: _measured(transfers) for transfers in (SHORT, long)}
    print(f"\n{'median, µs':<34}{'bare':>10}{'ours':>10}{'ours / bare':>14}{f'{long // SHORT} x the ledger':>20}")
    for name in reads[SHORT]:
        for transfers, found in reads.items():
            bare, ours = found[name]
            ratio = f"{ours / bare:.2f} x" if bare else ""
            grown = f"{ours / reads[SHORT][name][1]:.2f} x" if transfers > SHORT else ""
            print(f"{name:<22}{transfers:>12,}{bare or 0:>10,.0f}{ours:>10,.0f}{ratio:>14}{grown:>20}")


def _measured(transfers: int) -> dict[str, tuple[float, float]]:
    """Return the medians, in µs, of the bare SQL and of ours, by what was read."""
    database = _ledger(transfers)
    frame = frame_of("week", FIRST_DAY + dt.timedelta(days=transfers // A_DAY - 4))
    start = frame.span.start
    raw = database.engine.raw_connection()
    cursor = raw.cursor()
    which = {"account": 1, "start": start.isoformat(), "person": PERSON}
    compared = database.read(
        {1},
        lambda session: {
            "top 10": _in_turn(lambda: _bare_top(cursor, which), lambda: top(session, 1, "week", start, 10)),
            "own place": _in_turn(lambda: _bare_place(cursor, which), lambda: place(session, 1, "week", start, PERSON)),
        },
    )

    def bare_both() -> None:
        cursor.execute("BEGIN")
        _bare_top(cursor, which)
        _bare_place(cursor, which)
        cursor.execute("COMMIT")

    def both(session: Session) -> None:
        top(session, 1, "week", start, 10)
        place(session, 1, "week", start, PERSON)

    compared["both, one transaction"] = _in_turn(bare_both, lambda: database.read({1}, both))
    raw.close()
    return compared | database.read({1}, lambda session: _alone(session, frame))


def _alone(session: Session, frame: Frame) -> dict[str, tuple[float, float]]:
    """Return what has no floor of its own."""
    return {
        "a person's whole board": (0, _median(lambda: private_board(session, 1, PERSON, frame), ROUNDS)),
    }


def _bare_top(cursor: Any, which: dict[str, Any]) -> None:
    cursor.execute(BARE_TOP, which).fetchall()


def _bare_place(cursor: Any, which: dict[str, Any]) -> None:
    points = {**which, "points": cursor.execute(BARE_OWN, which).fetchone()[0]}
    _, better = cursor.execute(BARE_ABOVE, points).fetchone()
    cursor.execute(BARE_REST, points).fetchone()
    cursor.execute(BARE_TIED, {**which, "points": better}).fetchone()


def _in_turn(bare: Callable[[], object], ours: Callable[[], object]) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for read, taken in zip((bare, ours), times, strict=True):
            taken.append(_timed(read))
    return statistics.median(times[0]), statistics.median(times[1])


def _median(read: Callable[[], object], rounds: int) -> float:
    return statistics.median(_timed(read) for _ in range(rounds))


def _timed(read: Callable[[], object]) -> float:
    began = time.perf_counter_ns()
    read()
    return (time.perf_counter_ns() - began) / 1000


def _ledger(transfers: int) -> Database:
    """Return the database with so many transfers, made if there is none of today's tables yet."""
    FOLDER.mkdir(exist_ok=True)
    schema = "".join(str(CreateTable(table)) for table in SQLModel.metadata.sorted_tables)
    file = FOLDER / f"standings-{transfers}-{crc32((schema + MAKE).encode()):08x}.db"
    if not file.exists():
        began = time.perf_counter()
        _make(FOLDER / "making.db", transfers).rename(file)
        print(f"made {file}: {file.stat().st_size / 1e9:.1f} GB in {time.perf_counter() - began:.0f} s")
    return Database(f"sqlite:///{file}")


def _make(file: Path, transfers: int) -> Path:
    file.unlink(missing_ok=True)
    database = Database(f"sqlite:///{file}")
    SQLModel.metadata.create_all(database.engine)
    rollups = "".join(ROLLUP.format(period=period, start=start) for period, start in STARTS.items())
    connection = database.engine.raw_connection()
    connection.cursor().executescript(
        MAKE.format(transfers=transfers, first_day=FIRST_DAY, a_day=A_DAY, rollups=rollups)
    )
    connection.close()
    database.dispose()
    return file


if __name__ == "__main__":
    main()
