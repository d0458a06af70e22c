"""What is said of a webinar unasked: reminders, changes, seats, thanks, recordings; and to who looks after it."""

from collections.abc import Callable, Mapping

from loyalty.webinars.notices import OrganizerNotice, TrainingNotice, WebinarNotice
from loyalty.webinars.outbox import kinds
from loyalty.webinars.overview.account_numbers import AccountNumbers
from messages.kit.blocks import BlockPart, Message, buttons, context, message, section
from messages.kit.event_names import spoken
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.webinars import links
from messages.webinars.announce import announce_button, open_button
from messages.webinars.invitation import invitation_message, recording_text
from messages.webinars.rsvp import place_text
from messages.webinars.times import own_time, span

MAX_SHOWN_ACCOUNTS = 20


def notice_message(reader: Reader, notice: WebinarNotice) -> Message:
    """Return what is said of a webinar, by the kind of message."""
    return _SAYS[notice.kind](reader, notice)


def organizer_message(reader: Reader, notice: OrganizerNotice) -> Message:
    """Return what the organizer is told once it is over: the numbers by account, and what is asked for."""
    title = notice.webinar.title.get(reader.language)
    return message(
        section(reader.say("*{title} is over.* How it went, by account:", title=title)),
        *account_parts(reader, notice.accounts),
        section(_wanted(reader, notice)) if notice.wants_report or notice.wants_recording else None,
        buttons(open_button(reader, notice.webinar)),
    )


def training_message(reader: Reader, notice: TrainingNotice) -> Message:
    """Return what an account manager is told of somebody who asks for a training."""
    asks = reader.say(
        "*{name}* ({account}) would like a training: *{topic}*",
        name=notice.name or "",
        account=notice.account,
        topic=notice.topic,
    )
    return message(
        section(asks),
        section(reader.say("“{words}”", words=notice.wish)) if notice.wish else None,
        context(_uses(reader, notice)) if notice.uses else None,
        buttons(announce_button(reader)),
    )


def account_parts(reader: Reader, accounts: tuple[AccountNumbers, ...]) -> list[BlockPart]:
    """Return how each account answered, in numbers: nobody's name."""
    if not accounts:
        return []
    shown = [_account_line(reader, numbers) for numbers in accounts[:MAX_SHOWN_ACCOUNTS]]
    more = len(accounts) - MAX_SHOWN_ACCOUNTS
    after = [reader.count("And {n} account more.", "And {n} accounts more.", more)] if more > 0 else []
    return [section(join_text((*shown, *after)))]


def _account_line(reader: Reader, numbers: AccountNumbers) -> Mrkdwn:
    words = [
        reader.count("{n} invited", "{n} invited", numbers.invited),
        reader.count("{n} coming", "{n} coming", numbers.going),
        *([reader.count("{n} maybe", "{n} maybe", numbers.maybe)] if numbers.maybe else []),
        *([reader.count("{n} waiting", "{n} waiting", numbers.waitlisted)] if numbers.waitlisted else []),
        *([reader.count("{n} came", "{n} came", numbers.came)] if numbers.came else []),
        *([reader.count("{n} minute together", "{n} minutes together", numbers.minutes)] if numbers.minutes else []),
        *(
            [reader.count("{n} would like another time", "{n} would like another time", numbers.other_time)]
            if numbers.other_time
            else []
        ),
    ]
    return reader.say("• {account}: {numbers}", account=numbers.name, numbers=join_text(words, ", "))


def _wanted(reader: Reader, notice: OrganizerNotice) -> Mrkdwn:
    wanted = [
        *(
            [reader.say("Who was there? Open it and take its report in: thanks and points follow.")]
            * notice.wants_report
        ),
        *([reader.say("Is there a recording? Its link goes there, too.")] * notice.wants_recording),
    ]
    return join_text(wanted, " ")


def _uses(reader: Reader, notice: TrainingNotice) -> Mrkdwn:
    names = join_text((escape(spoken(name)) for name in notice.uses), ", ")
    return reader.say("What this team uses most: {names}.", names=names)


def _reminder(reader: Reader, notice: WebinarNotice) -> Message:
    return message(
        section(
            join_text((reader.say("*Coming up: {title}.* {time}", **_named(reader, notice)), *_where(reader, notice)))
        ),
        _seat_buttons(reader, notice),
    )


