"""What is said of webinars: each kind of message in the outbox, and the facts it is made of as it leaves."""

import datetime as dt
from dataclasses import dataclass, field

from sqlmodel import Session

from loyalty.webinars.details import RsvpState, WebinarFacts
from loyalty.webinars.queries import AccountNumbers
from storage.outbox import Claimed, Drop, Later

INVITATION_KIND = "webinar.invite"
"""To a channel, or to a member; with the buttons to answer."""
INVITATION_CHANGED_KIND = "webinar.invite.changed"
"""Changes an invitation that was posted: the webinar changed, was cancelled, is over."""
CHANGE_KIND = "webinar.change"
"""To whoever answered: another time, link or length; cancelled."""
REMINDER_KIND = "webinar.remind"
SEAT_KIND = "webinar.seat"
"""A seat came free and is theirs, or was given by the organizer."""
OFFER_KIND = "webinar.offer"
"""A seat is free: the first press has it."""
THANKS_KIND = "webinar.thanks"
RECORDING_KIND = "webinar.recording"
REPORT_KIND = "webinar.report"
"""To the organizer, after the end: the numbers, and the question for the report and the recording."""
TRAINING_KIND = "webinar.training"
"""To account managers: somebody asks for a training."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarNotice:
    """What a message of a webinar says to one reader.

    `person_id` and `rsvp`: of a direct message. `changed`: what is another now (`time`, `link`, `place`, `minutes`,
    `title`, `cancelled`, `withdrawn`). `points`: what whoever came got for it. `channel_id` and `ts` name the message
    to change.
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
    by_hand: bool = False
    points: int = 0
    recording: str | None = None
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
    raise NotImplementedError


def organizer_notice(session: Session, claimed: Claimed, now: dt.datetime) -> OrganizerNotice | Drop:
    """Return what the organizer is told as it leaves. A row of the vendor's own: wants the operator's scope."""
    raise NotImplementedError


def training_notice(session: Session, claimed: Claimed, now: dt.datetime) -> TrainingNotice | Drop:
    """Return what an account manager is told of a request for a training, or why not."""
    raise NotImplementedError
