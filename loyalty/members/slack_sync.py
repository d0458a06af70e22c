"""Keeping up with what Slack says of a member: their language and clock, and whether they are still there.

Slack tells every change of everybody by `user_change`, each status and huddle among them; so members are looked at
instead: when they join, once a day when they speak, and the others once a week.
"""

import datetime as dt

from sqlmodel import Session, col, select

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.rewards.redemption_refunds import cancel_redemptions
from storage.tables import Member, Person

AUTHOR = "slack"
"""As the audit names it: Slack said that somebody was switched off."""
REFRESH_AFTER_ACTION = dt.timedelta(days=1)
REFRESH_AFTER_SILENCE = dt.timedelta(days=7)


def is_refresh_due(looked_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Return whether a member who speaks is to be looked at again."""
    return looked_at is None or now - looked_at >= REFRESH_AFTER_ACTION


def members_to_refresh(session: Session, *, now: dt.datetime, most: int) -> list[SlackUser]:
    """Return members who were not looked at for a week, longest ago first. Wants the operator's scope."""
    never = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    query = (
        select(col(Member.enterprise_id), col(Member.team_id), col(Member.user_id), col(Member.looked_at))
        .join(Person, (col(Person.account_id) == Member.account_id) & (col(Person.id) == Member.person_id))
        .where(col(Person.left_at).is_(None))
        .where(col(Member.looked_at).is_(None) | (col(Member.looked_at) <= now - REFRESH_AFTER_SILENCE))
    )
    rows = sorted(session.exec(query), key=lambda row: row[3] or never)
    return list(dict.fromkeys(SlackUser(*row[:3]) for row in rows))[:most]


def record_profile(session: Session, profile: SlackProfile, *, now: dt.datetime) -> int:
    """Take over what Slack says of somebody, in each account they are a member of; return in how many.

    Who was switched off in Slack has left: they rank nowhere and are celebrated no more, and what they asked for and
    did not get yet is cancelled; who is back is back. Wants the operator's scope.
    """
    user = profile.user
    query = (
        select(Member, Person)
        .join(Person, (col(Person.account_id) == Member.account_id) & (col(Person.id) == Member.person_id))
        .where(col(Member.enterprise_id) == user.enterprise_id, col(Member.user_id) == user.user_id)
    )
    query = query if user.enterprise_id else query.where(col(Member.team_id) == user.team_id)
    rows = session.exec(query.order_by(col(Member.account_id))).all()
    for member, person in rows:
        member.slack_language = profile.language or member.slack_language
        member.slack_timezone = profile.timezone or member.slack_timezone
        member.looked_at = now
        if profile.deleted and person.left_at is None:
            cancel_redemptions(session, member.account_id, person.id, author=AUTHOR, now=now)
        person.left_at = (person.left_at or now) if profile.deleted else None
        session.add_all((member, person))
    session.flush()
    return len(rows)
