"""What Alembic runs: the revisions, in the one transaction that `storage.migrate` opened."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from storage import tables
from storage.tables.base import Instant


def rendered(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Return how a draft writes our own types, so that a revision keeps its meaning when they change."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.Account.metadata,
    render_as_batch=True,
    render_item=rendered,
)
context.run_migrations()
