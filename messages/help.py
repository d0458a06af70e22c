"""Help: the commands there are, and the nearest word to one that is not known."""

from collections.abc import Iterable

from messages.actions import BoardAction as Board
from messages.actions import DeskAction as Desk
from messages.actions import PointsAction as Points
from messages.actions import ProgrammeAction as Rules
from messages.actions import SettingsAction as Settings
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.rewards import links
from messages.webinars import links as webinar_links


def help_message(reader: Reader, *, manages: bool = False) -> Message:
    """Return everything one can ask, with a button for each; `manages`: for an account manager, whose desk it names."""
    command_lines = (
        *_points(reader),
        *_leaderboard(reader),
        *_rewards(reader),
        *_webinars(reader),
        *_rules(reader),
        *([reader.say("`/desk`: your accounts, and what waits for you")] if manages else []),
        reader.say("`/laurels`: all of these by name, for instance `/laurels points`"),
    )
    return _helping(reader, reader.say("*What you can ask*"), command_lines, desk=manages)


def points_help(reader: Reader) -> Message:
    """Return what one can ask by /points."""
    return _helping(reader, reader.say("*What `/points` knows*"), _points(reader))


def leaderboard_help(reader: Reader) -> Message:
    """Return what one can ask by /leaderboard."""
    return _helping(reader, reader.say("*What `/leaderboard` knows*"), _leaderboard(reader))


def rewards_help(reader: Reader) -> Message:
    """Return what one can ask by /rewards and /redeem."""
    return _helping(reader, reader.say("*What `/rewards` and `/redeem` know*"), _rewards(reader))


def webinars_help(reader: Reader) -> Message:
    """Return what one can ask by /webinars."""
    return _helping(reader, reader.say("*What `/webinars` knows*"), _webinars(reader))


def rules_help(reader: Reader) -> Message:
    """Return what one can ask by /rules."""
    return _helping(reader, reader.say("*What `/rules` knows*"), _rules(reader))


def _helping(reader: Reader, title: Mrkdwn, command_lines: Iterable[Mrkdwn], *, desk: bool = False) -> Message:
    return message(
        section(title),
        section(join_text(command_lines)),
        _command_buttons(reader, desk=desk),
        context(reader.say("Each of these has a button, too. Only you see this.")),
    )


def _points(reader: Reader) -> tuple[Mrkdwn, ...]:
    return (
        reader.say("`/points`: how many you have, and what comes next"),
        reader.say("`/points why`: where each point came from"),
        reader.say("`/points history`: everything that came and went, page by page"),
        reader.say("`/points statement`: this month in words; `statement last` is the month before"),
        reader.say("`/points settings`: what others see of you, your language, leaving"),
    )


def _leaderboard(reader: Reader) -> tuple[Mrkdwn, ...]:
    return (
        reader.say("`/leaderboard`: this week; `day`, `month`, `quarter`, `year` and `all` work as well"),
        reader.say("`/leaderboard season`: since your season began, where there is one"),
        reader.say("`/leaderboard last week`: the one before; `last` goes with each of them"),
        reader.say("`/leaderboard week chart`: the same as a picture"),
        reader.say("`/leaderboard me`: your own place and your best, without the board"),
    )


def _rewards(reader: Reader) -> tuple[Mrkdwn, ...]:
    return (
        reader.say("`/rewards`: what you can have now, what is near, and why not the others"),
        reader.say("`/redeem` and a reward's name: ask for it; you see what it takes first"),
        reader.say("`/rewards mine`: what you asked for, and how far it has come"),
        reader.say("`/rewards goal` and a reward's name: save for it; `goal none` drops the goal"),
    )


def _webinars(reader: Reader) -> tuple[Mrkdwn, ...]:
    return (
        reader.say("`/webinars`: what you are invited to, what you answered, and recordings"),
        reader.say("`/webinars here` and the code that is said there: you were there"),
    )


def _rules(reader: Reader) -> tuple[Mrkdwn, ...]:
    return (reader.say("`/rules`: what earns points, in plain words"),)


def unknown_word_message(reader: Reader, command: str, word: str, nearest: str | None) -> Message:
    """Return what may have been meant by `word` after a command; `nearest`: the known word most like it."""
    guess = (
        reader.say("Did you mean `{command} {nearest}`?", command=command, nearest=nearest)
        if nearest
        else reader.say("`{command} help` says what there is.", command=command)
    )
    return message(
        section(reader.say("I don't know “{word}”. {guess}", word=word, guess=guess)),
        buttons(_desk(reader)) if command == "/desk" else _command_buttons(reader),
        context(reader.say("Only you see this.")),
    )


def old_button_message(reader: Reader) -> Message:
    """Return the answer to a button that does nothing any more, from an older version."""
    return message(
        section(reader.say("This button is from an older version and does nothing any more. Here is what works now.")),
        _command_buttons(reader),
        context(reader.say("Only you see this.")),
    )


def _desk(reader: Reader) -> Button:
    return Button(label=reader.label("My desk"), action=Desk.ACCOUNTS)


def _command_buttons(reader: Reader, *, desk: bool = False) -> BlockPart:
    return buttons(
        Button(label=reader.label("My points"), action=Points.POINTS),
        Button(label=reader.label("Why these points"), action=Points.WHY),
        Button(label=reader.label("History"), action=Points.HISTORY),
        Button(label=reader.label("Statement"), action=Points.STATEMENT),
        Button(label=reader.label("Leaderboard"), action=Board.SHOW),
        Button(label=reader.label("My place"), action=Board.SHOW, value="me", key="me"),
        links.rewards_button(reader),
        links.requests_button(reader),
        links.goals_button(reader),
        webinar_links.webinars_button(reader),
        Button(label=reader.label("Rules"), action=Rules.RULES),
        Button(label=reader.label("My settings"), action=Settings.SETTINGS),
        _desk(reader) if desk else None,
    )
