"""An account manager's name, language and clock, as Slack has them.

Revision: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("manager", sa.Column("name", sa.String(200)))
    op.add_column("manager", sa.Column("language", sa.String(16)))
    op.add_column("manager", sa.Column("timezone", sa.String(64)))
