"""When a person first joined: it stays when they leave.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

from storage.migrations.helpers import instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("person", sa.Column("joined_at", instant))
    op.execute(
        "UPDATE person SET joined_at = (SELECT member.joined_at FROM member"
        " WHERE member.account_id = person.account_id AND member.person_id = person.id)"
    )
