"""A webinar for calendars: a file, a feed, and links that open Google's and Outlook's own forms filled in.

One VEVENT a webinar, in UTC: zone blocks and rules of repetition are read differently by different calendars.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from icalendar import Alarm, Calendar, Event, vCalAddress

from loyalty.webinars.calendar.entries import CalendarEntry
from loyalty.webinars.details import WebinarFacts
from messages.kit.reader import Reader

ALARM_MINUTES = 15
"""Minutes before the start at which a calendar reminds whoever comes, or may come."""
REFRESH_HOURS = 1
"""Hours after which a calendar is asked to fetch the feed again; most take longer."""
GOOGLE_FORM = "https://calendar.google.com/calendar/render"
OUTLOOK_FORM = "https://outlook.office.com/calendar/deeplink/compose"
_PRODUCT = "-//Laurels//Webinars//EN"
_REMINDED = ("going", "maybe")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An e-mail address, and whose it is."""

    address: str
    name: str | None = None


def calendar_file(reader: Reader, entry: CalendarEntry, *, now: dt.datetime) -> bytes:
    """Return a webinar as a file for one calendar."""
    organizer = Mailbox(entry.organizer_email, entry.organizer_name) if entry.organizer_email else None
    # What is published names its organizer (RFC 5546): where there is none, it is a file and no more.
    calendar = new_calendar("PUBLISH" if organizer else None)
    calendar.add_component(event(reader, entry, organizer, stamped_at=now))
    return written(calendar)


def calendar_feed(reader: Reader, entries: Sequence[CalendarEntry]) -> bytes:
    """Return all webinars of somebody as one calendar, to be fetched again; the same as long as nothing changed."""
    calendar = new_calendar()
    name = reader.label("Webinars")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(hours=REFRESH_HOURS), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH_HOURS}H")
    for entry in entries:
        organizer = Mailbox(entry.organizer_email, entry.organizer_name) if entry.organizer_email else None
        # Without a METHOD the stamp says when it last changed (RFC 5545).
        calendar.add_component(event(reader, entry, organizer, stamped_at=entry.changed_at))
    return written(calendar)


def google_link(reader: Reader, facts: WebinarFacts) -> str:
    """Return a link that opens Google's form for a new event, filled in."""
    values = {
        "action": "TEMPLATE",
        "text": facts.title.get(reader.language),
        "dates": f"{facts.starts_at:%Y%m%dT%H%M%SZ}/{facts.ends_at:%Y%m%dT%H%M%SZ}",
        "details": description(reader, facts),
        "location": place(facts),
    }
    return f"{GOOGLE_FORM}?{urlencode(values)}"


def outlook_link(reader: Reader, facts: WebinarFacts) -> str:
    """Return a link that opens Outlook's form for a new event, filled in."""
    values = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": facts.title.get(reader.language),
        "startdt": f"{facts.starts_at:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{facts.ends_at:%Y-%m-%dT%H:%M:%SZ}",
        "body": description(reader, facts),
        "location": place(facts),
    }
    return f"{OUTLOOK_FORM}?{urlencode(values)}"


def new_calendar(method: str | None = None) -> Calendar:
    """Return a calendar without events."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    return calendar


def event(reader: Reader, entry: CalendarEntry, organizer: Mailbox | None, *, stamped_at: dt.datetime) -> Event:
    """Return a webinar as the VEVENT of one calendar."""
    facts = entry.facts
    title, cancelled = facts.title.get(reader.language), facts.state == "cancelled"
    made = Event()
    made.add("uid", entry.uid)
    made.add("sequence", facts.sequence)
    made.add("dtstamp", _second(stamped_at))
    made.add("last-modified", _second(entry.changed_at))
    made.add("dtstart", _second(facts.starts_at))
    made.add("dtend", _second(facts.ends_at))
    made.add("summary", _plain(title))
    made.add("description", description(reader, facts, waits=entry.answer == "waitlisted"))
    made.add("location", place(facts))
    if facts.link:
        made.add("url", facts.link)
    made.add("status", "CANCELLED" if cancelled else "CONFIRMED" if entry.answer == "going" else "TENTATIVE")
    made.add("transp", "OPAQUE" if entry.answer in _REMINDED and not cancelled else "TRANSPARENT")
    if organizer:
        made.add("organizer", address(organizer))
    if entry.answer in _REMINDED and not cancelled:
        made.add_component(_alarm(title))
    return made


def description(reader: Reader, facts: WebinarFacts, *, waits: bool = False) -> str:
    """Return what a calendar says of a webinar beside its title, in lines."""
    why = facts.why.get(reader.language) if facts.why else None
    joined = reader.label("Join: {link}", link=facts.link) if facts.link else None
    waiting = reader.label("You are on the waitlist: you are told when a seat comes free.") if waits else None
    return "\n".join(line for line in (why, joined, waiting) if line)


def place(facts: WebinarFacts) -> str:
    """Return where it takes place: a link, or a place."""
    return facts.link or facts.place or ""


def address(mailbox: Mailbox) -> vCalAddress:
    """Return an address with its name; quotes leave the name, since most calendars show how they are escaped."""
    made = vCalAddress(f"mailto:{mailbox.address}")
    name = " ".join((mailbox.name or "").replace('"', "").replace("^", "").split())
    if name:
        made.params["CN"] = name
    return made


def written(calendar: Calendar) -> bytes:
    """Return a calendar as the bytes of its file."""
    return bytes(calendar.to_ical())


def _alarm(title: str) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("trigger", dt.timedelta(minutes=-ALARM_MINUTES))
    made.add("description", _plain(title))
    return made


def _second(at: dt.datetime) -> dt.datetime:
    """Return an instant in UTC, in whole seconds: a calendar knows no others."""
    return at.astimezone(dt.UTC).replace(microsecond=0)


def _plain(text: str) -> str:
    """Return a text that stays on one line: icalendar takes a backslash before a capital N for the end of one."""
    return text.replace("\\N", "\\n")
