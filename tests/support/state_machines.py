"""State machines that begin each time with a database as a migration leaves it."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.database import Database
from tests.conftest import empty


def run_on_fresh_databases(machine: Any, database: Database, folder: Path, *, examples: int, steps: int) -> None:
    """Run a machine, whose `database` is emptied before each example; a SQLite file is `laurels.db` in the folder."""
    file = folder / "laurels.db"
    clean = file.read_bytes() if database.is_sqlite else b""

    class OnThis(machine):  # type: ignore[misc]  # whichever machine it is
        def __init__(self) -> None:
            if database.is_sqlite:
                database.dispose()
                for suffix in ("-wal", "-shm"):
                    (folder / f"laurels.db{suffix}").unlink(missing_ok=True)
                file.write_bytes(clean)
            else:
                empty(database)
            self.database = database
            super().__init__()

    run_state_machine_as_test(
        OnThis,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
