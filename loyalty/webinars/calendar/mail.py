"""Mails that keep the calendars of whoever answered up to date, where the deployment has a mail server."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.notifications.recipients import recipient
from loyalty.webinars.calendar.entries import IN_CALENDARS, CalendarEntry, entry_of
from loyalty.webinars.outbox.kinds import MAIL_KIND
from loyalty.webinars.rows import facts_of, find_webinar
from storage.outbox import NO_WORKSPACE, Claimed, Drop, OutboxMessage, put_message
from storage.tables import Outgoing, Person, Webinar, WebinarRsvp

_OUT = "/out/"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailNotice:
    """What a mail says to one person; an entry they are not coming to is taken out of their calendar."""

    entry: CalendarEntry
    address: str
    name: str | None
    language: str
    timezone: str


def webinars_to_mail(session: Session, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the webinars ahead of which calendars may want to know. Wants the operator's scope."""
    ahead = (col(Webinar.announced_at).is_not(None), col(Webinar.ends_at) > now)
    return tuple(session.exec(select(Webinar.key).where(*ahead).order_by(col(Webinar.starts_at), col(Webinar.key))))


def put_calendar_mails(session: Session, key: str, *, now: dt.datetime) -> int:
    """Put the mails into the outbox that bring calendars up to date with one webinar, and return how many are new.

    Each change of the webinar, or of the answer, is one mail. Who never had one is not told that it is cancelled. Wants
    the operator's scope.
    """
    row = find_webinar(session, key)
    found = 0
    for account_id, people in _people(session, key).items():
        wanted = [
            message
            for person_id in people
            if (message := _message(session, row, account_id, person_id, now=now)) is not None
        ]
        found += put_message(session, account_id, wanted, now=now)
    return found


def mail_notice(session: Session, claimed: Claimed, now: dt.datetime) -> MailNotice | Drop:
    """Return what a mail says that is about to leave, or why it does not."""
    account_id, person_id = claimed.account_id, claimed.message.person_id or 0
    person = session.get(Person, (account_id, person_id))
    if person is None or person.email is None or person.email != claimed.message.email:
        return Drop("the address is not theirs any more")
    row = find_webinar(session, claimed.message.subject["webinar"])
    mine = session.get(WebinarRsvp, (account_id, row.key, person_id))
    if claimed.message.subject["version"] != _version(row, mine):
        return Drop("it has changed since: another mail says how it is now")
    account, to = by_id(session, account_id), recipient(session, account_id, person_id)
    return MailNotice(
        entry=entry_of(session, facts_of(row, now), mine),
        address=person.email,
        name=person.name,
        language=to.language if to else account.language,
        timezone=to.timezone if to else account.timezone,
    )


def _people(session: Session, key: str) -> dict[int, list[int]]:
    """Return whose calendars have it, or are to have it, by account: accounts by rising id."""
    answered = select(WebinarRsvp.account_id, WebinarRsvp.person_id).where(
        col(WebinarRsvp.webinar) == key, col(WebinarRsvp.answer).in_(IN_CALENDARS)
    )
    mailed = select(Outgoing.account_id, Outgoing.person_id).where(
        col(Outgoing.kind) == MAIL_KIND, col(Outgoing.key).startswith(_prefix(key), autoescape=True)
    )
    found = dict[int, list[int]]()
    for account_id, person_id in sorted({*session.exec(answered), *session.exec(mailed)}):
        found.setdefault(account_id, []).append(person_id)
    return found


def _message(
    session: Session, row: Webinar, account_id: int, person_id: int, *, now: dt.datetime
) -> OutboxMessage | None:
    person = session.get(Person, (account_id, person_id))
    if person is None or person.email is None or person.left_at is not None:
        return None
    mine = session.get(WebinarRsvp, (account_id, row.key, person_id))
    version = _version(row, mine)
    if not _stands(row, mine) and not _has_it(session, account_id, person_id, row.key):
        return None
    return OutboxMessage(
        key=f"{_prefix(row.key)}p{person_id}/{version}",
        kind=MAIL_KIND,
        category="answer",
        workspace=NO_WORKSPACE,
        email=person.email,
        person_id=person_id,
        subject={"webinar": row.key, "version": version},
        due_at=now,
        good_until=row.ends_at,
    )


def _stands(row: Webinar, mine: WebinarRsvp | None) -> bool:
    return row.state != "cancelled" and mine is not None and mine.answer in IN_CALENDARS


def _version(row: Webinar, mine: WebinarRsvp | None) -> str:
    """Return what tells one state of a calendar's entry from another: a mail says it once."""
    if mine is None or not _stands(row, mine):
        return f"{row.sequence}{_OUT}{_at(mine)}"
    return f"{row.sequence}/{mine.answer}/{_at(mine)}"


def _at(mine: WebinarRsvp | None) -> str:
    return f"{mine.answered_at:%Y%m%dT%H%M%S}" if mine and mine.answered_at else "0"


def _has_it(session: Session, account_id: int, person_id: int, key: str) -> bool:
    """Return whether the last mail that went, or may have gone, put it into their calendar."""
    mine = select(Outgoing).where(
        col(Outgoing.account_id) == account_id,
        col(Outgoing.person_id) == person_id,
        col(Outgoing.kind) == MAIL_KIND,
        col(Outgoing.key).startswith(_prefix(key), autoescape=True),
        col(Outgoing.state) != "dropped",
    )
    last = session.exec(mine.order_by(col(Outgoing.id).desc()).limit(1)).first()
    return last is not None and _OUT not in last.subject["version"]


def _prefix(key: str) -> str:
    return f"{MAIL_KIND}/{key}/"
