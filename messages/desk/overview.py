"""The account managers' desk: how their accounts go, and what waits for them, each with its button."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import astuple

from loyalty.desk.overview import Correction, Desk
from loyalty.people.roster import UnmatchedPerson
from messages.actions import DeskAction, WebinarDeskAction
from messages.actions import PeopleAction as Roster
from messages.boards.seasons import desk_season_parts as seasons
from messages.desk.unknown_deliveries import unknown_delivery_parts
from messages.kit.blocks import BlockPart, Button, Confirm, Message, buttons, context, header, message, section
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.people.names import unmatched_name
from messages.points.reasons import quoted_reason

MAX_SHOWN_PER_KIND = 5
"""How many items of each kind are shown at a time."""


def desk_message(reader: Reader, parts: Sequence[BlockPart]) -> Message:
    """Return the desk as a message, of its parts."""
    return message(*parts, context(reader.say("Only you see this.")))


def desk_parts(
    reader: Reader,
    desk: Desk,
    *,
    several: bool,
    loose: bool = False,
    requests: Sequence[BlockPart] = (),
    now: dt.datetime,
) -> list[BlockPart]:
    """Return one account's desk as parts of a message; `several`: there are others to go to.

    `loose`: it is shown in a channel that speaks for no account yet. `requests`: what waits of rewards.
    """
    return [
        section(join_text((Mrkdwn(f"*{escape(desk.client.name)}*"), *_standing(reader, desk)))),
        buttons(
            Button(label=reader.label("Give thanks"), action=DeskAction.THANK, value=str(desk.client.id)),
            Button(label=reader.label("Correct points"), action=DeskAction.CORRECT, value=str(desk.client.id)),
            Button(label=reader.label("People"), action=Roster.PEOPLE, value=str(desk.client.id)),
            Button(label=reader.label("Announce"), action=WebinarDeskAction.ANNOUNCE),
            Button(label=reader.label("My accounts"), action=DeskAction.ACCOUNTS) if several else None,
            Button(label=reader.label("Bind this channel"), action=DeskAction.BIND) if loose else None,
            Button(label=reader.label("Look again"), action=DeskAction.OPEN, value=str(desk.client.id)),
        ),
        *requests,
        *_knocks(reader, desk),
        *_unknown(reader, desk, now),
        *_corrections(reader, desk, now),
        # What is wanted now and then stands below what waits.
        *seasons(reader, desk.client, desk.season),
        buttons(
            Button(label=reader.label("Rewards"), action=DeskAction.TERMS, value=str(desk.client.id)),
            Button(label=reader.label("Tiers"), action=DeskAction.TIERS, value=str(desk.client.id))
            if desk.tiers
            else None,
            Button(label=reader.label("Webinars"), action=WebinarDeskAction.WEBINARS),
            Button(label=reader.label("VIP club"), action=DeskAction.CLUB, value=str(desk.client.id)),
            Button(label=reader.label("Edit the roster"), action=Roster.EDIT, value=str(desk.client.id)),
            _invite(reader, desk) if desk.channels else None,
        ),
    ]


def _standing(reader: Reader, desk: Desk) -> list[Mrkdwn]:
    return [_joined(reader, desk), _points(reader, desk), _channels(reader, desk)]


def _joined(reader: Reader, desk: Desk) -> Mrkdwn:
    return reader.count(
        "{joined} of {n} person known has joined.", "{joined} of {n} people known have joined.", desk.known,
        joined=desk.joined,
    )  # fmt: skip


def _points(reader: Reader, desk: Desk) -> Mrkdwn:
    together_ = reader.count("{n} point together this week", "{n} points together this week", desk.this_week)
    more = desk.this_week - desk.last_week
    if more > 0:
        return reader.count(
            "{points}, {n} more than all last week.", "{points}, {n} more than all last week.", more, points=together_
        )
    if more < 0:
        return reader.count(
            "{points}, {n} fewer than all last week.", "{points}, {n} fewer than all last week.", -more,
            points=together_,
        )  # fmt: skip
    return reader.say("{points}, as many as all last week.", points=together_)


def _channels(reader: Reader, desk: Desk) -> Mrkdwn:
    if not desk.channels:
        return reader.say("No channel speaks for it yet: type `/desk bind` in theirs.")
    mentions = join_text((Mrkdwn(f"<#{escape(channel)}>") for channel in desk.channels), ", ")
    return reader.say("Channel: {channels}.", channels=mentions)


def _invite(reader: Reader, desk: Desk) -> Button:
    return Button(
        label=reader.label("Post the invitation"),
        action=DeskAction.INVITE,
        value=str(desk.client.id),
        confirm=Confirm(
            title=reader.label("Post the invitation?"),
            text=reader.label(
                "It goes to the channel of {account}, where everybody sees it.", account=desk.client.name
            ),
            confirm=reader.label("Post it"),
            deny=reader.label("Back"),
        ),
    )


def _knocks(reader: Reader, desk: Desk) -> list[BlockPart]:
    if not desk.knocks:
        return []
    unmatched_parts = [
        part for unmatched in desk.knocks[:MAX_SHOWN_PER_KIND] for part in _knock(reader, desk, unmatched)
    ]
    return [
        section(reader.say("*They want to join, and were not matched*")),
        *unmatched_parts,
        *_more(reader, len(desk.knocks)),
    ]


def _knock(reader: Reader, desk: Desk, unmatched: UnmatchedPerson) -> tuple[BlockPart, BlockPart]:
    why = {
        "unknown": reader.say("nobody on the roster has this e-mail address"),
        "several": reader.say("several on the roster have this e-mail address"),
        "taken": reader.say("that person has joined from another Slack account"),
    }[unmatched.reason]
    value = "/".join((str(desk.client.id), *astuple(unmatched.user)))
    return (
        section(reader.say("{name}: {why}.", name=unmatched_name(reader, unmatched), why=why)),
        buttons(
            Button(
                label=reader.label("Connect {name}", name=unmatched.name or unmatched.user.user_id),
                action=DeskAction.CONNECT,
                value=value,
                key=value,
            )
        ),
    )


def _unknown(reader: Reader, desk: Desk, now: dt.datetime) -> list[BlockPart]:
    if not desk.unknown:
        return []
    delivery_parts = [
        part for claimed in desk.unknown[:MAX_SHOWN_PER_KIND] for part in unknown_delivery_parts(reader, claimed, now)
    ]
    return [section(reader.say("*Perhaps not sent*")), *delivery_parts, *_more(reader, len(desk.unknown))]


def _corrections(reader: Reader, desk: Desk, now: dt.datetime) -> list[BlockPart]:
    if not desk.corrections:
        return []
    correction_parts = [part for correction in desk.corrections for part in _correction(reader, desk, correction, now)]
    return [section(reader.say("*Latest corrections*")), *correction_parts]


def _correction(reader: Reader, desk: Desk, correction: Correction, now: dt.datetime) -> tuple[BlockPart, BlockPart]:
    value = f"{desk.client.id}/{correction.transfer_id}"
    facts = {
        "points": reader.signed(correction.points),
        "name": correction.person or reader.label("somebody whose data was erased"),
        "when": reader.moment(correction.at, now=now),
    }
    sentences = [reader.say("*{points}* for {name}, {when}.", **facts)]
    if correction.reason:
        sentences.append(quoted_reason(reader, correction.reason))
    return (
        section(join_text(sentences, " ")),
        buttons(
            Button(
                label=reader.label("Undo {points} for {name}", points=facts["points"], name=facts["name"]),
                action=DeskAction.UNDO, value=value, key=value,
                confirm=Confirm(
                    title=reader.label("Undo it?"),
                    text=reader.label("The points move back by an entry of its own, and the person is told."),
                    confirm=reader.label("Undo"),
                    deny=reader.label("Back"),
                ),
            )
        ),
    )  # fmt: skip


def _more(reader: Reader, number: int) -> list[BlockPart]:
    if number <= MAX_SHOWN_PER_KIND:
        return []
    return [context(reader.count("And {n} more after that.", "And {n} more after these.", number - MAX_SHOWN_PER_KIND))]


def account_list_parts(
    reader: Reader, desks: Sequence[Desk], *, following: int | None, loose: bool = False
) -> list[BlockPart]:
    """Return accounts as parts of a message, a line each; `following`: how many come before the next page."""
    more = Button(label=reader.label("More accounts"), action=DeskAction.ACCOUNTS, value=str(following), key="more")
    bind = Button(label=reader.label("Bind this channel"), action=DeskAction.BIND)
    return [
        section(reader.say("*Your accounts*")),
        *(part for desk in desks for part in _line(reader, desk)),
        *([buttons(more if following else None, bind if loose else None)] if following or loose else []),
    ]


def _line(reader: Reader, desk: Desk) -> tuple[BlockPart, BlockPart]:
    name = Mrkdwn(f"*{escape(desk.client.name)}*")
    sentences = [name, _joined(reader, desk), _points(reader, desk)]
    if desk.waiting:
        sentences.append(reader.count("*{n} thing waits for you.*", "*{n} things wait for you.*", desk.waiting))
    opening = Button(
        label=reader.label("Open {account}", account=desk.client.name),
        action=DeskAction.OPEN, value=str(desk.client.id), key=str(desk.client.id),
    )  # fmt: skip
    return section(join_text(sentences, " ")), buttons(opening)


def desk_header(reader: Reader) -> BlockPart:
    """Return what stands above the desk in the app's Home."""
    return header(reader.label("Account manager's desk"))


