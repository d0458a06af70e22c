"""The attendance report on the desk: the window that takes it, what it says, and what became of it."""

from collections.abc import Sequence

from loyalty.webinars.attendance.evidence import ReportPreview
from loyalty.webinars.attendance.match import OpenAttendee
from loyalty.webinars.details import WebinarDetails
from messages.actions import WebinarDeskField, WebinarDeskView
from messages.kit.blocks import BlockPart, Message, buttons, context, message, section
from messages.kit.modals import Modal, file_field
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.webinars.announce import open_button

MAX_SHOWN_NAMES = 15
FILE_TYPES = ("csv", "tsv", "txt")


def report_form(reader: Reader, details: WebinarDetails) -> Modal:
    """Return the window that takes the report."""
    return Modal(
        title=reader.label("Attendance"),
        close=reader.label("Back"),
        submit=reader.label("Next"),
        callback=WebinarDeskView.REPORT,
        private_metadata={"webinar": details.key},
        content=message(
            section(reader.say("*{title}*", title=details.facts.title.get(reader.language))),
            file_field(
                WebinarDeskField.REPORT,
                reader.label("Attendance report"),
                FILE_TYPES,
                hint=reader.label("As Teams, Zoom, Google Meet or Webex give it: a CSV file."),
            ),
        ),
    )


def reading_message(reader: Reader) -> Message:
    """Return what stands there while the report is read."""
    return message(section(reader.say("*One moment:* the report is being read.")))


def preview_modal(reader: Reader, preview: ReportPreview, key: str, file_id: str, own: Sequence[int]) -> Modal:
    """Return what the report says before anything is recorded; `own`: the accounts whose people are named."""
    named = [
        match.person.name or match.person.external_id or ""
        for match in preview.matched
        if match.came and match.person.account_id in own
    ]
    came = sum(match.came for match in preview.matched)
    # Whose name fits people of several accounts stays unnamed: it could be another manager's.
    ambiguous = [one for one in preview.ambiguous if {who.account_id for who in one.candidates} <= set(own)]
    return Modal(
        title=reader.label("Attendance"),
        close=reader.label("Back"),
        submit=reader.label("Apply"),
        callback=WebinarDeskView.APPLY,
        private_metadata={"webinar": key, "file": file_id},
        content=message(
            section(reader.count("*{n} of the invited was there.*", "*{n} of the invited were there.*", came)),
            *_names(reader.say("Of your accounts:"), reader, named),
            *_names(reader.say("Not among the invited:"), reader, _called(preview.unmatched)),
            *_names(reader.say("Could be several people, so left out:"), reader, _called(ambiguous)),
            context(reader.say("Nothing is recorded until you press Apply; the same file twice changes nothing.")),
        ),
    )


def applied_message(reader: Reader, preview: ReportPreview, details: WebinarDetails) -> Message:
    """Return what was recorded."""
    came = sum(match.came for match in preview.matched)
    done = (
        reader.say("This very file stands already; nothing has changed.")
        if preview.known
        else reader.count(
            "*Recorded: {n} person came.* Thanks and points follow.",
            "*Recorded: {n} people came.* Thanks and points follow.",
            came,
        )
    )
    return message(section(done), buttons(open_button(reader, details.facts)))


def refused_message(reader: Reader, reason: str, *, line: int = 0, found: str = "", day: str = "") -> Message:
    """Return why a report is not taken; nothing of it is. `day`: the webinar's own."""
    return message(section(_refusal(reader, reason, line, found, day)))


def unreachable_message(reader: Reader) -> Message:
    """Return that the file could not be had."""
    return message(section(reader.say("The file could not be fetched from Slack. Please try again.")))


def _refusal(reader: Reader, reason: str, line: int, found: str, day: str) -> Mrkdwn:
    too_large = reader.say("This file is too large for an attendance report.")
    unreadable = reader.say("Its times cannot be read for certain. Please download the report in another format.")
    another = reader.say("It is the report of another day or time; this one was on {day}.", day=day)
    says = {
        "another_format": reader.say(
            "This is a file of another kind ({found}). Please take the report as CSV.", found=found
        ),
        "too_large": too_large,
        "too_many_rows": too_large,
        "cut_off": reader.say("The file breaks off in line {line}. Please download it again.", line=line),
        "nobody": reader.say("The report names nobody who was there."),
        "unreadable_times": unreadable,
        "day_or_month": unreadable,
        "another_day": another,
        "another_time": another,
    }
    return says.get(reason) or reader.say(
        "There is no list of people in it. Please take the report as the platform gives it."
    )


def _names(title: Mrkdwn, reader: Reader, names: Sequence[str]) -> list[BlockPart]:
    if not names:
        return []
    shown = join_text((escape(name) for name in names[:MAX_SHOWN_NAMES]), ", ")
    more = len(names) - MAX_SHOWN_NAMES
    after = [reader.count("and {n} more", "and {n} more", more)] if more > 0 else []
    return [section(join_text((title, join_text((shown, *after), ", ")), " "))]


def _called(attendees: Sequence[OpenAttendee]) -> list[str]:
    return [one.name or one.email or "" for one in attendees]
