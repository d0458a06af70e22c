"""Binding a Slack channel to an account: from then on who speaks there speaks for it, and its news is told there."""

from collections.abc import Sequence

from loyalty.accounts.requester import AccountInfo
from messages.actions import BindField, BindView
from messages.actions import DeskAction as Desk
from messages.kit.blocks import Button, Message, buttons, context, message, section
from messages.kit.elements import Choice
from messages.kit.modals import Modal, choice_field
from messages.kit.reader import Mrkdwn, Reader, escape


def bind_form(reader: Reader, channel_id: str, team_id: str, accounts: Sequence[AccountInfo], chosen: str) -> Modal:
    """Return the modal in which the channel's account is chosen; `chosen`: the key of the account chosen at first."""
    ids = {client.key: str(client.id) for client in accounts}
    return Modal(
        title=reader.label("Bind this channel"),
        close=reader.label("Cancel"),
        submit=reader.label("Bind"),
        callback=BindView.FORM,
        private_metadata={"channel": channel_id, "team": team_id},
        content=message(
            section(
                reader.say(
                    "Whoever speaks in {channel} speaks for the account from then on, and its news is told there.",
                    channel=channel_mention(channel_id),
                )
            ),
            choice_field(
                BindField.ACCOUNT,
                reader.label("Whose channel is it?"),
                [Choice(client.name, ids[client.key]) for client in accounts],
                hint=reader.label("A channel means one client."),
                chosen=ids.get(chosen, ""),
            ),
        ),
    )


def bind_receipt(reader: Reader, account: str, channel_id: str, *, new: bool) -> Message:
    """Return the receipt for a channel that was bound; `new`: it was not bound to this account before."""
    receipt = (
        reader.say(
            "*Done.* {channel} speaks for {account} from now on.", channel=channel_mention(channel_id), account=account
        )
        if new
        else reader.say("{channel} spoke for {account} already.", channel=channel_mention(channel_id), account=account)
    )
    return message(
        section(receipt),
        section(reader.say("I must be in the channel to post there: type `/invite @Laurels` in it if I am not.")),
        buttons(Button(label=reader.label("My desk"), action=Desk.ACCOUNTS)),
        context(reader.say("Only you see this.")),
    )


def no_channel_message(reader: Reader) -> Message:
    """Return what is said where there is no client's channel."""
    return message(
        section(
            reader.say("No client can have this channel: type `/desk bind` in one that is to speak for an account.")
        ),
        context(reader.say("Only you see this.")),
    )


def channel_mention(channel_id: str) -> Mrkdwn:
    """Return a channel as Slack shows it."""
    return Mrkdwn(f"<#{escape(channel_id)}>")
