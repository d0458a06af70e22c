"""Webinars as their account managers see them: the list, one webinar's page, and what is changed there."""

from collections.abc import Mapping, Sequence

from loyalty.webinars.changes import MAX_WHY_CHARS
from loyalty.webinars.details import WebinarDetails
from loyalty.webinars.errors import TimeTwiceError
from loyalty.webinars.overview.guests import Guest
from loyalty.webinars.overview.queries import ManagedWebinar
from loyalty.webinars.rsvp.waitlist import WaitlistState
from messages.actions import WebinarDeskAction, WebinarDeskField, WebinarDeskView
from messages.kit.blocks import BlockPart, Button, Message, Overflow, buttons, context, header, message, section
from messages.kit.elements import MAX_OPTIONS, Choice
from messages.kit.modals import Modal, choice_field, info_modal, text_field
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.webinars.announce import LATER, MAX_LINK_CHARS, announce_button, open_button, when_fields
from messages.webinars.invitation import cancelled_text
from messages.webinars.notices import account_parts
from messages.webinars.times import moment, own_time

MAX_LISTED = 10
MAX_LISTED_PAST = 5
CODE, RECORDING, ATTENDANCE, MARK = "code", "recording", "attendance", "mark"
"""What stands at the end of a value under `•••`."""


def list_message(reader: Reader, webinars: Sequence[WebinarDetails]) -> Message:
    """Return the webinars somebody looks after, those ahead first, then the latest past ones, each with its button."""
    ahead = [each for each in webinars if each.facts.state not in {"over", "cancelled"}]
    behind = [each for each in reversed(webinars) if each.facts.state in {"over", "cancelled"}]
    shown = ahead[:MAX_LISTED] + behind[:MAX_LISTED_PAST]
    return message(
        section(reader.say("*Webinars*")),
        *(
            part
            for details in shown
            for part in (section(_line(reader, details)), buttons(open_button(reader, details.facts)))
        ),
        None if shown else section(reader.say("None yet. The first one is two windows away.")),
        buttons(announce_button(reader)),
        _only_you(reader),
    )


def page_message(reader: Reader, managed: ManagedWebinar, waitlist: WaitlistState, *, own: bool) -> Message:
    """Return one webinar with its numbers by account; `own`: whoever reads it organizes it, and may change it."""
    facts = managed.details.facts
    return message(
        header(facts.title.get(reader.language)),
        section(join_text((own_time(reader, facts), state_text(reader, managed.details), *_seats(reader, managed)))),
        section(waitlist_reason(reader, waitlist)) if waitlist.waiting else None,
        *account_parts(reader, managed.accounts),
        *_names(reader, managed),
        _page_buttons(reader, managed.details) if own else None,
        _only_you(reader),
    )


def state_text(reader: Reader, details: WebinarDetails) -> Mrkdwn:
    """Return what state a webinar is in."""
    match details.facts.state:
        case "draft":
            return reader.say("A draft: nobody is told yet.")
        case "scheduled":
            at = details.send_at
            return reader.say("Announced by itself: {time}.", time=moment(reader, at) if at else "")
        case "announced":
            return reader.say("Announced.")
        case "running":
            return reader.say("It runs now.")
        case "cancelled":
            return cancelled_text(reader, details.facts.why_changed)
        case _:
            return reader.say("It is over.")


def waitlist_reason(reader: Reader, waitlist: WaitlistState) -> Mrkdwn:
    """Return how many wait, and why the list does not move."""
    waiting = reader.count("{n} is on the waitlist.", "{n} are on the waitlist.", waitlist.waiting)
    why = {
        "full": reader.say("It does not move: all seats are taken."),
        "too_late": reader.say("It does not move by itself so near the start: a free seat is offered to all on it."),
        "not_open": reader.say("It does not move: no answers are taken."),
    }.get(waitlist.why or "")
    return join_text((waiting, why), " ") if why else waiting


