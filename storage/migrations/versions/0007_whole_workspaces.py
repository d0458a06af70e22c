"""Workspaces that mean an account as a whole; which membership is meant elsewhere; when members were looked at.

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant, tenant, whole

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    tenant(
        "workspace",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.UniqueConstraint("team_id", name="uq_workspace_team_id"),
    )
    op.add_column("member", sa.Column("looked_at", instant))
    op.add_column("member", sa.Column("meant", sa.Boolean(), nullable=False, server_default=sa.false()))
