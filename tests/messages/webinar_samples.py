"""Every message about webinars, at least once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from handlers.webinars.attendance_reports import Reason
from loyalty.accounts.requester import AccountInfo
from loyalty.programme import LocalizedText
from loyalty.webinars.announce import AccountInvitation
from loyalty.webinars.attendance.evidence import MatchedAttendee, ReportPreview
from loyalty.webinars.attendance.match import AccountPerson, OpenAttendee
from loyalty.webinars.details import RsvpState, WebinarDetails, WebinarFacts
from loyalty.webinars.errors import (
    BadLengthError,
    BadLinkError,
    BadSeatsError,
    InPastError,
    NoCodeError,
    NoSuchWebinarError,
    NoSuchZoneError,
    NotOverYetError,
    TimeSkippedError,
    TimeTwiceError,
    WebinarCancelledError,
    WebinarOverError,
    WrongCodeError,
    WrongStateError,
)
from loyalty.webinars.notices import OrganizerNotice, TrainingNotice, WebinarNotice
from loyalty.webinars.outbox import kinds
from loyalty.webinars.overview.account_numbers import AccountNumbers
from loyalty.webinars.overview.guests import Guest
from loyalty.webinars.overview.queries import ManagedWebinar, MemberWebinar, MemberWebinars
from loyalty.webinars.rsvp.waitlist import Standstill, WaitlistState
from messages import errors
from messages import help as help_messages
from messages.kit.blocks import Message, message
from messages.kit.reader import Reader
from messages.webinars import announce, attendance, code, desk, invitation, notices, overview, rsvp, training
from tests.messages.samples import NASTY

STARTS = dt.datetime(2026, 3, 20, 14, 0, tzinfo=dt.UTC)
HALF_AN_HOUR = dt.timedelta(minutes=30)
TWICE = TimeTwiceError(STARTS.replace(tzinfo=None), "Europe/Warsaw", STARTS, STARTS + HALF_AN_HOUR)
REASONS = tuple(map(str, Reason))
BAD = (
    NoSuchZoneError("x", None),
    BadLinkError("x"),
    BadSeatsError(0),
    BadLengthError(0),
    InPastError(STARTS, STARTS),
    TimeSkippedError(STARTS, "Europe/Warsaw", STARTS, STARTS + HALF_AN_HOUR),
    NotOverYetError("reports", STARTS),
    WrongStateError("reports", "over", ("draft",)),
)
STATES = (
    RsvpState(),
    RsvpState(answer="going"),
    RsvpState(answer="maybe", other_time=True),
    RsvpState(answer="declined", wants_recording=True),
    RsvpState(answer="waitlisted", is_next=True),
    RsvpState(answer="waitlisted", place=2),
    RsvpState(answer="waitlisted", seat_free=True),
)
"""How an answer can stand."""


def every(reader: Reader) -> Iterator[Message]:
    """Yield every message about webinars, as `reader` would read it."""
    yield from _invitations(reader)
    yield from _answers(reader)
    yield from _overviews(reader)
    yield from _notices(reader)
    yield from _announcing(reader)
    yield from _desk(reader)
    yield from _attendance(reader)
    yield help_messages.webinars_help(reader)
    for refusal in (
        *BAD,
        WrongCodeError("reports", None),
        WrongCodeError("reports", STARTS),
        WebinarCancelledError("reports", None),
        WebinarCancelledError("reports", NASTY),
        NoSuchWebinarError("reports"),
        WebinarOverError("reports", STARTS),
        NoCodeError("reports", None, None),
        NoCodeError("reports", STARTS, STARTS),
    ):
        yield errors.error_message(reader, refusal)


def facts(**given: Any) -> WebinarFacts:
    """Return what is told of a webinar in Warsaw at three in the afternoon, half an hour long."""
    values: dict[str, Any] = {
        "key": "reports", "kind": "webinar", "title": LocalizedText(NASTY), "why": LocalizedText(NASTY),
        "state": "announced", "local_start": dt.datetime(2026, 3, 20, 15, 0), "timezone": "Europe/Warsaw",  # noqa: DTZ001
        "starts_at": STARTS, "ends_at": STARTS + HALF_AN_HOUR, "minutes": 30, "link": "https://1.example/2",
        "place": None, "series": None, "sequence": 2, "seats_shown": "free",
    }  # fmt: skip
    return WebinarFacts(**values | given)


def notice(reader: Reader, kind: str = "webinar.invite", webinar: WebinarFacts | None = None, **given: Any) -> Any:
    """Return what a message of a webinar says."""
    values: dict[str, Any] = {
        "account_id": 1, "kind": kind, "webinar": webinar or facts(), "language": reader.language,
        "timezone": reader.timezone, "account_timezone": reader.timezone,
    }  # fmt: skip
    return WebinarNotice(**values | given)


def _invitations(reader: Reader) -> Iterator[Message]:
    say = invitation.invitation_message
    yield say(reader, notice(reader, earns=30))
    yield say(reader, notice(reader, person_id=3, earns=1))
    yield say(reader, notice(reader, webinar=facts(seats_shown="few", place=NASTY, link=None)))
    days = dt.timedelta(days=2)
    yield say(reader, notice(reader, webinar=facts(seats_shown="waitlist", why=None, ends_at=STARTS + days)))
    yield say(reader, notice(reader, webinar=facts(moved_from=STARTS - days)))
    yield say(reader, notice(reader, webinar=facts(state="cancelled", why_changed=NASTY)))
    yield say(reader, notice(reader, webinar=facts(state="cancelled")))
    yield say(reader, notice(reader, webinar=facts(state="over")))
    yield say(reader, notice(reader, webinar=facts(state="over", recording="https://1.example/3")))
    yield say(reader, notice(reader, invited=False))


def _answers(reader: Reader) -> Iterator[Message]:
    for state in STATES:
        yield rsvp.answer_receipt(reader, 1, facts(), state, 30)
    yield rsvp.answer_receipt(reader, 1, facts(link=None, place=NASTY), RsvpState(answer="going"))
    for what in ("going", "maybe"):
        yield rsvp.join_offer(reader, 1, facts(), what)
    for file, joined in ((True, True), (False, False)):
        yield rsvp.calendar_receipt(reader, 1, facts(), file=file, joined=joined)


def _overviews(reader: Reader) -> Iterator[Message]:
    yield overview.webinars_message(reader, 1, MemberWebinars((), (), ()))
    answered = tuple(
        MemberWebinar(facts(key=f"k{number}", link=link, place=place, seats_shown=seats), state)
        for number, (state, link, place, seats) in enumerate(
            (state, link, place, seats)
            for link, place, seats in (("https://1.example/2", None, "few"), (None, NASTY, "waitlist"))
            for state in STATES
        )
    )
    past = tuple(
        MemberWebinar(facts(key=f"p{came}{recording}", state="over", recording=recording), RsvpState(), came=came)
        for came in (True, False)
        for recording in (None, "https://1.example/3")
    )
    for first in range(0, len(answered), 5):
        some = answered[first : first + 5]
        yield overview.webinars_message(reader, 1, MemberWebinars(some, (), past))
        if any(webinar.rsvp.answer is None for webinar in some[: overview.MAX_HOME_INVITATIONS]):
            yield message(*overview.home_webinar_parts(reader, 1, MemberWebinars((), some, ())))
    yield overview.webinars_message(reader, 1, MemberWebinars(answered[:6], (), ()))
    yield overview.webinars_message(reader, 1, MemberWebinars((), answered[:7], ()))
    yield message(*overview.home_webinar_parts(reader, 1, MemberWebinars(answered[:2], (), ())))
    yield code.code_form(reader, 1, [facts(), facts(key="other")], "1234").content
    yield code.no_code_message(reader, 1)
    yield code.code_receipt(reader, 1, facts())
    yield training.training_form(reader, 1).content
    for manager_count in (0, 1):
        yield training.training_receipt(reader, 1, NASTY, manager_count)


def _notices(reader: Reader) -> Iterator[Message]:
    say, going = notices.notice_message, RsvpState(answer="going")
    for kind in (kinds.INVITATION_KIND, kinds.REMINDER_KIND, kinds.SEAT_KIND, kinds.OFFER_KIND):
        yield say(reader, notice(reader, kind, person_id=3, rsvp=going))
        yield say(reader, notice(reader, kind, facts(link=None, place=NASTY), person_id=3, rsvp=going))
    yield say(reader, notice(reader, kinds.SEAT_KIND, person_id=3, by_hand=True))
    moved = facts(moved_from=STARTS - HALF_AN_HOUR, why_changed=NASTY)
    for changed in (("time",), ("link",), ("time", "link", "title"), ("minutes",), ("withdrawn",), ("cancelled",)):
        yield say(reader, notice(reader, kinds.CHANGE_KIND, moved, person_id=3, changed=changed))
    yield say(reader, notice(reader, kinds.CHANGE_KIND, person_id=3, changed=("cancelled",)))
    for points in (0, 1, 30):
        yield say(reader, notice(reader, kinds.THANKS_KIND, person_id=3, points=points))
    yield say(reader, notice(reader, kinds.RECORDING_KIND, facts(recording="https://1.example/3"), person_id=3))
    yield say(reader, notice(reader, kinds.INVITATION_CHANGED_KIND))
    few = AccountNumbers(account_id=1, account="n", name=NASTY, invited=5, going=2)
    many = AccountNumbers(
        account_id=1, account="n", name=NASTY, invited=9, going=3, waitlisted=1, maybe=1, declined=2, came=2,
        minutes=50, other_time=1,
    )  # fmt: skip
    for accounts, wants in (((few, many), True), ((few,) * 22, False), ((), True)):
        yield notices.organizer_message(
            reader,
            OrganizerNotice(
                webinar=facts(),
                accounts=accounts,
                wants_report=wants,
                wants_recording=True,
                language=reader.language,
                timezone=reader.timezone,
            ),
        )
    for wish, uses in ((NASTY, ("Report Scheduled", NASTY)), ("", ())):
        yield notices.training_message(
            reader,
            TrainingNotice(
                account_id=1,
                account=NASTY,
                person_id=3,
                name=NASTY,
                topic=NASTY,
                wish=wish,
                uses=uses,
                language=reader.language,
                timezone=reader.timezone,
            ),
        )


def details(**given: Any) -> WebinarDetails:
    """Return a webinar as whoever manages it sees it."""
    about = {name: given.pop(name) for name in ("key", "state", "recording", "why_changed") if name in given}
    values: dict[str, Any] = {
        "facts": facts(**about), "seats": 10, "seats_taken": 4, "waiting": 0, "organizer": "ewa@1.example",
        "send_at": None, "remind": (), "min_minutes": 15, "survey": None, "complete": None, "code": None,
        "attendance_at": None,
    }  # fmt: skip
    return WebinarDetails(**values | given)


def _announcing(reader: Reader) -> Iterator[Message]:
    yield announce.what_form(reader, {}).content
    yield announce.what_form(reader, {"title": NASTY, "date": "2026-03-20", "time": "15:00"}, TWICE).content
    account = AccountInfo(id=1, key="n", name=NASTY, timezone="Asia/Seoul", language="ko", mode="team")
    yield announce.whom_form(reader, "reports", [account]).content
    invited = (
        AccountInvitation(
            account_id=1, account="n", name=NASTY, reach="channel", invited=1, languages=(reader.language,)
        ),
        AccountInvitation(
            account_id=1, account="n", name=NASTY, reach="direct", invited=9, now=4, later=2, not_reached=3
        ),
        AccountInvitation(account_id=1, account="n", name=NASTY, reach="direct", invited=1, now=1),
    )
    yield announce.preview_modal(reader, details(), invited, {1: "Asia/Seoul"}).content
    yield announce.announced_receipt(reader, details())


def _desk(reader: Reader) -> Iterator[Message]:
    states = ("draft", "scheduled", "announced", "running", "over", "cancelled")
    every_state = [details(key=state, state=state, send_at=STARTS) for state in states]
    yield desk.list_message(reader, every_state)
    yield desk.list_message(reader, [])
    numbers = (AccountNumbers(account_id=1, account="n", name=NASTY, invited=5, going=2),)
    guest = Guest(account_id=1, person_id=3, external_id="x", name=NASTY, rsvp=RsvpState(answer="going"))
    whys: tuple[Standstill | None, ...] = ("full", "too_late", "not_open", "nobody_waits", None)
    for why in whys:
        waitlist = WaitlistState(1 if why else 0, 1, why, STARTS)
        managed = ManagedWebinar(details(), numbers, (guest,), (guest,))
        yield desk.page_message(reader, managed, waitlist, own=why is None)
    for each in every_state:
        yield desk.page_message(reader, ManagedWebinar(each, (), ()), WaitlistState(0, 1, None, STARTS), own=True)
    yield desk.move_form(reader, details(), {}).content
    yield desk.move_form(reader, details(), {}, TWICE).content
    yield desk.cancel_form(reader, details()).content
    yield desk.recording_form(reader, details()).content
    yield desk.change_receipt(reader, details(state="cancelled", why_changed=NASTY))
    yield desk.recording_receipt(reader, details())
    yield desk.schedule_form(reader, details()).content
    yield desk.mark_form(reader, "reports", [guest]).content
    yield desk.mark_form(reader, "reports", []).content
    yield desk.mark_receipt(reader, details())
    yield desk.code_receipt(reader, "24")


def _attendance(reader: Reader) -> Iterator[Message]:
    yield attendance.report_form(reader, details(state="over")).content
    yield attendance.reading_message(reader)
    here = AccountPerson(1, 3, "n", "x", NASTY)
    there = AccountPerson(2, 4, "h", "y", "Jun")
    nobody = OpenAttendee(NASTY, None, 12)
    several = OpenAttendee(NASTY, "x@1.example", None, (here,))
    full = ReportPreview(
        platform="zoom",
        matched=(MatchedAttendee(here, 30, came=True), MatchedAttendee(there, 30, came=True)),
        unmatched=(nobody,) * 17,
        ambiguous=(several, OpenAttendee(NASTY, None, 1, (here, there))),
    )
    empty = ReportPreview(platform="zoom", matched=full.matched[:1], unmatched=(), ambiguous=())
    for preview in (full, empty):
        yield attendance.preview_modal(reader, preview, "reports", "F1", (1,)).content
        for known in (False, True):
            yield attendance.applied_message(reader, replace(preview, known=known), details())
    for reason in REASONS:
        yield attendance.refused_message(reader, reason, line=3, found="xlsx", day=reader.date(STARTS.date()))
    yield attendance.unreachable_message(reader)