def move_form(
    reader: Reader, details: WebinarDetails, filled_in: Mapping[str, str], twice: TimeTwiceError | None = None
) -> Modal:
    """Return the window that moves a webinar."""
    local = details.facts.local_start
    given = {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", WebinarDeskField.ZONE: details.facts.timezone}
    return Modal(
        title=reader.label("Move it"),
        close=reader.label("Back"),
        submit=reader.label("Move it"),
        callback=WebinarDeskView.MOVE,
        private_metadata={"webinar": details.key},
        content=message(
            *when_fields(reader, {**given, **filled_in}, twice),
            _why_field(reader, optional=True),
            context(reader.say("Whoever answered is told, with the reason.")),
        ),
    )


def cancel_form(reader: Reader, details: WebinarDetails) -> Modal:
    """Return the window that cancels a webinar."""
    title = details.facts.title.get(reader.language)
    return Modal(
        title=reader.label("Cancel it"),
        close=reader.label("Back"),
        submit=reader.label("Cancel it"),
        callback=WebinarDeskView.CANCEL,
        private_metadata={"webinar": details.key},
        content=message(
            section(reader.say("*{title}*", title=title)),
            _why_field(reader, optional=False),
            context(reader.say("Whoever answered is told, with the reason.")),
        ),
    )


def recording_form(reader: Reader, details: WebinarDetails) -> Modal:
    """Return the window that takes the recording's link."""
    return Modal(
        title=reader.label("The recording"),
        close=reader.label("Back"),
        submit=reader.label("Save"),
        callback=WebinarDeskView.RECORDING,
        private_metadata={"webinar": details.key},
        content=message(
            text_field(
                WebinarDeskField.RECORDING,
                reader.label("Its link"),
                hint=reader.label("A link begins with https://"),
                max_chars=MAX_LINK_CHARS,
                initial_value=details.facts.recording or "",
            ),
        ),
    )


def schedule_form(reader: Reader, details: WebinarDetails, filled_in: Mapping[str, str] | None = None) -> Modal:
    """Return the window that says when a draft is announced."""
    return Modal(
        title=reader.label("Send at…"),
        close=reader.label("Back"),
        submit=reader.label("Save"),
        callback=WebinarDeskView.SCHEDULE,
        private_metadata={"webinar": details.key},
        content=message(
            section(reader.say("*{title}*", title=details.facts.title.get(reader.language))),
            *when_fields(reader, filled_in or {}),
            context(reader.say("Before the start, and not in the past. Until then it stays a draft.")),
        ),
    )


def mark_form(reader: Reader, key: str, guests: Sequence[Guest]) -> Modal:
    """Return the window that marks one of the guests; without any there is nobody to choose."""
    choices = [
        Choice(guest.name or guest.external_id or "?", f"{guest.account_id}/{guest.person_id}")
        for guest in guests[:MAX_OPTIONS]
    ]
    if not choices:
        return info_modal(reader, message(section(reader.say("Nobody of your accounts has answered."))))
    return Modal(
        title=reader.label("Mark who was there"),
        close=reader.label("Back"),
        submit=reader.label("Save"),
        callback=WebinarDeskView.MARK,
        private_metadata={"webinar": key},
        content=message(
            choice_field(WebinarDeskField.PERSON, reader.label("Who?"), choices),
            choice_field(
                WebinarDeskField.CAME,
                reader.label("Was there?"),
                [Choice(reader.label("Was there"), "yes"), Choice(reader.label("Was not there"), "no")],
                chosen="yes",
            ),
            context(reader.say("What you mark overrules reports and codes.")),
        ),
    )


def mark_receipt(reader: Reader, details: WebinarDetails) -> Message:
    """Return that somebody was marked."""
    return message(
        section(reader.say("*Marked.* Points follow what you marked.")),
        buttons(open_button(reader, details.facts)),
        _only_you(reader),
    )


def change_receipt(reader: Reader, details: WebinarDetails) -> Message:
    """Return how a webinar stands after a change."""
    title, facts = details.facts.title.get(reader.language), details.facts
    return message(
        section(join_text((reader.say("*{title}*, {time}", title=title, time=own_time(reader, facts)),
                           state_text(reader, details)))),
        buttons(open_button(reader, details.facts)),
        _only_you(reader),
    )  # fmt: skip


def recording_receipt(reader: Reader, details: WebinarDetails) -> Message:
    """Return that the recording is known."""
    return message(
        section(reader.say("*Noted.* Once it is over, the recording goes to who came, might have, or asked for it.")),
        buttons(open_button(reader, details.facts)),
        _only_you(reader),
    )


def code_receipt(reader: Reader, code: str) -> Message:
    """Return the code of a session, to be said there."""
    return message(
        section(reader.say("*The code is {code}.* Say it while it runs; `/webinars here {code}` takes it.", code=code)),
        _only_you(reader),
    )


def _line(reader: Reader, details: WebinarDetails) -> Mrkdwn:
    title = details.facts.title.get(reader.language)
    line = reader.say("*{title}*, {time}", title=title, time=own_time(reader, details.facts))
    return join_text((line, state_text(reader, details)))


def _seats(reader: Reader, managed: ManagedWebinar) -> list[Mrkdwn]:
    seats = managed.details.seats
    if seats is None:
        return []
    taken = managed.details.seats_taken
    return [reader.count("{taken} of {n} seat is taken.", "{taken} of {n} seats are taken.", seats, taken=taken)]


def _names(reader: Reader, managed: ManagedWebinar) -> list[BlockPart]:
    """Return the names of those of the reader's own accounts who come, or might."""
    coming = [guest.name or guest.external_id or "" for guest in managed.guests if guest.rsvp.answer == "going"]
    missed = [guest.name or guest.external_id or "" for guest in managed.not_reached]
    lines = [
        *([reader.say("Coming, of your accounts: {names}.", names=", ".join(coming[:30]))] if coming else []),
        *([reader.say("Not reached by a message: {names}.", names=", ".join(missed[:30]))] if missed else []),
    ]
    return [section(join_text(lines))] if lines else []


def _page_buttons(reader: Reader, details: WebinarDetails) -> BlockPart | None:
    state, key = details.facts.state, details.key
    if state == "cancelled":
        return None
    began = state in {"running", "over"}
    labels = {
        LATER: reader.label("Send at…") if state in {"draft", "scheduled"} else "",
        CODE: reader.label("Code for the session") if state != "over" else "",
        ATTENDANCE: reader.label("Attendance report") if began else "",
        MARK: reader.label("Mark who was there") if began else "",
        RECORDING: reader.label("The recording"),
    }
    choices = tuple(Choice(label, f"{key}/{what}") for what, label in labels.items() if label)
    more = Overflow(action=WebinarDeskAction.MORE, choices=choices)
    if state == "over":
        return buttons(more)
    draft = state in {"draft", "scheduled"}
    return buttons(
        Button(label=reader.label("Send now"), action=WebinarDeskAction.SEND, value=key, primary=True)
        if draft
        else None,
        Button(label=reader.label("Move it"), action=WebinarDeskAction.MOVE, value=key),
        Button(label=reader.label("Cancel it"), action=WebinarDeskAction.CANCEL, value=key),
        more,
    )


def _why_field(reader: Reader, *, optional: bool) -> BlockPart:
    return text_field(
        WebinarDeskField.REASON,
        reader.label("Why?"),
        max_chars=MAX_WHY_CHARS,
        multiline=True,
        optional=optional,
    )


def _only_you(reader: Reader) -> BlockPart:
    return context(reader.say("Only you see this."))
