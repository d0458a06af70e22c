"""Evidence of a person's own: the organizer's mark, and the code that is said in the session."""

import datetime as dt
import hmac
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.webinars.attendance.evidence import check_began
from loyalty.webinars.attendance.settle import settle_attendance
from loyalty.webinars.audience.people import is_invited
from loyalty.webinars.errors import NoCodeError, NotInvitedToWebinarError
from loyalty.webinars.rows import OPEN_STATES, audit_webinar, find_webinar, lock_webinar, write_webinar
from storage.account_lock import lock_account
from storage.tables import (
    Webinar,
    WebinarAttendance,
    WebinarAudience,
    WebinarCodeTry,
    WebinarEvidence,
    WebinarRsvp,
)

MAX_WRONG_CODES = 5
CODE_PAUSE = dt.timedelta(minutes=10)
CODE_GOOD_FOR = dt.timedelta(minutes=15)
"""How long after the end a code is taken."""


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """Whether a code was right. `tries_left` before a pause; `wait_until`: the end of one, None where there is none.

    A wrong code is no error, so that it is counted: commit it.
    """

    right: bool
    tries_left: int
    wait_until: dt.datetime | None = None


def mark_attendance(
    session: Session,
    account_id: int,
    key: str,
    person_id: int,
    *,
    came: bool | None,
    minutes: int | None = None,
    author: str,
    now: dt.datetime,
) -> bool:
    """Mark that somebody came, or was not there, and return whether they are held to have come now.

    "Was not there" overrules all other evidence; `came` None takes the mark back. Points follow. The account's scope
    is enough. Errors: `NoSuchWebinarError`, `NotInvitedToWebinarError`, `NotOverYetError`, `WebinarCancelledError`.
    """
    row = lock_webinar(session, key)
    lock_account(session, account_id)
    check_began(row, now)
    _check_guest(session, account_id, key, person_id, now)
    place = (account_id, key, person_id, "mark", 0)
    known = session.get(WebinarEvidence, place)
    if came is None:
        if known is not None:
            session.delete(known)
    else:
        mark = known or _evidence(account_id, key, person_id, "mark", author, now)
        mark.came, mark.minutes, mark.at, mark.author = came, minutes if came else None, now, author
        session.add(mark)
    session.flush()
    settle_attendance(session, account_id, row, [person_id], author=author, now=now)
    if row.attendance_at is None and now >= row.ends_at:
        write_webinar(session, row, attendance_at=now)
    audit_webinar(session, key, "mark", author, now, account_id, person=person_id, came=came)
    return session.get_one(WebinarAttendance, (account_id, key, person_id)).came


def enter_code(
    session: Session, account_id: int, key: str, person_id: int, code: str, *, now: dt.datetime
) -> CodeAnswer:
    """Take a code that somebody typed: the right one says that they came; five wrong ones, and they wait 10 minutes.

    While it runs, and 15 minutes after. Letters' case and blanks do not matter. Errors: `NoSuchWebinarError`,
    `NotInvitedToWebinarError`, `NoCodeError`.
    """
    row = lock_webinar(session, key)
    lock_account(session, account_id)
    _check_guest(session, account_id, key, person_id, now)
    if not takes_code(row, now):
        raise NoCodeError(key, row.starts_at if row.code else None, row.ends_at + CODE_GOOD_FOR if row.code else None)
    tries = session.get(WebinarCodeTry, (account_id, key, person_id), populate_existing=True)
    tries = tries or WebinarCodeTry(account_id=account_id, webinar=key, person_id=person_id)
    if tries.wait_until is not None and now < tries.wait_until:
        return CodeAnswer(right=False, tries_left=0, wait_until=tries.wait_until)
    if not hmac.compare_digest(_plain(code).encode(), _plain(row.code or "").encode()):
        return _wrong(session, tries, now)
    if session.get(WebinarEvidence, (account_id, key, person_id, "code", 0)) is None:
        session.add(_evidence(account_id, key, person_id, "code", f"person:{person_id}", now))
        session.flush()
    settle_attendance(session, account_id, row, [person_id], author=f"person:{person_id}", now=now)
    return CodeAnswer(right=True, tries_left=MAX_WRONG_CODES)


def takes_code(row: Webinar, now: dt.datetime) -> bool:
    """Return whether a webinar takes its code now."""
    there = row.code is not None and row.state in {*OPEN_STATES, "over"}
    return there and row.starts_at <= now < row.ends_at + CODE_GOOD_FOR


def _wrong(session: Session, tries: WebinarCodeTry, now: dt.datetime) -> CodeAnswer:
    if tries.wait_until is not None:
        tries.wrong, tries.wait_until = 0, None
    tries.wrong += 1
    if tries.wrong >= MAX_WRONG_CODES:
        tries.wait_until = now + CODE_PAUSE
    session.add(tries)
    session.flush()
    return CodeAnswer(right=False, tries_left=MAX_WRONG_CODES - tries.wrong, wait_until=tries.wait_until)


def code_webinars(session: Session, account_id: int, person_id: int, *, now: dt.datetime) -> tuple[str, ...]:
    """Return the webinars of a person that take a code now: mostly one, so that it need not be named."""
    wanted = (
        select(Webinar)
        .join(WebinarAudience, col(WebinarAudience.webinar) == col(Webinar.key))
        .where(
            col(WebinarAudience.account_id) == account_id,
            col(WebinarAudience.withdrawn_at).is_(None),
            col(Webinar.starts_at) <= now,
            col(Webinar.ends_at) > now - CODE_GOOD_FOR,
        )
    )
    rows = session.exec(wanted.order_by(col(Webinar.starts_at), col(Webinar.key))).all()
    return tuple(
        row.key for row in rows if takes_code(row, now) and is_invited(session, account_id, row.key, person_id, now=now)
    )


def _check_guest(session: Session, account_id: int, key: str, person_id: int, now: dt.datetime) -> None:
    answered = session.get(WebinarRsvp, (account_id, key, person_id)) is not None
    if not answered and not is_invited(session, account_id, key, person_id, now=now):
        raise NotInvitedToWebinarError(f"person {person_id} is not invited to `{find_webinar(session, key).key}`")


def _plain(code: str) -> str:
    return "".join(code.casefold().split())


def _evidence(account_id: int, key: str, person_id: int, kind: str, author: str, now: dt.datetime) -> WebinarEvidence:
    return WebinarEvidence(account_id=account_id, webinar=key, person_id=person_id, kind=kind, at=now, author=author)
