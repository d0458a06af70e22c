"""What usage is signed with.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant, whole

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "usage_secret",
        sa.Column("id", whole, nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("accounts", sa.JSON(none_as_null=True)),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("revoked_at", instant),
        sa.PrimaryKeyConstraint("id", name="pk_usage_secret"),
    )
