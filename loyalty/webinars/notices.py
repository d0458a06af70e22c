"""What is said of webinars: the facts each kind of message is made of as it leaves."""

import datetime as dt
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from loyalty.accounts.accounts import by_id
from loyalty.accounts.channels import is_bound
from loyalty.notifications.recipients import recipient
from loyalty.webinars.attendance.points import points_for
from loyalty.webinars.audience.people import audience_of, is_invited
from loyalty.webinars.details import RsvpState, WebinarFacts
from loyalty.webinars.earning import points_for_coming
from loyalty.webinars.outbox.kinds import (
    INVITATION_CHANGED_KIND,
    INVITATION_KIND,
    OFFER_KIND,
    RECORDING_KIND,
    REMINDER_KIND,
    SEAT_KIND,
    THANKS_KIND,
)
from loyalty.webinars.overview.account_numbers import AccountNumbers, account_numbers
from loyalty.webinars.rows import OPEN_STATES, facts_of, find_webinar, free_seats, state_of
from loyalty.webinars.rsvp.seats import rsvp_state_of
from storage.outbox import Claimed, Drop, Later
from storage.tables import Account, Manager, Outgoing, Person, TrainingRequest, Usage, Webinar, WebinarRsvp

A_MOMENT = dt.timedelta(seconds=10)
"""For a message that is just being sent: then it can be changed."""
MOST_USED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarNotice:
    """What a message of a webinar says to one reader.

    `person_id` and `rsvp`: of a direct message. `changed`: what is another now (`time`, `link`, `place`, `minutes`,
    `title`, `cancelled`, `withdrawn`). `earns`: what whoever comes gets; `points`: what whoever came got for it.
    `channel_id` and `ts` name the message to change; `invited` False: it is to be closed, as nobody here is invited any
    more.
    """

    account_id: int
    kind: str
    webinar: WebinarFacts
    language: str
    timezone: str
    account_timezone: str
    person_id: int | None = None
    rsvp: RsvpState = field(default_factory=RsvpState)
    changed: tuple[str, ...] = ()
    invited: bool = True
    by_hand: bool = False
    earns: int = 0
    points: int = 0
    survey: str | None = None
    channel_id: str | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizerNotice:
    """What the organizer is told after the end, as it stands when it leaves: by account, in numbers."""

    webinar: WebinarFacts
    accounts: tuple[AccountNumbers, ...]
    wants_report: bool
    wants_recording: bool
    language: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingNotice:
    """What an account manager is told: who asks for which training, and what this team uses most."""

    account_id: int
    account: str
    person_id: int
    name: str | None
    topic: str
    wish: str
    uses: tuple[str, ...]
    language: str
    timezone: str


def webinar_notice(session: Session, claimed: Claimed, now: dt.datetime) -> WebinarNotice | Drop | Later:
    """Return what a message of a webinar says that is about to leave, or why it does not, or not now."""
    kind = claimed.message.kind
    if kind == INVITATION_CHANGED_KIND:
        return _changed_notice(session, claimed, now)
    row = find_webinar(session, claimed.message.subject["webinar"])
    reason = _why_not(session, claimed, row, now)
    return Drop(reason) if reason else _notice(session, claimed, row, now)


def _why_not(session: Session, claimed: Claimed, row: Webinar, now: dt.datetime) -> str:
    """Return why a message is not said any more; an empty text where it is."""
    kind, subject, account_id = claimed.message.kind, claimed.message.subject, claimed.account_id
    is_open = state_of(row, now) in OPEN_STATES
    if kind in {INVITATION_KIND, REMINDER_KIND, SEAT_KIND, OFFER_KIND} and not is_open:
        return "it is cancelled, or over"
    if claimed.message.channel_id is not None:
        bound = is_bound(session, account_id, claimed.message.channel_id, claimed.message.workspace.team_id)
        return "" if bound else "the channel is not the account's any more"
    person_id = claimed.message.person_id or 0
    to = recipient(session, account_id, person_id)
    if to is None or to.user_id != claimed.message.user_id:
        return "they are no member any more"
    asks = kind in {INVITATION_KIND, RECORDING_KIND}
    if asks and not is_invited(session, account_id, row.key, person_id, now=now):
        return "they are not invited any more"
    mine = session.get(WebinarRsvp, (account_id, row.key, person_id), populate_existing=True)
    return _why_not_answered(kind, row, None if mine is None else mine.answer, subject.get("start"))


