"""A member's webinars: those they answered, those open to them, past ones; in a message and in the app's Home."""

from collections.abc import Sequence

from loyalty.webinars.overview.queries import MemberWebinar, MemberWebinars
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.webinars import links
from messages.webinars.invitation import recording_text, seats_text
from messages.webinars.rsvp import waitlist_text
from messages.webinars.times import own_time

MAX_SHOWN_PER_KIND = 5
"""How many webinars of each kind are shown."""
MAX_HOME_INVITATIONS = 3


def webinars_message(reader: Reader, account_id: int, webinars: MemberWebinars) -> Message:
    """Return somebody's webinars, with their buttons."""
    nothing = not (webinars.mine or webinars.open or webinars.past)
    return message(
        *_kind(reader, account_id, reader.say("*You answered*"), webinars.mine),
        *_kind(reader, account_id, reader.say("*Open to you*"), webinars.open),
        *_past(reader, webinars.past),
        section(_nothing(reader)) if nothing else None,
        buttons(links.training_button(reader, account_id), links.code_button(reader, account_id)),
        context(reader.say("Only you see this.")),
    )


def home_webinar_parts(reader: Reader, account_id: int, webinars: MemberWebinars) -> list[BlockPart]:
    """Return invitations as a part of somebody's Home, each with its one button; nothing where there is none."""
    ahead = [
        part
        for webinar in webinars.open[:MAX_HOME_INVITATIONS]
        if webinar.rsvp.answer is None
        for part in (section(_line(reader, webinar)), buttons(_coming(reader, account_id, webinar)))
    ]
    if not (ahead or webinars.mine):
        return []
    mine = [_line(reader, webinar) for webinar in webinars.mine[:MAX_HOME_INVITATIONS]]
    return [
        section(join_text((reader.say("*Webinars*"), *mine))),
        *ahead,
        buttons(links.webinars_button(reader, account_id)),
    ]


def _kind(reader: Reader, account_id: int, title: Mrkdwn, webinars: Sequence[MemberWebinar]) -> list[BlockPart]:
    if not webinars:
        return []
    shown = [
        part
        for webinar in webinars[:MAX_SHOWN_PER_KIND]
        for part in (section(_line(reader, webinar)), _buttons(reader, account_id, webinar))
    ]
    more = len(webinars) - MAX_SHOWN_PER_KIND
    after = [context(reader.count("And {n} more later.", "And {n} more later.", more))] if more > 0 else []
    return [section(title), *shown, *after]


def _past(reader: Reader, webinars: Sequence[MemberWebinar]) -> list[BlockPart]:
    if not webinars:
        return []
    lines = [_past_line(reader, webinar) for webinar in webinars[:MAX_SHOWN_PER_KIND]]
    return [section(join_text((reader.say("*Past*"), *lines)))]


def _line(reader: Reader, webinar: MemberWebinar) -> Mrkdwn:
    facts = webinar.facts
    line = reader.say("*{title}*, {time}", title=facts.title.get(reader.language), time=own_time(reader, facts))
    stands = _stands(reader, webinar)
    return join_text((line, stands)) if stands else line


def _stands(reader: Reader, webinar: MemberWebinar) -> Mrkdwn | None:
    """Return how somebody's answer stands, or how it stands with seats."""
    match webinar.rsvp.answer:
        case "going":
            link = webinar.facts.link
            if link:
                return reader.say("You're coming. The link: {link}", link=link)
            return reader.say("You're coming. Where: {place}", place=webinar.facts.place)
        case "maybe":
            return reader.say("Perhaps you come.")
        case "waitlisted":
            return waitlist_text(reader, webinar.rsvp)
        case "declined":
            return reader.say("You can't come; you can change your mind.")
        case _:
            return next(iter(seats_text(reader, webinar.facts)), None)


def _past_line(reader: Reader, webinar: MemberWebinar) -> Mrkdwn:
    facts = webinar.facts
    values = {"title": facts.title.get(reader.language), "day": reader.clock_day(facts.starts_at)}
    line = (
        reader.say("• {title}, {day}: you were there. Thank you.", **values)
        if webinar.came
        else reader.say("• {title}, {day}", **values)
    )
    return join_text((line, recording_text(reader, facts.recording)), " · ") if facts.recording else line


def _buttons(reader: Reader, account_id: int, webinar: MemberWebinar) -> BlockPart:
    key, title = webinar.facts.key, webinar.facts.title.get(reader.language)
    if webinar.rsvp.answer in {"going", "waitlisted"}:
        return buttons(
            links.calendar_button(reader, account_id, key, named=title),
            links.give_up_button(reader, account_id, key, named=title),
            links.more_menu(reader, account_id, key, several=True),
        )
    return buttons(_coming(reader, account_id, webinar), links.more_menu(reader, account_id, key, several=True))


def _coming(reader: Reader, account_id: int, webinar: MemberWebinar) -> Button:
    title = webinar.facts.title.get(reader.language)
    return links.coming_button(reader, account_id, webinar.facts.key, named=title)


def _nothing(reader: Reader) -> Mrkdwn:
    return reader.say(
        "*No webinars yet.* Invitations will stand here. Is there something that you would like to learn?"
    )
