"""A Slack user, what Slack says of one, and how a row that names one is found."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, or_


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A Slack person: their home team, not the installation's. `enterprise_id` is empty outside an Enterprise Grid."""

    enterprise_id: str
    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackProfile:
    """A Slack user and what Slack says of them. `email` is verified, in lower case; `outsider`: a guest or a robot.

    `deleted`: switched off in Slack.
    """

    user: SlackUser
    name: str | None = None
    email: str | None = None
    language: str | None = None
    timezone: str | None = None
    outsider: bool = False
    deleted: bool = False


def is_slack_user(table: Any) -> Any:
    """Return the condition that a row of `table` names the user of the parameters of those names."""
    # A Slack user's id is the enterprise's where there is one, else the team's.
    return and_(
        table.c.user_id == bindparam("user_id"),
        table.c.enterprise_id == bindparam("enterprise_id"),
        or_(table.c.enterprise_id != "", table.c.team_id == bindparam("team_id")),
    )