def _change(reader: Reader, notice: WebinarNotice) -> Message:
    named = _named(reader, notice)
    if "cancelled" in notice.changed or notice.webinar.state == "cancelled":
        return message(section(join_text((reader.say("*{title} is cancelled.*", **named), *_why(reader, notice)), " ")))
    if "withdrawn" in notice.changed:
        return message(
            section(
                reader.say(
                    "*{title} will not take place for your company after all.* Sorry; you need do nothing.", **named
                )
            )
        )
    lines = _what_changed(reader, notice)
    return message(
        section(join_text((reader.say("*A change of {title}.*", **named), *lines))), _seat_buttons(reader, notice)
    )


def _what_changed(reader: Reader, notice: WebinarNotice) -> list[Mrkdwn]:
    """Return each thing that is another now: it stands as it is, and for the time also as it was."""
    facts, changed = notice.webinar, set(notice.changed)
    lines = []
    if "time" in changed and facts.moved_from is not None:
        before = span(reader, facts.moved_from, facts.moved_from + (facts.ends_at - facts.starts_at))
        lines.append(
            reader.say("It has moved to {time}. Before, it was {before}.", time=own_time(reader, facts), before=before)
        )
        lines += _why(reader, notice)
    else:
        lines.append(own_time(reader, facts))
    if changed & {"link", "place"}:
        lines += _where(reader, notice)
    if "time" in changed:
        lines.append(reader.say("A calendar does not always notice: please change it there, too."))
    return lines


def _seat(reader: Reader, notice: WebinarNotice) -> Message:
    named = _named(reader, notice)
    came = (
        reader.say("*A seat for you: {title}.* {time}", **named)
        if notice.by_hand
        else reader.say("*A seat came free; you have it: {title}.* {time}", **named)
    )
    return message(section(join_text((came, *_where(reader, notice)))), _seat_buttons(reader, notice))


def _offer(reader: Reader, notice: WebinarNotice) -> Message:
    free = reader.say("*A seat is free: {title}.* {time}", **_named(reader, notice))
    key = notice.webinar.key
    return message(
        section(join_text((free, reader.say("Everybody on the waitlist reads this; the first press has it.")))),
        buttons(
            links.coming_button(reader, notice.account_id, key), links.give_up_button(reader, notice.account_id, key)
        ),
    )


def _thanks(reader: Reader, notice: WebinarNotice) -> Message:
    thanks = reader.say("*Thank you for coming to {title}.*", **_named(reader, notice))
    points = [reader.count("{n} point for it.", "{n} points for it.", notice.points)] if notice.points else []
    return message(
        section(join_text((thanks, *points), " ")), buttons(links.webinars_button(reader, notice.account_id))
    )


def _recording(reader: Reader, notice: WebinarNotice) -> Message:
    title = notice.webinar.title.get(reader.language)
    return message(
        section(
            join_text((reader.say("*{title}*", title=title), recording_text(reader, notice.webinar.recording or "")))
        ),
        buttons(links.webinars_button(reader, notice.account_id)),
    )


def _named(reader: Reader, notice: WebinarNotice) -> dict[str, str]:
    return {"title": notice.webinar.title.get(reader.language), "time": own_time(reader, notice.webinar)}


def _where(reader: Reader, notice: WebinarNotice) -> list[Mrkdwn]:
    return place_text(reader, notice.webinar)


def _why(reader: Reader, notice: WebinarNotice) -> list[Mrkdwn]:
    why = notice.webinar.why_changed
    return [reader.say("The reason: “{why}”", why=why)] if why else []


def _seat_buttons(reader: Reader, notice: WebinarNotice) -> BlockPart:
    key = notice.webinar.key
    return buttons(
        links.calendar_button(reader, notice.account_id, key), links.give_up_button(reader, notice.account_id, key)
    )


_SAYS: Mapping[str, Callable[[Reader, WebinarNotice], Message]] = {
    kinds.INVITATION_KIND: invitation_message,
    kinds.INVITATION_CHANGED_KIND: invitation_message,
    kinds.REMINDER_KIND: _reminder,
    kinds.CHANGE_KIND: _change,
    kinds.SEAT_KIND: _seat,
    kinds.OFFER_KIND: _offer,
    kinds.THANKS_KIND: _thanks,
    kinds.RECORDING_KIND: _recording,
}
