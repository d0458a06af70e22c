"""Seasons: opening one at the desk, taking it back, and what the channel is told."""

import datetime as dt
from collections.abc import Sequence

from loyalty.accounts.requester import AccountInfo
from loyalty.boards.seasons import MAX_NAME_CHARS, Opened, SeasonFacts
from messages.actions import BoardAction as Board
from messages.actions import SeasonAction, SeasonField, SeasonView
from messages.kit.blocks import BlockPart, Button, Confirm, Message, buttons, context, message, section
from messages.kit.elements import Choice
from messages.kit.modals import Modal, choice_field, text_field
from messages.kit.reader import Mrkdwn, Reader


def desk_season_parts(reader: Reader, client: AccountInfo, latest: Opened | None) -> list[BlockPart]:
    """Return the season's part of an account's desk; `latest`: the one opened last, which can be undone."""
    open_button = Button(label=reader.label("Open a season"), action=SeasonAction.START, value=str(client.id))
    if latest is None:
        return [buttons(open_button)]
    return [section(_latest(reader, latest)), buttons(open_button, _undo(reader, client, latest))]


def _latest(reader: Reader, latest: Opened) -> Mrkdwn:
    month = reader.month(latest.starts)
    if latest.name:
        return reader.say("Season: {name}, from {month} on.", name=latest.name, month=month)
    return reader.say("Season: from {month} on.", month=month)


def _undo(reader: Reader, client: AccountInfo, latest: Opened) -> Button:
    return Button(
        label=reader.label("Undo the season"),
        action=SeasonAction.UNDO,
        value=f"{client.id}/{latest.id}",
        confirm=Confirm(
            title=reader.label("Undo the season?"),
            text=reader.label("No points move: its months count as they did before it was opened."),
            confirm=reader.label("Undo"),
            deny=reader.label("Back"),
        ),
    )


def season_form(reader: Reader, client: AccountInfo, months: Sequence[dt.date], chosen: dt.date) -> Modal:
    """Return the modal in which a season is opened, from one of `months` on."""
    return Modal(
        title=reader.label("Open a season"),
        close=reader.label("Cancel"),
        submit=reader.label("Next"),
        callback=SeasonView.FORM,
        private_metadata={"account": client.id},
        content=message(
            section(reader.say("*{account}*", account=client.name)),
            section(
                reader.say(
                    "A season has a board of its own, on which everybody starts from zero. Nothing is deleted: points"
                    " stay, and so do all other boards."
                )
            ),
            choice_field(
                SeasonField.MONTH,
                reader.label("From which month on?"),
                [Choice(reader.month(month), month.isoformat()) for month in months],
                chosen=chosen.isoformat(),
            ),
            text_field(
                SeasonField.NAME,
                reader.label("What is it called?"),
                hint=reader.label("It may stay without a name."),
                max_chars=MAX_NAME_CHARS,
                optional=True,
            ),
        ),
    )


def confirm_season(reader: Reader, client: AccountInfo, *, starts: dt.date, name: str) -> Modal:
    """Return the modal that confirms a season, with what the channel will be told."""
    facts = SeasonFacts(starts=starts, name=name or None, language=client.language, timezone=client.timezone)
    return Modal(
        title=reader.label("Is it right?"),
        close=reader.label("Back"),
        submit=reader.label("Open it"),
        callback=SeasonView.SURE,
        private_metadata={"account": client.id, "starts": starts.isoformat(), "name": name},
        push=True,
        content=message(
            section(reader.say("The channel of {account} is told:", account=client.name)),
            section(_season_news(Reader(client.language, client.timezone), facts)),
            context(reader.say("It can be undone from your desk until a later season is opened.")),
        ),
    )


def season_receipt(reader: Reader, client: AccountInfo, season: Opened) -> Message:
    """Return the receipt for a season that was opened."""
    return message(
        section(reader.say("*The season is open* for {account}.", account=client.name)),
        section(_latest(reader, season)),
        context(reader.say("It can be undone from your desk until a later season is opened.")),
    )


def season_undo_receipt(reader: Reader) -> Message:
    """Return the receipt for a season that was undone."""
    return message(
        section(reader.say("*The season is undone.* No points moved; what the channel was told stays there.")),
        context(reader.say("Only you see this.")),
    )


def season_message(reader: Reader, facts: SeasonFacts) -> Message:
    """Return what a channel is told of a new season."""
    return message(
        section(_season_news(reader, facts)),
        buttons(Button(label=reader.label("My season"), action=Board.SHOW, value="season me", key="me")),
    )


def _season_news(reader: Reader, facts: SeasonFacts) -> Mrkdwn:
    day = reader.day(facts.starts)
    if facts.name:
        return reader.say(
            "*A new season: {name}.* A fresh start for everyone: it counts what is earned from {day} on. Your points"
            " stay yours, and the board of all time goes on.",
            name=facts.name,
            day=day,
        )
    return reader.say(
        "*A new season begins.* A fresh start for everyone: it counts what is earned from {day} on. Your points stay"
        " yours, and the board of all time goes on.",
        day=day,
    )


def no_season_message(reader: Reader, *, last: bool) -> Message:
    """Return what is said where there is no season; `last`: none before this one."""
    return message(
        section(
            reader.say("This is the first season: there was none before it.")
            if last
            else reader.say("*There is no season yet.* Your account manager can open one; these boards are there now.")
        ),
        buttons(
            Button(label=reader.label("This season"), action=Board.SHOW, value="season", key="season")
            if last
            else None,
            Button(label=reader.label("This month"), action=Board.SHOW, value="month", key="month"),
            Button(label=reader.label("All time"), action=Board.SHOW, value="all", key="all"),
        ),
        context(reader.say("Only you see this.")),
    )