def invitation_receipt(reader: Reader, account: str, channels: int) -> Message:
    """Return the receipt for an invitation; `channels`: in how many it is new."""
    receipt = (
        reader.say("*The invitation is on its way* to the channel of {account}.", account=account)
        if channels
        else reader.say("The invitation was posted for {account} just now; once is enough.", account=account)
    )
    return _receipt(reader, receipt)


def delivery_receipt(reader: Reader, *, again: bool, was_undecided: bool) -> Message:
    """Return the receipt for a decision on a message; `was_undecided`: nobody had decided before."""
    if not was_undecided:
        return _receipt(reader, reader.say("That was decided already. Nothing has changed."))
    if again:
        return _receipt(reader, reader.say("*It is on its way again.*"))
    return _receipt(reader, reader.say("*Noted as sent.* It will not be sent again."))


def correction_undo_receipt(reader: Reader) -> Message:
    """Return the receipt for an undone correction."""
    return _receipt(reader, reader.say("*Undone.* The points moved back by an entry of its own."))


def _receipt(reader: Reader, receipt: Mrkdwn) -> Message:
    return message(
        section(receipt),
        buttons(Button(label=reader.label("My desk"), action=DeskAction.ACCOUNTS)),
        context(reader.say("Only you see this.")),
    )


def desk_help(reader: Reader, keys: Sequence[str]) -> Message:
    """Return what one can type after /desk; `keys` are the accounts' own."""
    named = ", ".join(keys)
    return message(
        section(reader.say("*Your desk*")),
        section(
            join_text(
                (
                    reader.say("`/desk`: your accounts, and what waits for you"),
                    reader.say("`/desk` and an account's key: that account; yours are {keys}", keys=named),
                    reader.say("`/desk bind`, typed in a client's channel: let the channel speak for the account"),
                )
            )
        ),
        buttons(
            Button(label=reader.label("My desk"), action=DeskAction.ACCOUNTS),
            Button(label=reader.label("Bind this channel"), action=DeskAction.BIND),
        ),
        context(reader.say("Only you see this.")),
    )
