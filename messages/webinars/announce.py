"""Announcing a webinar: the window that says what, the one that says for whom, and the preview."""

from collections.abc import Mapping, Sequence

from loyalty.accounts.requester import AccountInfo
from loyalty.webinars.announce import AccountInvitation
from loyalty.webinars.details import KINDS, WebinarDetails, WebinarFacts
from loyalty.webinars.errors import TimeTwiceError
from messages.actions import WebinarDeskAction, WebinarDeskField, WebinarDeskView
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, divider, message, section
from messages.kit.elements import Choice
from messages.kit.modals import (
    Modal,
    choice_field,
    choices_field,
    date_field,
    info_modal,
    number_field,
    suggestion_field,
    text_field,
    time_field,
)
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.webinars.times import account_time
from messages.webinars.zones import zone_choice

LATER = "later"
"""What stands at the end of the value of the button that sends it at a later moment."""
MAX_TITLE_CHARS = 150
MAX_WHY_CHARS = 300
MAX_LINK_CHARS = 1000
MAX_MINUTES = 14 * 24 * 60
MAX_SEATS = 10_000


def what_form(reader: Reader, filled_in: Mapping[str, str], twice: TimeTwiceError | None = None) -> Modal:
    """Return the window that says what a webinar is; `twice`: its time comes twice, and which is meant is asked."""
    field, given = WebinarDeskField, filled_in.get
    return Modal(
        title=reader.label("Announce"),
        close=reader.label("Back"),
        submit=reader.label("Next"),
        callback=WebinarDeskView.WHAT,
        content=message(
            choice_field(
                field.KIND,
                reader.label("What is it?"),
                [Choice(kind_label(reader, kind), kind) for kind in KINDS],
                chosen=given("kind", "webinar"),
            ),
            text_field(field.TITLE, reader.label("Title"), max_chars=MAX_TITLE_CHARS, initial_value=given("title", "")),
            text_field(
                field.WHY,
                reader.label("Why come? One sentence."),
                max_chars=MAX_WHY_CHARS,
                optional=True,
                initial_value=given("why", ""),
            ),
            *when_fields(reader, filled_in, twice),
            number_field(
                field.MINUTES,
                reader.label("How many minutes?"),
                least=5,
                most=MAX_MINUTES,
                initial_value=given("minutes", "30"),
            ),
            text_field(
                field.LINK,
                reader.label("Link, or place"),
                hint=reader.label("A link begins with https://"),
                max_chars=MAX_LINK_CHARS,
                initial_value=given("link", ""),
            ),
            number_field(
                field.SEATS,
                reader.label("How many seats?"),
                least=1,
                most=MAX_SEATS,
                hint=reader.label("Leave it empty where everybody has room."),
                optional=True,
                initial_value=given("seats", ""),
            ),
        ),
    )


def when_fields(reader: Reader, filled_in: Mapping[str, str], twice: TimeTwiceError | None = None) -> list[BlockPart]:
    """Return the fields that say when: a day, a time, the zone, and which of two where the time comes twice."""
    field, zone = WebinarDeskField, filled_in.get(WebinarDeskField.ZONE) or reader.timezone
    fields = [
        date_field(field.DATE, reader.label("Day"), chosen=filled_in.get("date", "")),
        time_field(field.TIME, reader.label("Time"), chosen=filled_in.get("time", "")),
        suggestion_field(field.ZONE, reader.label("Time zone"), zone_choice(reader, zone)),
    ]
    if twice is not None:
        choices = [
            Choice(reader.label("The first one, {time} UTC", time=f"{twice.first:%H:%M}"), "0"),
            Choice(reader.label("The second one, {time} UTC", time=f"{twice.second:%H:%M}"), "1"),
        ]
        label = reader.label("Clocks go back that night, so this time comes twice. Which one?")
        fields.append(choice_field(field.FOLD, label, choices))
    return fields


def kind_label(reader: Reader, kind: str) -> str:
    """Return what a kind is called."""
    return {
        "webinar": reader.label("Webinar"),
        "training": reader.label("Training"),
        "onboarding": reader.label("Onboarding"),
        "seminar": reader.label("Seminar"),
        "retreat": reader.label("Retreat"),
        "course": reader.label("Course"),
        "conference": reader.label("Conference"),
    }[kind]


