"""Every message about webinars, at least once."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from loyalty.programme import LocalizedText
from loyalty.webinars.details import RsvpState, WebinarFacts
from loyalty.webinars.errors import NoCodeError, NoSuchWebinarError, WebinarCancelledError, WebinarOverError
from loyalty.webinars.notices import WebinarNotice
from messages import errors
from messages.kit.blocks import Message
from messages.kit.reader import Reader
from messages.webinars import invitation, rsvp
from tests.messages.samples import NASTY

STARTS = dt.datetime(2026, 3, 20, 14, 0, tzinfo=dt.UTC)
HALF_AN_HOUR = dt.timedelta(minutes=30)
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
    for refusal in (
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
