"""How each account answered, in numbers: nobody's name."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.webinars.audience.people import invited_accounts, invited_people
from storage.tables import Webinar, WebinarAttendance, WebinarRsvp


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNumbers:
    """How an account answered, in numbers. `minutes`: of all who came and whose minutes are known, together."""

    account_id: int
    account: str
    name: str
    invited: int
    going: int = 0
    waitlisted: int = 0
    maybe: int = 0
    declined: int = 0
    came: int = 0
    minutes: int = 0
    other_time: int = 0
    wants_recording: int = 0


def account_numbers(session: Session, row: Webinar, *, now: dt.datetime) -> tuple[AccountNumbers, ...]:
    """Return how each invited account answered a webinar, by its name. Wants the operator's scope."""
    found = [_numbers(session, account_id, row, now) for account_id in invited_accounts(session, row.key)]
    return tuple(sorted(found, key=lambda each: (each.name, each.account_id)))


def _numbers(session: Session, account_id: int, row: Webinar, now: dt.datetime) -> AccountNumbers:
    account = by_id(session, account_id)
    rsvps = session.exec(
        select(WebinarRsvp).where(col(WebinarRsvp.account_id) == account_id, col(WebinarRsvp.webinar) == row.key)
    ).all()
    came = session.exec(
        select(WebinarAttendance).where(
            col(WebinarAttendance.account_id) == account_id,
            col(WebinarAttendance.webinar) == row.key,
            col(WebinarAttendance.came),
        )
    ).all()
    answers = Counter(each.answer for each in rsvps)
    return AccountNumbers(
        account_id=account_id,
        account=account.key,
        name=account.name,
        invited=len(invited_people(session, account_id, row.key, now=now)),
        going=answers["going"],
        waitlisted=answers["waitlisted"],
        maybe=answers["maybe"],
        declined=answers["declined"],
        came=len(came),
        minutes=sum(each.minutes or 0 for each in came),
        other_time=sum(each.other_time for each in rsvps),
        wants_recording=sum(each.wants_recording for each in rsvps),
    )
