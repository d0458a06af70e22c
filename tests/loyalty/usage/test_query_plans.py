"""Usage is recorded without reading all that an account has on record: SQLite says how it would go about it."""

from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event

from storage.database import Database
from tests.support.usage import Earning, event

PROGRAMME = """
earn:
  - {key: report, event: Report Scheduled, points: 15, limit: {times: 200, per: month}}
  - {key: feature, event: Feature Used, points: 20, once: {each: feature}}
  - {key: first, event: Feature Used, points: 5, once: true}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool, cooldown: 1h}
milestones:
  - {key: hundred, when: {points: 100}, badge: Explorer}
  - {key: all-round, when: {distinct: 5, of: feature, event: Feature Used}, badge: All-rounder}
  - {key: century, when: {count: 100, of: Report Scheduled}, badge: Century}
  - {key: steady, when: {streak: 5}, badge: Steady}
  - {key: together, when: {team_points: 3000000}, says: "{account}"}
"""
NAMES = ("Report Scheduled", "Feature Used", "Dashboard Shared")


@pytest.mark.parametrize(("events", "people"), [(1, 1), (30, 1), (30, 10), (1_000, 200)])
def test_a_batch_reads_no_clients_whole_history(sqlite_database: Database, events: int, people: int) -> None:
    earning = Earning(sqlite_database)
    earning.under(PROGRAMME)
    read: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: Any) -> None:
        if not many and statement.startswith(("SELECT", "WITH")):
            read.append((statement, parameters))

    sqlalchemy_event.listen(sqlite_database.engine, "before_cursor_execute", note)
    earning.record([event(NAMES[n % 3], id=f"e{n}", by=f"p{n % people}", feature=f"f{n % 40}") for n in range(events)])
    sqlalchemy_event.remove(sqlite_database.engine, "before_cursor_execute", note)
    with sqlite_database.engine.connect() as connection:
        steps = {
            step.detail
            for statement, parameters in read
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        }
    assert [step for step in steps if step.startswith(("SEARCH usage_event", "SEARCH known"))] != []
    tables = ("transfer", "usage_event", "known", "paid", "reversal")
    of_history = [step for step in steps if step.startswith(tuple(f"SEARCH {name} " for name in tables))]
    assert [step for step in of_history if step.endswith("(account_id=?)")] == []
    assert [step for step in steps if step.startswith(tuple(f"SCAN {name}" for name in tables))] == []
