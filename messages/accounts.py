"""Binding a Slack channel to an account: from then on who speaks there speaks for it, and its news is told there."""

from collections.abc import Sequence
from enum import StrEnum

from loyalty.accounts.requester import Client
from messages.desk.overview import Action as Desk
from messages.kit.blocks import Choice, Message, Press, buttons, message, note, section
from messages.kit.modals import Window, choice_field
from messages.kit.reader import Marked, Reader, escape


class Step(StrEnum):
    """Windows that are sent."""

    FORM = "binding.form"


class Field(StrEnum):
    """What is filled in."""

    ACCOUNT = "account"


def form(reader: Reader, channel_id: str, team_id: str, accounts: Sequence[Client], chosen: str) -> Window:
    """Return the window in which the channel's account is chosen; `chosen` beforehand, by its key."""
    ids = {client.key: str(client.id) for client in accounts}
    return Window(
        title=reader.label("Bind this channel"),
        close=reader.label("Cancel"),
        submit=reader.label("Bind"),
        callback=Step.FORM,
        kept={"channel": channel_id, "team": team_id},
        shown=message(
            section(
                reader.say(
                    "Whoever speaks in {channel} speaks for the account from then on, and its news is told there.",
                    channel=mention(channel_id),
                )
            ),
            choice_field(
                Field.ACCOUNT,
                reader.label("Whose channel is it?"),
                [Choice(client.name, ids[client.key]) for client in accounts],
                hint=reader.label("A channel means one client."),
                chosen=ids.get(chosen, ""),
            ),
        ),
    )


def bound(reader: Reader, account: str, channel_id: str, *, new: bool) -> Message:
    """Return the receipt."""
    said = (
        reader.say("*Done.* {channel} speaks for {account} from now on.", channel=mention(channel_id), account=account)
        if new
        else reader.say("{channel} spoke for {account} already.", channel=mention(channel_id), account=account)
    )
    return message(
        section(said),
        section(reader.say("I must be in the channel to post there: type `/invite @Laurels` in it if I am not.")),
        buttons(Press(label=reader.label("My desk"), action=Desk.ACCOUNTS)),
        note(reader.say("Only you see this.")),
    )


def no_channel(reader: Reader) -> Message:
    """Return what is said where there is no client's channel."""
    return message(
        section(
            reader.say("No client can have this channel: type `/desk bind` in one that is to speak for an account.")
        ),
        note(reader.say("Only you see this.")),
    )


def mention(channel_id: str) -> Marked:
    """Return a channel as Slack shows it."""
    return Marked(f"<#{escape(channel_id)}>")
