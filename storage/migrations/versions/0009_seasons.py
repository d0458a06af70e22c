"""Seasons: months opened anew.

Revision: 0009
"""

import sqlalchemy as sa

from storage.migrations.helpers import instant, tenant, whole

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    tenant(
        "season",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("name", sa.String(80)),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("opened_at", instant, nullable=False),
        sa.UniqueConstraint("account_id", "starts", name="uq_season_account_id_starts"),
    )
