"""Messages of webinars on their way into the outbox: to an account's channels, to members, to the organizer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from loyalty.notifications.contact_policy import quiet_hours_end
from loyalty.notifications.recipients import Recipient, recipient
from loyalty.programme.versions import in_force
from loyalty.webinars.outbox.kinds import CHANGE_KIND, INVITATION_CHANGED_KIND, INVITATION_KIND
from storage import outbox
from storage.outbox import WAITING, Category, OutboxMessage, Workspace
from storage.tables import Channel, Outgoing, Webinar, WebinarRsvp

AT_ONCE_WITHIN = dt.timedelta(hours=24)
"""A change is told at once where the old or the new start is so near; else when it is loud where they are."""
_NO_ROWS_HERE = {"synchronize_session": False}


def bound_channels(session: Session, account_id: int) -> Sequence[Channel]:
    """Return an account's channels, oldest first."""
    return session.exec(select(Channel).where(col(Channel.account_id) == account_id).order_by(col(Channel.id))).all()


def channel_messages(session: Session, account_id: int, row: Webinar, now: dt.datetime) -> list[OutboxMessage]:
    """Return an invitation for each of an account's channels."""
    return [
        OutboxMessage(
            key=f"{INVITATION_KIND}/{row.key}/{channel.id}",
            kind=INVITATION_KIND,
            category="news",
            workspace=Workspace(channel.enterprise_id, channel.team_id),
            channel_id=channel.channel_id,
            subject={"webinar": row.key},
            due_at=now,
            good_until=row.ends_at,
        )
        for channel in bound_channels(session, account_id)
    ]


def to_member(
    to: Recipient,
    person_id: int,
    row: Webinar,
    kind: str,
    part: str = "",
    *,
    category: Category = "answer",
    due_at: dt.datetime,
    good_until: dt.datetime,
    subject: Mapping[str, Any] | None = None,
) -> OutboxMessage:
    """Return a direct message to a member; `part` is what tells several of one kind apart."""
    return OutboxMessage(
        key=f"{kind}/{row.key}/{part}{'/' if part else ''}p{person_id}",
        kind=kind,
        category=category,
        workspace=to.workspace,
        user_id=to.user_id,
        person_id=person_id,
        subject={"webinar": row.key, "person": person_id, **(subject or {})},
        due_at=due_at,
        good_until=good_until,
    )


def put_to_member(
    session: Session, account_id: int, person_id: int, row: Webinar, kind: str, part: str = "", **more: Any
) -> bool:
    """Put a direct message into the outbox and return whether it is new; not where they have not joined."""
    to = recipient(session, account_id, person_id)
    if to is None:
        return False
    now = more.pop("now")
    message = to_member(to, person_id, row, kind, part, **{"due_at": now, "good_until": row.ends_at, **more})
    return outbox.put_message(session, account_id, [message], now=now) > 0


def update_invitations(session: Session, account_id: int, row: Webinar, why: str, *, now: dt.datetime) -> None:
    """Let what was posted of a webinar in an account change: in its channels, and in direct messages."""
    posted = select(Outgoing).where(
        col(Outgoing.account_id) == account_id,
        col(Outgoing.kind) == INVITATION_KIND,
        col(Outgoing.key).startswith(f"{INVITATION_KIND}/{row.key}/", autoescape=True),
        col(Outgoing.state) != "dropped",
    )
    words = [
        OutboxMessage(
            key=f"{INVITATION_CHANGED_KIND}/{message.key.removeprefix(INVITATION_KIND + '/')}/{why}",
            kind=INVITATION_CHANGED_KIND,
            category="answer",
            workspace=Workspace(message.enterprise_id, message.team_id),
            channel_id=message.channel_id,
            user_id=message.user_id,
            person_id=message.person_id,
            subject={"webinar": row.key, "of": message.key, "person": message.person_id},
            due_at=now,
            good_until=max(row.ends_at, now) + dt.timedelta(days=7),
        )
        for message in session.exec(posted.order_by(col(Outgoing.id)))
    ]
    outbox.put_message(session, account_id, words, now=now)


def tell_change(
    session: Session, account_id: int, row: Webinar, changed: Sequence[str], *, old_start: dt.datetime, now: dt.datetime
) -> int:
    """Tell an account's people who answered what is another now, and return how many are told.

    What of an earlier change was not said yet is said with it.
    """
    told = 0
    near = min(abs(old_start - now), abs(row.starts_at - now)) <= AT_ONCE_WITHIN
    contact = in_force(session).programme.contact
    for person_id in answered(session, account_id, row.key):
        to = recipient(session, account_id, person_id)
        if to is None:
            continue
        due_at = now if near else quiet_hours_end(contact, now, ZoneInfo(to.timezone))
        unsaid = _take_unsaid(session, account_id, row.key, person_id, now)
        subject = {"changed": list(dict.fromkeys([*unsaid, *changed])), "sequence": row.sequence}
        until = max(row.ends_at, due_at + dt.timedelta(days=1))
        message = to_member(
            to, person_id, row, CHANGE_KIND, str(row.sequence), due_at=due_at, good_until=until, subject=subject
        )
        told += outbox.put_message(session, account_id, [message], now=now)
    return told


def answered(session: Session, account_id: int, key: str) -> Sequence[int]:
    """Return who of an account answered going, maybe or waits, by id."""
    wanted = select(WebinarRsvp.person_id).where(
        col(WebinarRsvp.account_id) == account_id,
        col(WebinarRsvp.webinar) == key,
        col(WebinarRsvp.answer).in_(("going", "maybe", "waitlisted")),
    )
    return session.exec(wanted.order_by(col(WebinarRsvp.person_id))).all()


def _take_unsaid(session: Session, account_id: int, key: str, person_id: int, now: dt.datetime) -> list[str]:
    waiting = select(Outgoing).where(
        col(Outgoing.account_id) == account_id,
        col(Outgoing.person_id) == person_id,
        col(Outgoing.kind) == CHANGE_KIND,
        col(Outgoing.key).startswith(f"{CHANGE_KIND}/{key}/", autoescape=True),
        WAITING,
    )
    found: list[str] = []
    for message in session.exec(waiting.order_by(col(Outgoing.id)).with_for_update()).all():
        found += message.subject["changed"]
        message.state, message.reason, message.settled_at = "dropped", "changed again meanwhile", now
    session.flush()
    return found


def drop_waiting(session: Session, account_id: int, key: str, kinds: Sequence[str], reason: str) -> None:
    """Let what waits to be said of a webinar in an account go unsaid."""
    for kind in kinds:
        own = (
            col(Outgoing.account_id) == account_id,
            col(Outgoing.kind) == kind,
            col(Outgoing.key).startswith(f"{kind}/{key}/", autoescape=True),
            WAITING,
        )
        changes = update(Outgoing).where(*own).values(state="dropped", reason=reason)
        session.exec(changes, execution_options=_NO_ROWS_HERE)
