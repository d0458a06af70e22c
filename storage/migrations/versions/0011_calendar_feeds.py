"""Calendar feeds: the hashes of their secrets.

Revision: 0011
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant, tenant, whole, within

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    tenant(
        "calendar_feed",
        sa.Column("person_id", whole, autoincrement=False, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", instant, nullable=False),
        within("calendar_feed", "person_id", "person"),
        key=("person_id",),
    )
    op.create_index("ix_calendar_feed_secret_hash", "calendar_feed", ["secret_hash"])