def _why_not_answered(kind: str, row: Webinar, answer: str | None, start: str | None) -> str:
    if kind == REMINDER_KIND and (answer not in {"going", "maybe"} or start != row.starts_at.isoformat()):
        return "they do not come, or it was moved"
    if kind == SEAT_KIND and answer != "going":
        return "they gave the seat up"
    if kind == OFFER_KIND and (answer != "waitlisted" or free_seats(row) == 0):
        return "the seat is taken, or they do not wait any more"
    return ""


def _notice(session: Session, claimed: Claimed, row: Webinar, now: dt.datetime) -> WebinarNotice:
    account_id, message = claimed.account_id, claimed.message
    account, person_id = by_id(session, account_id), message.person_id
    to = None if person_id is None else recipient(session, account_id, person_id)
    mine = None if person_id is None else session.get(WebinarRsvp, (account_id, row.key, person_id))
    thanks = message.kind == THANKS_KIND and person_id is not None
    facts = facts_of(row, now)
    return WebinarNotice(
        account_id=account_id,
        kind=message.kind,
        webinar=facts,
        earns=points_for_coming(session, account_id, facts, day=row.local_start.date()),
        language=account.language if to is None else to.language,
        timezone=account.timezone if to is None else to.timezone,
        account_timezone=account.timezone,
        person_id=person_id,
        rsvp=rsvp_state_of(session, row, mine, now=now),
        changed=tuple(message.subject.get("changed", ())),
        by_hand=bool(message.subject.get("hand")),
        points=points_for(session, account_id, row.key, person_id or 0) if thanks else 0,
        survey=row.survey if thanks else None,
    )


def _changed_notice(session: Session, claimed: Claimed, now: dt.datetime) -> WebinarNotice | Drop | Later:
    """Return what an invitation that was posted changes into."""
    account_id, subject = claimed.account_id, claimed.message.subject
    of = (col(Outgoing.account_id) == account_id, col(Outgoing.key) == subject["of"])
    posted = session.exec(select(Outgoing).where(*of)).first()
    if posted is not None and posted.state in {"attempting", "waiting"}:
        return Later(now + A_MOMENT, "the message that is to change is not sent yet")
    if posted is None or posted.state != "sent" or posted.posted_in is None or posted.ts is None:
        return Drop("there is no message to change")
    row = find_webinar(session, subject["webinar"])
    found = _notice(session, claimed, row, now)
    values = {name: getattr(found, name) for name in WebinarNotice.__dataclass_fields__}
    invited = audience_of(session, account_id, row.key) is not None
    return WebinarNotice(**{**values, "invited": invited, "channel_id": posted.posted_in, "ts": posted.ts})


def organizer_notice(session: Session, claimed: Claimed, now: dt.datetime) -> OrganizerNotice | Drop:
    """Return what the organizer is told as it leaves. A row of the vendor's own: wants the operator's scope."""
    subject = claimed.message.subject
    row = find_webinar(session, subject["webinar"])
    manager = session.get(Manager, (subject["account"], subject["manager"]))
    if manager is None or manager.user_id != claimed.message.user_id or row.state == "cancelled":
        return Drop("they do not look after it any more")
    return OrganizerNotice(
        webinar=facts_of(row, now),
        accounts=account_numbers(session, row, now=now),
        wants_report=row.attendance_at is None,
        wants_recording=row.recording is None,
        language=manager.language or "en",
        timezone=manager.timezone or row.timezone,
    )


def training_notice(session: Session, claimed: Claimed, now: dt.datetime) -> TrainingNotice | Drop:  # noqa: ARG001 - as all
    """Return what an account manager is told of a request for a training, or why not."""
    account_id, subject = claimed.account_id, claimed.message.subject
    request = session.get(TrainingRequest, (account_id, subject["request"]))
    manager = session.get(Manager, (account_id, subject["manager"]))
    if request is None or manager is None or manager.user_id != claimed.message.user_id:
        return Drop("who asked is gone, or they do not look after the account any more")
    account: Account = by_id(session, account_id)
    person = session.get_one(Person, (account_id, request.person_id))
    return TrainingNotice(
        account_id=account_id,
        account=account.name,
        person_id=request.person_id,
        name=person.name or person.external_id,
        topic=request.topic,
        wish=request.wish,
        uses=_most_used(session, account_id),
        language=manager.language or account.language,
        timezone=manager.timezone or account.timezone,
    )


def _most_used(session: Session, account_id: int) -> tuple[str, ...]:
    """Return the names of what an account uses most; Laurels' own events are none of it."""
    wanted = (
        select(Usage.name)
        .where(col(Usage.account_id) == account_id, col(Usage.name).is_not(None), col(Usage.door) != "laurels")
        .group_by(col(Usage.name))
        .order_by(func.count().desc(), col(Usage.name))
        .limit(MOST_USED)
    )
    return tuple(name for name in session.exec(wanted) if name)
