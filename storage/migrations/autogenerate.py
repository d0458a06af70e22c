"""Draft the next revision from what the tables say and the migrations do not: `make migration does="adds a column"`."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.database import Database
from storage.migrate import configuration, upgrade
from storage.schema_revision import head


def draft(does: str) -> None:
    """Write the next file in versions/, to be read and put right by hand."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'draft.db'}")
        upgrade(database)
        with database.engine.begin() as connection:
            number = f"{int(head()) + 1:04}"
            command.revision(configuration(connection), message=does, autogenerate=True, rev_id=number)
        database.dispose()


if __name__ == "__main__":
    draft(sys.argv[1])
