"""What somebody sees who answered an invitation: how that stands, and what else they can do."""

from loyalty.webinars.details import RsvpState, WebinarFacts
from messages.actions import JoinAction, WebinarAction
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.webinars import links
from messages.webinars.calendar.calendar import google_link, outlook_link
from messages.webinars.invitation import earns_text
from messages.webinars.times import own_time


def answer_receipt(reader: Reader, account_id: int, facts: WebinarFacts, state: RsvpState, earns: int = 0) -> Message:
    """Return what somebody answered and how that stands, to them alone."""
    key, title = facts.key, facts.title.get(reader.language)
    parts = [answer_text(reader, state, title=title, time=own_time(reader, facts))]
    if state.answer in {"going", "maybe"}:
        parts += [*place_text(reader, facts), *earns_text(reader, earns)]
    parts += _wishes(reader, state)
    return message(section(join_text(parts)), _next(reader, account_id, key, state), _only_you(reader))


def answer_text(reader: Reader, state: RsvpState, *, title: str, time: Mrkdwn) -> Mrkdwn:
    """Return how an answer stands, in a sentence or two."""
    match state.answer:
        case "going":
            return reader.say("*You're coming to {title}.* {time}", title=title, time=time)
        case "maybe":
            return reader.say("*Perhaps you come to {title}.* {time}", title=title, time=time)
        case "declined":
            return reader.say("*Noted: you can't come to {title}.* You can change your mind any time.", title=title)
        case "waitlisted":
            full = reader.say("*{title} is full at the moment.*", title=title)
            return join_text((full, _waiting(reader, state)), " ")
        case _:
            return reader.say("*{title}*: {time}", title=title, time=time)


def waitlist_text(reader: Reader, state: RsvpState) -> Mrkdwn:
    """Return how somebody stands on the waitlist."""
    if state.place is not None and not state.is_next:
        return reader.say("You are number {place} on the waitlist.", place=state.place)
    return reader.say("You are next on the waitlist.") if state.is_next else reader.say("You are on the waitlist.")


def place_text(reader: Reader, facts: WebinarFacts) -> list[Mrkdwn]:
    """Return where it takes place: its link, or its place."""
    if facts.link:
        return [reader.say("The link: {link}", link=facts.link)]
    return [reader.say("Where: {place}", place=facts.place)] if facts.place else []


def join_offer(reader: Reader, account_id: int, facts: WebinarFacts, what: str) -> Message:
    """Return what somebody sees who answers and has not joined: one press joins and answers, or the links alone."""
    title = facts.title.get(reader.language)
    coming = what == "going"
    return message(
        section(
            reader.say(
                "*{title}*, {time}. To keep your answer, Laurels wants to know who you are: joining takes one press,"
                " and shows nothing of you to anybody.",
                title=title,
                time=own_time(reader, facts),
            )
        ),
        buttons(
            Button(
                label=reader.label("Join and come") if coming else reader.label("Join and answer"),
                action=WebinarAction.JOIN,
                value=links.button_value(account_id, facts.key, what),
                primary=True,
            ),
            Button(label=reader.label("How it works"), action=JoinAction.HOW),
        ),
        section(join_text((reader.say("It works without joining as well."), _forms(reader, facts)), " ")),
        _only_you(reader),
    )


def calendar_receipt(reader: Reader, account_id: int, facts: WebinarFacts, *, file: bool, joined: bool) -> Message:
    """Return the ways into a calendar; `file`: a file comes to the conversation with the app as well."""
    title = facts.title.get(reader.language)
    return message(
        section(reader.say("*{title}*, {time}", title=title, time=own_time(reader, facts))),
        section(
            join_text(
                (
                    _forms(reader, facts),
                    *([reader.say("The file for other calendars is in your messages from Laurels.")] if file else []),
                    reader.say("If the time changes, your calendar may not: what Laurels tells you is what holds."),
                )
            )
        ),
        buttons(links.coming_button(reader, account_id, facts.key)) if not joined else None,
        _only_you(reader),
    )


def file_title(reader: Reader, facts: WebinarFacts) -> str:
    """Return what a calendar file is called."""
    return facts.title.get(reader.language)


def _waiting(reader: Reader, state: RsvpState) -> Mrkdwn:
    if state.seat_free:
        return reader.say("A seat is free now: the first press has it.")
    tells = reader.say("You are told as soon as a seat comes free.")
    return join_text((waitlist_text(reader, state), tells), " ")


def _wishes(reader: Reader, state: RsvpState) -> list[Mrkdwn]:
    return [
        *([reader.say("You get the recording, if there is one.")] if state.wants_recording else []),
        *([reader.say("Your account manager knows that another time would suit you.")] if state.other_time else []),
    ]


def _next(reader: Reader, account_id: int, key: str, state: RsvpState) -> BlockPart:
    """Return what can be done after an answer: at most three things."""
    if state.answer == "waitlisted":
        seat = links.coming_button(reader, account_id, key) if state.seat_free else None
        give_up = Button(
            label=reader.label("Take me off the list"),
            action=WebinarAction.DECLINE,
            value=links.button_value(account_id, key),
        )
        return buttons(seat, give_up, links.webinars_button(reader, account_id))
    if state.answer == "going":
        return buttons(
            links.calendar_button(reader, account_id, key),
            links.give_up_button(reader, account_id, key),
            links.more_menu(reader, account_id, key),
        )
    return buttons(
        links.coming_button(reader, account_id, key),
        links.calendar_button(reader, account_id, key) if state.answer == "maybe" else None,
        links.more_menu(reader, account_id, key, maybe=state.answer != "maybe"),
    )


def _forms(reader: Reader, facts: WebinarFacts) -> Mrkdwn:
    google, outlook = reader.say("Google Calendar"), reader.say("Outlook")
    return reader.say(
        "Open it in {google} or {outlook}.",
        google=Mrkdwn(f"<{_address(google_link(reader, facts))}|{google}>"),
        outlook=Mrkdwn(f"<{_address(outlook_link(reader, facts))}|{outlook}>"),
    )


def _address(link: str) -> str:
    """Return a link as Slack's markup takes it."""
    return link.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")


def _only_you(reader: Reader) -> BlockPart:
    return context(reader.say("Only you see this."))
