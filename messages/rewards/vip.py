"""The VIP club: the invitation, its answers, and who is in it."""

from collections.abc import Sequence

from loyalty.people.people import KnownPerson
from loyalty.rewards.vip import VipInvitationFacts, VipPlace
from messages.actions import VipAction, VipField, VipView
from messages.kit.blocks import Button, Confirm, Message, buttons, context, message, section
from messages.kit.modals import Modal
from messages.kit.reader import Reader
from messages.people.picker import person_fields, person_label
from messages.rewards import links

MAX_SHOWN_MEMBERS = 40
"""How many of the club are shown: a modal has at most 100 blocks, and each member takes two."""


def vip_invitation_message(reader: Reader, facts: VipInvitationFacts) -> Message:
    """Return the invitation into the club."""
    by = facts.by or facts.programme
    value = links.button_value(facts.account_id)
    return message(
        section(reader.say("*{by} invites you into the VIP club of {programme}.*", by=by, programme=facts.programme)),
        section(
            reader.say(
                "Members of the club find some rewards that others don't. Whatever a membership costs is settled with"
                " {by}, never here. It shows nothing of you to anybody.",
                by=by,
            )
        ),
        buttons(
            Button(label=reader.label("Join the club"), action=VipAction.ACCEPT, value=value, primary=True),
            Button(label=reader.label("No thanks"), action=VipAction.DECLINE, value=value),
        ),
    )


def vip_accept_receipt(reader: Reader, account_id: int, *, new: bool) -> Message:
    """Return the receipt for somebody who joined the club."""
    receipt = reader.say("*You're in the club.*") if new else reader.say("You are in the club already.")
    return message(
        section(receipt), buttons(links.rewards_button(reader, account_id)), context(reader.say("Only you see this."))
    )


def vip_decline_receipt(reader: Reader) -> Message:
    """Return the receipt for somebody who did not join the club, or left it."""
    return message(
        section(reader.say("*All right:* you are not in the club. Everything else stays as it is.")),
        context(reader.say("Only you see this.")),
    )


def vip_club_modal(
    reader: Reader,
    account: str,
    account_id: int,
    people: Sequence[KnownPerson],
    members: Sequence[tuple[KnownPerson, VipPlace]],
) -> Modal:
    """Return the modal that lists who is in the club and invites somebody."""
    more = len(members) - MAX_SHOWN_MEMBERS
    member_parts = [
        part
        for known, place in members[:MAX_SHOWN_MEMBERS]
        for part in (
            section(
                reader.say("{name}: in the club.", name=person_label(known))
                if place == "in"
                else reader.say("{name}: invited.", name=person_label(known))
            ),
            buttons(
                Button(
                    label=reader.label("Take out {name}", name=person_label(known)),
                    action=VipAction.OUT,
                    value=f"{account_id}/{known.id}",
                    key=f"{account_id}/{known.id}",
                    confirm=Confirm(
                        title=reader.label("Take them out?"),
                        text=reader.label("They no longer find the club's rewards; what they asked for stays theirs."),
                        confirm=reader.label("Take out"),
                        deny=reader.label("Back"),
                    ),
                )
            ),
        )
    ]
    return Modal(
        title=reader.label("VIP club"),
        close=reader.label("Close"),
        submit=reader.label("Invite"),
        callback=VipView.INVITE,
        private_metadata={"account": account_id},
        content=message(
            section(reader.say("*{account}*", account=account)),
            *member_parts,
            context(reader.count("And {n} more after that.", "And {n} more after these.", more)) if more > 0 else None,
            None if member_parts else section(reader.say("Nobody is in the club yet.")),
            *person_fields(reader, VipField.PERSON, VipField.OTHER, reader.label("Whom do you invite?"), people),
        ),
    )


def vip_invitation_receipt(reader: Reader, person: KnownPerson, *, new: bool) -> Message:
    """Return the receipt for an invitation."""
    receipt = (
        reader.say(
            "*{name} is invited*, and asked in a direct message: outside quiet hours, and once this week has room for"
            " one that nobody asked for.",
            name=person_label(person),
        )
        if new
        else reader.say("{name} is invited, or in the club, already.", name=person_label(person))
    )
    return message(section(receipt), context(reader.say("Only you see this.")))


def vip_removal_receipt(reader: Reader, person: KnownPerson) -> Message:
    """Return the receipt for somebody who was taken out."""
    return message(
        section(reader.say("*{name} is not in the club any more.*", name=person_label(person))),
        context(reader.say("Only you see this.")),
    )
