"""Messages that may or may not have been delivered: an account manager looks, and decides by a button."""

import datetime as dt

from messages.actions import DeskAction
from messages.kit.blocks import BlockPart, Button, Confirm, buttons, section
from messages.kit.reader import Mrkdwn, Reader, escape
from storage.outbox import Claimed


def unknown_delivery_parts(reader: Reader, claimed: Claimed, now: dt.datetime) -> tuple[BlockPart, BlockPart]:
    """Return a message of unknown delivery as parts of the desk: what it was, and the two buttons to decide."""
    value, when = f"{claimed.account_id}/{claimed.id}", reader.moment(claimed.message.due_at, now=now)
    message_name = _message(reader, claimed)
    return (
        section(
            reader.say(
                "{what}, {when}: Slack's answer was lost. Only they can see whether it is there.",
                what=message_name,
                when=when,
            )
            if claimed.message.channel_id is None
            else reader.say(
                "{what}, {when}: Slack's answer was lost. Look whether it is there.", what=message_name, when=when
            )
        ),
        buttons(
            Button(
                label=reader.label("It is there"),
                action=DeskAction.SENT,
                value=value,
                key=value,
                confirm=Confirm(
                    title=reader.label("Is it there?"),
                    text=reader.label("It will not be sent again."),
                    confirm=reader.label("It is there"),
                    deny=reader.label("Back"),
                ),
            ),
            Button(
                label=reader.label("Send it again"),
                action=DeskAction.AGAIN,
                value=value,
                key=value,
                confirm=Confirm(
                    title=reader.label("Send it again?"),
                    text=reader.label("If it is there after all, it will stand there twice."),
                    confirm=reader.label("Send it again"),
                    deny=reader.label("Back"),
                ),
            ),
        ),
    )


def _message(reader: Reader, claimed: Claimed) -> Mrkdwn:
    kinds = {
        "invitation": reader.say("The invitation"),
        "shoutout": reader.say("A shoutout"),
        "board": reader.say("The board"),
        "corrected": reader.say("Word of a correction"),
        "tier": reader.say("Word of a tier"),
        "expiry": reader.say("Word of points that run out"),
        "season": reader.say("Word of a new season"),
        "redemption": reader.say("Word of a request"),
        "redemption.asked": reader.say("A request to decide on"),
        "gift": reader.say("Word of a gift"),
        "vip": reader.say("The invitation into the VIP club"),
        "disputed": reader.say("Word that a correction looks wrong"),
    }
    message_name = kinds.get(claimed.message.kind) or reader.say("A message")
    if claimed.message.channel_id is None:
        return reader.say("{what}, to one person", what=message_name)
    return reader.say(
        "{what} in {channel}", what=message_name, channel=Mrkdwn(f"<#{escape(claimed.message.channel_id)}>")
    )
