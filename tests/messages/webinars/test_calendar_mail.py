import datetime as dt
from email import message_from_bytes, policy
from typing import Any

import pytest

from messages.kit.reader import Reader
from messages.webinars.calendar.calendar import Mailbox
from messages.webinars.calendar.mail import invitation_mail
from tests.messages.webinars.entries import NOW, STARTS, entry
from tests.support.calendars import by_vobject, events

ENGLISH = Reader("en", "Asia/Seoul")
ANIA = Mailbox("ania@northwind.example", "Ania Nowak")


def sent(*args: Any, reader: Reader = ENGLISH, attendee: Mailbox = ANIA, **given: Any) -> Any:
    """Return the mail of a webinar as its reader gets it."""
    mail = invitation_mail(
        reader,
        entry(*args, **given),
        attendee=attendee,
        sender="laurels@orbit.example",
        message_id="<1@orbit.example>",
        now=NOW,
    )
    return message_from_bytes(mail.as_bytes(), policy=policy.default)


def calendar(mail: Any) -> bytes:
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    content: str = part.get_content()
    return content.encode()


@pytest.mark.parametrize(
    ("answer", "stands"), [("going", "ACCEPTED"), ("maybe", "TENTATIVE"), ("waitlisted", "TENTATIVE")]
)
def test_a_request_names_its_own_attendee_alone_and_asks_for_no_answer(answer: Any, stands: str) -> None:
    mail = sent(answer)
    (found,) = events(calendar(mail))
    (attendee,) = found.contents["attendee"]
    assert (attendee.value, attendee.params["PARTSTAT"], attendee.params["RSVP"]) == (
        "mailto:ania@northwind.example", [stands], ["FALSE"],
    )  # fmt: skip
    assert (found.organizer.value, found.organizer.params["CN"]) == ("mailto:laurels@orbit.example", ["Ewa Ewka Zając"])
    assert (found.sequence.value, found.uid.value) == ("2", entry().uid)
    assert by_vobject(calendar(mail))[0].starts == STARTS
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert b"METHOD:REQUEST" in calendar(mail)


def test_its_words_say_when_on_the_readers_clock() -> None:
    mail = sent("going")
    assert mail["Subject"] == "Scheduled reports; in 30 minutes"
    assert (mail["From"], mail["To"]) == (
        '"Ewa \\"Ewka\\" Zając" <laurels@orbit.example>', "Ania Nowak <ania@northwind.example>",
    )  # fmt: skip
    assert str(mail["Reply-To"].addresses[0].addr_spec) == "ewa@orbit.example"
    assert mail.get_body(("plain",)).get_content().splitlines() == [
        "Scheduled reports; in 30 minutes",
        "20 March 2026, 23:00 (Asia/Seoul)",
        "For everybody, who builds reports",
        "Join: https://meet.orbit.example/r",
    ]


@pytest.mark.parametrize("given", [{"state": "cancelled", "why_changed": "The trainer is ill"}, {}])
def test_a_cancelled_one_or_an_answer_taken_back_leaves_the_calendar(given: dict[str, Any]) -> None:
    mail = sent("going" if given else "declined", sequence=3, **given)
    (found,) = events(calendar(mail))
    assert (found.status.value, found.sequence.value, found.uid.value) == ("CANCELLED", "3", entry().uid)
    assert b"METHOD:CANCEL" in calendar(mail)
    assert b"VALARM" not in calendar(mail)
    assert mail["Subject"] == "Cancelled: Scheduled reports; in 30 minutes"
    assert ("The trainer is ill" in mail.get_body(("plain",)).get_content()) == bool(given)


def test_a_name_adds_no_header_and_no_line() -> None:
    nasty = Mailbox("ania@northwind.example", 'Ania\r\nBcc: all@x.example "x" <y@z.example>;PARTSTAT=DECLINED')
    mail = sent("going", attendee=nasty)
    assert mail["Bcc"] is None
    assert [each.addr_spec for each in mail["To"].addresses] == ["ania@northwind.example"]
    (attendee,) = events(calendar(mail))[0].contents["attendee"]
    assert (attendee.value, attendee.params["PARTSTAT"]) == ("mailto:ania@northwind.example", ["ACCEPTED"])


def test_a_change_has_the_same_uid_and_a_higher_sequence() -> None:
    first, second = (events(calendar(sent("going", sequence=number)))[0] for number in (0, 1))
    assert (first.uid.value, first.sequence.value, second.sequence.value) == (second.uid.value, "0", "1")
    assert first.dtstamp.value == dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