def whom_form(reader: Reader, key: str, accounts: Sequence[AccountInfo]) -> Modal:
    """Return the window that says for which accounts it is, and where they hear of it."""
    field = WebinarDeskField
    return Modal(
        title=reader.label("Announce"),
        close=reader.label("Keep as a draft"),
        submit=reader.label("Preview"),
        callback=WebinarDeskView.WHOM,
        private_metadata={"webinar": key},
        content=message(
            choices_field(
                field.ACCOUNTS,
                reader.label("For whom?"),
                [Choice(account.name, str(account.id)) for account in accounts[:100]],
            ),
            choice_field(
                field.REACH,
                reader.label("Where do they hear of it?"),
                [
                    Choice(reader.label("In their channels"), "channel"),
                    Choice(reader.label("By direct messages, within each one's week"), "direct"),
                ],
                chosen="channel",
            ),
        ),
    )


def preview_modal(
    reader: Reader,
    details: WebinarDetails,
    invitations: Sequence[AccountInvitation],
    zones: Mapping[int, str],
) -> Modal:
    """Return how the invited will read it, in each of their languages, and how many; then it is sent, or kept."""
    facts = details.facts
    return info_modal(
        reader,
        message(
            *_as_read(facts, invitations, zones),
            divider(),
            section(join_text(_reach(reader, invitation) for invitation in invitations)),
            buttons(
                Button(label=reader.label("Send now"), action=WebinarDeskAction.SEND, value=details.key, primary=True),
                Button(label=reader.label("Send at…"), action=WebinarDeskAction.MORE, value=f"{details.key}/{LATER}"),
            ),
            context(reader.say("Until you send it, nobody is told: it stays a draft on your desk.")),
        ),
    )


def _as_read(
    facts: WebinarFacts, invitations: Sequence[AccountInvitation], zones: Mapping[int, str]
) -> list[BlockPart]:
    """Return the first words of the invitation in each language, on the clock of an account that reads it."""
    shown: dict[str, BlockPart] = {}
    for invitation in invitations:
        for language in invitation.languages:
            read_by = Reader(language, zones[invitation.account_id])
            title = read_by.say("*{title}*, {time}", title=facts.title.get(language), time=account_time(read_by, facts))
            why = [escape(facts.why.get(language))] if facts.why else []
            shown.setdefault(language, section(join_text((title, *why))))
    return list(shown.values())


def _reach(reader: Reader, invitation: AccountInvitation) -> Mrkdwn:
    if invitation.reach == "channel":
        return reader.count(
            "• {account}: in its channel, {n} person",
            "• {account}: in its channel, {n} people",
            invitation.invited,
            account=invitation.name,
        )
    parts = [reader.count("{n} message now", "{n} messages now", invitation.now)]
    if invitation.later:
        parts.append(
            reader.count("{n} in a later week because of their budget", "{n} in a later week because of their budget",
                         invitation.later)
        )  # fmt: skip
    if invitation.not_reached:
        parts.append(reader.count("{n} has not joined", "{n} have not joined", invitation.not_reached))
    return reader.say("• {account}: {numbers}", account=invitation.name, numbers=join_text(parts, ", "))


def announced_receipt(reader: Reader, details: WebinarDetails) -> Message:
    """Return the receipt for what was announced."""
    title = details.facts.title.get(reader.language)
    return message(
        section(reader.say("*{title} is announced.* The invitations are on their way.", title=title)),
        buttons(open_button(reader, details.facts)),
        context(reader.say("Only you see this.")),
    )


def open_button(reader: Reader, facts: WebinarFacts) -> Button:
    """Return the button to a webinar's page on the desk."""
    return Button(
        label=reader.label("Open: {title}", title=facts.title.get(reader.language)),
        action=WebinarDeskAction.OPEN,
        value=facts.key,
        key=facts.key,
    )


def announce_button(reader: Reader) -> Button:
    """Return the button that begins an announcement."""
    return Button(label=reader.label("Announce"), action=WebinarDeskAction.ANNOUNCE)
