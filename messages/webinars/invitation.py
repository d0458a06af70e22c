"""The invitation to a webinar, in a channel or to one person; and what becomes of it when the webinar changes."""

from loyalty.webinars.details import WebinarFacts
from loyalty.webinars.notices import WebinarNotice
from messages.kit.blocks import BlockPart, Message, buttons, context, dated_section, header, message, section
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.webinars import links
from messages.webinars.times import account_time, own_time, shown_time, span


def invitation_message(reader: Reader, notice: WebinarNotice) -> Message:
    """Return the invitation as it is now: to answer, or closed once the webinar is cancelled, over, or not for them."""
    facts = notice.webinar
    if not notice.invited:
        return message(_title(reader, facts), section(reader.say("This invitation is closed.")))
    if facts.state == "cancelled":
        return message(_title(reader, facts), section(cancelled_text(reader, facts.why_changed)))
    if facts.state == "over":
        return message(_title(reader, facts), section(_over(reader, facts)))
    return message(
        _title(reader, facts),
        _when_part(reader, notice),
        *_moved(reader, facts),
        *_lines(reader, facts, notice.earns),
        answer_buttons(reader, notice.account_id, facts.key),
        context(_who_sees(reader)),
    )


def answer_buttons(reader: Reader, account_id: int, key: str) -> BlockPart:
    """Return the buttons with which an invitation is answered."""
    return buttons(
        links.coming_button(reader, account_id, key),
        links.decline_button(reader, account_id, key),
        links.calendar_button(reader, account_id, key),
        links.more_menu(reader, account_id, key),
    )


def cancelled_text(reader: Reader, why: str | None) -> Mrkdwn:
    """Return that it is cancelled, and why."""
    if why:
        return reader.say("*It is cancelled.* The reason: “{why}”", why=why)
    return reader.say("*It is cancelled.*")


def seats_text(reader: Reader, facts: WebinarFacts) -> list[Mrkdwn]:
    """Return how it stands with seats, never how many; nothing where there are enough."""
    if facts.seats_shown == "few":
        return [reader.say("A few seats are left.")]
    if facts.seats_shown == "waitlist":
        return [reader.say("All seats are taken; there is a waitlist.")]
    return []


def earns_text(reader: Reader, points: int) -> list[Mrkdwn]:
    """Return what coming earns; nothing where it earns nothing."""
    return [reader.count("Coming earns {n} point.", "Coming earns {n} points.", points)] if points else []


def recording_text(reader: Reader, link: str) -> Mrkdwn:
    """Return where the recording is."""
    return reader.say("The recording: {link}", link=link)


def _title(reader: Reader, facts: WebinarFacts) -> BlockPart:
    return header(facts.title.get(reader.language))


def _when_part(reader: Reader, notice: WebinarNotice) -> BlockPart:
    if notice.person_id is not None:
        return section(own_time(reader, notice.webinar))
    return dated_section(account_time(reader, notice.webinar), shown_time(reader, notice.webinar))


def _moved(reader: Reader, facts: WebinarFacts) -> list[BlockPart]:
    if facts.moved_from is None:
        return []
    before = span(reader, facts.moved_from, facts.moved_from + (facts.ends_at - facts.starts_at))
    return [section(reader.say("*It has moved.* Before, it was {time}.", time=before))]


def _lines(reader: Reader, facts: WebinarFacts, earns: int) -> list[BlockPart]:
    lines = [
        *([escape(facts.why.get(reader.language))] if facts.why else []),
        *([reader.say("Where: {place}", place=facts.place)] if facts.place else []),
        join_text((*earns_text(reader, earns), *seats_text(reader, facts)), " "),
    ]
    shown = [line for line in lines if line]
    return [section(join_text(shown))] if shown else []


def _over(reader: Reader, facts: WebinarFacts) -> Mrkdwn:
    over = reader.say("It is over. Thank you to all who came.")
    return join_text((over, recording_text(reader, facts.recording)), " ") if facts.recording else over


def _who_sees(reader: Reader) -> Mrkdwn:
    return reader.say("Nobody but you and your account manager sees what you answer.")
