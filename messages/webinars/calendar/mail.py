"""A webinar by mail: an invitation that calendars take up, change and take out again."""

import datetime as dt
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Literal
from zoneinfo import ZoneInfo

from icalendar import Event

from loyalty.webinars.calendar.entries import IN_CALENDARS, CalendarEntry
from messages.kit.reader import Reader
from messages.webinars.calendar.calendar import Mailbox, address, description, event, new_calendar, place, written

Method = Literal["REQUEST", "CANCEL"]
_MAX_NAME_CHARS = 100
_POLICY = SMTP.clone(cte_type="7bit")
"""Not every mail server takes eight bits."""


def mail_method(entry: CalendarEntry) -> Method:
    """Return whether a mail puts the webinar into a calendar, changing what stands there, or takes it out."""
    return "REQUEST" if entry.facts.state != "cancelled" and entry.answer in IN_CALENDARS else "CANCEL"


def invitation_mail(
    reader: Reader, entry: CalendarEntry, *, attendee: Mailbox, sender: str, message_id: str, now: dt.datetime
) -> EmailMessage:
    """Return the mail that brings one person's calendar up to date.

    `sender`: the deployment's own address; the account manager is named with it, since mail servers refuse whoever
    writes as somebody else. Nobody else who is invited is named.
    """
    method, organizer = mail_method(entry), Mailbox(sender, entry.organizer_name)
    calendar = new_calendar(method)
    made = event(reader, entry, organizer, stamped_at=now)
    if method == "CANCEL":
        made["status"] = "CANCELLED"
        made.subcomponents.clear()
    _attend(made, entry, attendee, method)
    calendar.add_component(made)
    title = entry.facts.title.get(reader.language)
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = _line(reader.label("Cancelled: {title}", title=title) if method == "CANCEL" else title)
    mail["From"] = _header(organizer)
    mail["To"] = _header(attendee)
    if entry.organizer_email:
        mail["Reply-To"] = _header(Mailbox(entry.organizer_email, entry.organizer_name))
    mail["Date"] = now
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_text(reader, entry, method))
    mail.add_alternative(written(calendar).decode(), subtype="calendar", params={"method": method})
    return mail


def _attend(made: Event, entry: CalendarEntry, attendee: Mailbox, method: Method) -> None:
    who = address(attendee)
    params: dict[str, Any] = who.params
    params["CUTYPE"], params["ROLE"] = "INDIVIDUAL", "REQ-PARTICIPANT"
    if method == "REQUEST":
        # The answer was given in Slack: a calendar is told of it, and asked for none.
        params["PARTSTAT"] = "ACCEPTED" if entry.answer == "going" else "TENTATIVE"
        params["RSVP"] = "FALSE"
    made.add("attendee", who)


def _text(reader: Reader, entry: CalendarEntry, method: Method) -> str:
    """Return what a reader without a calendar sees."""
    facts, zone = entry.facts, reader.timezone
    local = facts.starts_at.astimezone(ZoneInfo(zone))
    title = facts.title.get(reader.language)
    lines = [reader.label("Cancelled: {title}", title=title) if method == "CANCEL" else title]
    lines.append(f"{reader.date(local.date())}, {local:%H:%M} ({zone})")
    if method == "CANCEL":
        lines += [facts.why_changed] if facts.state == "cancelled" and facts.why_changed else []
    else:
        lines += [description(reader, facts, waits=entry.answer == "waitlisted"), "" if facts.link else place(facts)]
    return "\n".join(line for line in lines if line) + "\n"


def _header(mailbox: Mailbox) -> Address:
    return Address(_line(mailbox.name or "")[:_MAX_NAME_CHARS], addr_spec=mailbox.address)


def _line(text: str) -> str:
    """Return a text as one line: a header ends with its line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
