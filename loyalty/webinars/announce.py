"""A webinar is announced, now or at a set time: its invitations go into the outbox."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.notifications.recipients import recipient
from loyalty.webinars.audience.budget import members_reached
from loyalty.webinars.audience.people import audience_of, invited_accounts, invited_people
from loyalty.webinars.details import Reach, WebinarDetails
from loyalty.webinars.errors import InPastError, NobodyInvitedError, WrongStateError
from loyalty.webinars.outbox.kinds import INVITATION_KIND
from loyalty.webinars.outbox.rows import bound_channels, channel_messages, to_member
from loyalty.webinars.rows import (
    OPEN_STATES,
    audit_webinar,
    details_of,
    find_webinar,
    lock_webinar,
    state_of,
    write_webinar,
)
from storage import outbox
from storage.account_lock import lock_account
from storage.tables import Webinar, WebinarRsvp


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInvitation:
    """How an account hears of a webinar, as of now.

    `reach` is how it really goes: by direct messages where there is no channel. `invited`: people; `now` and `later`:
    how many direct messages leave now, and only in a later week because of their budget; `not_reached`: how many have
    not joined, so that no direct message can go. `languages`: those in which it will be read.
    """

    account_id: int
    account: str
    name: str
    reach: Reach
    invited: int
    now: int = 0
    later: int = 0
    not_reached: int = 0
    languages: tuple[str, ...] = ()


def invitations(session: Session, key: str, *, now: dt.datetime) -> tuple[AccountInvitation, ...]:
    """Return how each account would hear of a webinar, by the account's name: for the preview, nothing is written.

    Wants the operator's scope. Errors: `NoSuchWebinarError`.
    """
    find_webinar(session, key)
    found = [_invitation(session, account_id, key, now) for account_id in invited_accounts(session, key)]
    return tuple(sorted(found, key=lambda each: (each.name, each.account_id)))


def _invitation(session: Session, account_id: int, key: str, now: dt.datetime) -> AccountInvitation:
    account, people = by_id(session, account_id), invited_people(session, account_id, key, now=now)
    facts = {"account_id": account_id, "account": account.key, "name": account.name, "invited": len(people)}
    if goes_to_channel(session, account_id, key):
        return AccountInvitation(reach="channel", languages=(account.language,), **facts)  # type: ignore[arg-type]
    reached = members_reached(session, account_id, people, now=now)
    return AccountInvitation(
        reach="direct",
        now=reached.now,
        later=reached.later,
        not_reached=len(people) - reached.now - reached.later,
        languages=reached.languages,
        **facts,  # type: ignore[arg-type]
    )


def goes_to_channel(session: Session, account_id: int, key: str) -> bool:
    """Return whether an account hears of a webinar in its channels: the whole is invited so, and it has one."""
    audience = audience_of(session, account_id, key)
    in_channel = audience is not None and audience.reach == "channel" and audience.whole
    return in_channel and bool(bound_channels(session, account_id))


def announce_webinar(session: Session, key: str, *, author: str, now: dt.datetime) -> WebinarDetails:
    """Announce a draft, or what was scheduled, now: invitations go into the outbox, and answers are taken.

    What is announced already stays so. Wants the operator's scope. Errors: `NoSuchWebinarError`, `WrongStateError`,
    `InPastError`, `NobodyInvitedError`.
    """
    row = lock_webinar(session, key)
    if state_of(row, now) in OPEN_STATES:
        return details_of(session, row, now)
    _check_can_announce(session, row, now)
    row = write_webinar(session, row, state="announced", send_at=None, announced_at=now)
    for account_id in invited_accounts(session, key):
        lock_account(session, account_id)
        put_invitations(session, account_id, row, now=now)
    audit_webinar(session, key, "announce", author, now)
    return details_of(session, row, now)


def _check_can_announce(session: Session, row: Webinar, now: dt.datetime) -> None:
    if row.state not in {"draft", "scheduled"}:
        raise WrongStateError(row.key, state_of(row, now), ("draft", "scheduled"))
    if row.starts_at <= now:
        raise InPastError(row.starts_at, now)
    if not any(_somebody(session, account_id, row.key, now) for account_id in invited_accounts(session, row.key)):
        raise NobodyInvitedError(f"nobody is invited to `{row.key}`: name at least one account")


def _somebody(session: Session, account_id: int, key: str, now: dt.datetime) -> bool:
    """Return whether somebody of an account is invited; of a whole account also those who are not known yet."""
    audience = audience_of(session, account_id, key)
    return audience is not None and (audience.whole or bool(invited_people(session, account_id, key, now=now)))


def put_invitations(session: Session, account_id: int, row: Webinar, *, now: dt.datetime) -> int:
    """Put an account's invitations into the outbox, and return how many are new; the account's lock is the caller's."""
    if goes_to_channel(session, account_id, row.key):
        return outbox.put_message(session, account_id, channel_messages(session, account_id, row, now), now=now)
    messages = []
    for person_id in invited_people(session, account_id, row.key, now=now):
        to = recipient(session, account_id, person_id)
        known = session.get(WebinarRsvp, (account_id, row.key, person_id))
        if to is None or (known is not None and known.invited_at is not None):
            continue
        known = known or WebinarRsvp(account_id=account_id, webinar=row.key, person_id=person_id)
        known.invited_at = now
        session.add(known)
        messages.append(
            to_member(to, person_id, row, INVITATION_KIND, category="nudge", due_at=now, good_until=row.starts_at)
        )
    session.flush()
    return outbox.put_message(session, account_id, messages, now=now)


def schedule_announcement(
    session: Session, key: str, send_at: dt.datetime, *, author: str, now: dt.datetime
) -> WebinarDetails:
    """Let a draft be announced at a later moment, before its start; the schedule asks `announcements_due`.

    Wants the operator's scope. Errors: as `announce_webinar`; `InPastError` where `send_at` is past, or not before the
    start.
    """
    row = lock_webinar(session, key)
    _check_can_announce(session, row, now)
    if not now < send_at < row.starts_at:
        raise InPastError(send_at, now)
    row = write_webinar(session, row, state="scheduled", send_at=send_at)
    audit_webinar(session, key, "schedule", author, now)
    return details_of(session, row, now)


def unschedule_announcement(session: Session, key: str, *, author: str, now: dt.datetime) -> WebinarDetails:
    """Make a draft again of what was to be announced later. Errors: `NoSuchWebinarError`, `WrongStateError`."""
    row = lock_webinar(session, key)
    if row.state not in {"draft", "scheduled"}:
        raise WrongStateError(key, state_of(row, now), ("scheduled",))
    row = write_webinar(session, row, state="draft", send_at=None)
    audit_webinar(session, key, "unschedule", author, now)
    return details_of(session, row, now)


def announcements_due(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the keys of webinars whose moment to be announced has come. Wants the operator's scope.

    For each call `announce_webinar`; one that began meanwhile is refused there, and is a draft no more to look for.
    """
    due = (col(Webinar.state) == "scheduled", col(Webinar.send_at) <= now, col(Webinar.starts_at) > now)
    return tuple(session.exec(select(Webinar.key).where(*due).order_by(col(Webinar.send_at), col(Webinar.key))))
