"""What one can ask, and what was meant by a word nobody knows."""

from enum import StrEnum

from messages.boards import Action as Board
from messages.kit import Message, Part, Press, buttons, message, note, section
from messages.points import Action as Points
from messages.rules import Action as Rules
from messages.settings import Action as Settings
from messages.words import Reader, together


class Action(StrEnum):
    """What one can press."""

    HELP = "help.show"


def asking(reader: Reader) -> Message:
    """Return what one can ask, with a button for each."""
    return message(
        section(reader.say("*What you can ask*")),
        section(
            together(
                (
                    reader.say("`/points`: how many you have, and what comes next"),
                    reader.say("`/points why`: where each point came from"),
                    reader.say("`/points settings`: what others see of you, your language, leaving"),
                    reader.say("`/leaderboard`: this week; `day`, `month`, `quarter`, `year` and `all` work as well"),
                    reader.say("`/leaderboard week chart`: the same as a picture"),
                    reader.say("`/rules`: what earns points, in plain words"),
                    reader.say("`/laurels`: all of these by name, for instance `/laurels points`"),
                )
            )
        ),
        _doors(reader),
        note(reader.say("Only you see this.")),
    )


def mistyped(reader: Reader, command: str, word: str, nearest: str | None) -> Message:
    """Return what may have been meant by `word` after a command; `nearest`: the known word most like it."""
    guess = (
        reader.say("Did you mean `{command} {nearest}`?", command=command, nearest=nearest)
        if nearest
        else reader.say("`{command} help` says what there is.", command=command)
    )
    return message(
        section(reader.say("I don't know “{word}”. {guess}", word=word, guess=guess)),
        _doors(reader),
        note(reader.say("Only you see this.")),
    )


def unknown(reader: Reader) -> Message:
    """Return what is said to a press of something that is no longer there."""
    return message(
        section(reader.say("This button is from an older version and does nothing any more. Here is what works now.")),
        _doors(reader),
        note(reader.say("Only you see this.")),
    )


def _doors(reader: Reader) -> Part:
    return buttons(
        Press(label=reader.label("My points"), action=Points.POINTS),
        Press(label=reader.label("Why these points"), action=Points.WHY),
        Press(label=reader.label("Leaderboard"), action=Board.SHOW),
        Press(label=reader.label("Rules"), action=Rules.RULES),
        Press(label=reader.label("My settings"), action=Settings.SETTINGS),
    )
