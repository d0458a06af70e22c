"""What is to be said in Slack.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant, only, tenant, whole, within

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    tenant(
        "outbox",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("enterprise_id", sa.String(32), nullable=False),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(32)),
        sa.Column("user_id", sa.String(32)),
        sa.Column("person_id", whole),
        sa.Column("category", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.Column("good_until", instant, nullable=False),
        sa.Column("claimed_until", instant),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(200)),
        sa.Column("ts", sa.String(32)),
        sa.Column("file_id", sa.String(32)),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("settled_at", instant),
        sa.UniqueConstraint("account_id", "key", name="uq_outbox_account_id_key"),
        within("outbox", "person_id", "person"),
        sa.CheckConstraint("category IN ('answer', 'news', 'nudge')", name=op.f("ck_outbox_category")),
        sa.CheckConstraint(
            "state IN ('waiting', 'attempting', 'sent', 'unknown', 'dropped')", name=op.f("ck_outbox_state")
        ),
        sa.CheckConstraint("(channel_id IS NULL) <> (user_id IS NULL)", name=op.f("ck_outbox_target")),
    )
    waiting, attempting, nudges = only("state = 'waiting'"), only("state = 'attempting'"), only("category = 'nudge'")
    op.create_index("ix_outbox_waiting", "outbox", ["enterprise_id", "team_id", "due_at"], **waiting)
    op.create_index("ix_outbox_attempting", "outbox", ["claimed_until"], **attempting)
    op.create_index("ix_outbox_person", "outbox", ["account_id", "person_id", "due_at"], **nudges)
