"""Joining: the invitation, its answers, and the two choices."""

from loyalty.members.join import Joined
from messages.actions import JoinAction
from messages.kit.blocks import BlockPart, Button, Confirm, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader


def invitation_message(reader: Reader, product: str) -> Message:
    """Return what an account manager posts for a team: nobody is written to unasked."""
    return message(
        section(
            reader.say(
                "*A thank-you for getting good at {product}.* Using it well earns points; points become courses, early"
                " access and time with our experts. Never money.",
                product=product,
            )
        ),
        section(
            reader.say(
                "Who sees what: you, everything. Colleagues and your manager, team totals and what you choose to show."
                " {product}, the product use it already records.",
                product=product,
            )
        ),
        _answers(reader, how=True),
        context(reader.say("Not interested? Do nothing. No reminders.")),
    )


def how_it_works(reader: Reader, product: str) -> Message:
    """Return how the programme works, in plain words."""
    return message(
        section(reader.say("*How it works*")),
        section(
            reader.say(
                "You earn by using {product}, from the first day. Each point says which event it came from, by which"
                " rule, and when. Points are a thank-you: they are never money and cannot be lost to a colleague.",
                product=product,
            )
        ),
        section(
            reader.say(
                "Joining connects your Slack with your name in {product} and shows nothing of you to anybody. Being on"
                " boards and having milestones celebrated are two choices of yours, both off at first. Boards show the"
                " top only: nobody is ever shown last.",
                product=product,
            )
        ),
        section(
            reader.say(
                "You can change your mind at any time. No thanks erases what was recorded under your name. We never"
                " read your messages."
            )
        ),
        _answers(reader, how=False),
    )


def _answers(reader: Reader, *, how: bool) -> BlockPart:
    return buttons(
        Button(label=reader.label("Join"), action=JoinAction.JOIN, primary=True),
        Button(label=reader.label("How it works"), action=JoinAction.HOW) if how else None,
        Button(label=reader.label("No thanks"), action=JoinAction.DECLINE, confirm=_confirm_decline(reader)),
    )


def _confirm_decline(reader: Reader) -> Confirm:
    return Confirm(
        title=reader.label("No thanks?"),
        text=reader.label("Points and usage recorded under your name are erased. This cannot be undone."),
        confirm=reader.label("No thanks, erase"),
        deny=reader.label("Back"),
    )


def visibility_text(reader: Reader, *, on_boards: bool, celebrated: bool) -> Mrkdwn:
    """Return what others see of a member."""
    if not on_boards and not celebrated:
        return reader.say("Nobody sees your points but you.")
    if on_boards and celebrated:
        return reader.say("You can be on boards, and your milestones are celebrated.")
    if on_boards:
        return reader.say("You can be on boards; your milestones stay yours.")
    return reader.say("Your milestones are celebrated; you are on no board.")


def visibility_receipt(reader: Reader, outcome: Joined) -> Message:
    """Return the receipt for a choice of what others see."""
    return message(
        section(visibility_text(reader, on_boards=outcome.on_boards, celebrated=outcome.celebrated)),
        visibility_buttons(reader, on_boards=outcome.on_boards, celebrated=outcome.celebrated),
        context(reader.say("Only you see this.")),
    )


def visibility_buttons(reader: Reader, *, on_boards: bool, celebrated: bool) -> BlockPart:
    """Return a button for each of the two choices, labelled with what it changes."""
    return buttons(
        Button(label=reader.label("Take me off boards"), action=JoinAction.HIDE)
        if on_boards
        else Button(label=reader.label("Show me on boards"), action=JoinAction.SHOW),
        Button(label=reader.label("Keep my milestones to myself"), action=JoinAction.HUSH)
        if celebrated
        else Button(label=reader.label("Celebrate my milestones"), action=JoinAction.CELEBRATE),
    )


def still_in(reader: Reader) -> Message:
    """Return the answer to No thanks of a member: nothing was erased, as it may have been a slip."""
    return message(
        section(
            reader.say(
                "*You're in already,* so nothing was erased. Nobody sees your points but you, unless you choose."
            )
        ),
        context(reader.say("Only you see this.")),
    )


def join_again_parts(reader: Reader) -> tuple[BlockPart, BlockPart]:
    """Return the parts with which somebody who has just left can join again."""
    return (
        section(reader.say("If you wish otherwise one day, press Join.")),
        buttons(Button(label=reader.label("Join"), action=JoinAction.JOIN)),
    )


def decline_receipt(reader: Reader, erased: int) -> Message:
    """Return the answer to No thanks; `erased`: how many persons were forgotten, 0 or 1."""
    outcome = (
        reader.say("What was recorded under your name is erased, and nothing more will be.")
        if erased
        else reader.say("We found nothing under your name, so there was nothing to erase.")
    )
    return message(
        section(reader.say("*That's fine.* {done}", done=outcome)),
        *join_again_parts(reader),
        context(reader.say("Only you see this.")),
    )
