"""What somebody sees who pressed Join: they are in, or their account manager says who they are."""

from loyalty.members.join import Joined
from messages.actions import PointsAction as Points
from messages.actions import SettingsAction as Settings
from messages.kit.blocks import Button, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.members.join import visibility_buttons, visibility_text


def join_receipt(reader: Reader, outcome: Joined) -> Message:
    """Return the answer to Join: they have joined, had joined before, or could not be matched."""
    if outcome.uncertain is not None:
        return _uncertain(reader, outcome.uncertain)
    return message(
        section(
            join_text(
                (
                    _welcome(reader, outcome),
                    visibility_text(reader, on_boards=outcome.on_boards, celebrated=outcome.celebrated),
                ),
                " ",
            )
        ),
        visibility_buttons(reader, on_boards=outcome.on_boards, celebrated=outcome.celebrated),
        buttons(
            Button(label=reader.label("My points"), action=Points.POINTS),
            Button(label=reader.label("My settings"), action=Settings.SETTINGS),
        ),
        context(reader.say("Only you see this.")),
    )


def _welcome(reader: Reader, outcome: Joined) -> Mrkdwn:
    return reader.say("*You're in.*") if outcome.new else reader.say("*You're in already.*")


def _uncertain(reader: Reader, reason: str) -> Message:
    why = {
        "unknown": reader.say("We could not find your e-mail address among the people of your company."),
        "several": reader.say("More than one person of your company has your e-mail address, and we do not guess."),
        "taken": reader.say("Somebody with your e-mail address has joined from another Slack account."),
    }[reason]
    return message(
        section(reader.say("*Almost in.* {why}", why=why)),
        section(
            reader.say("Your account manager sees this and will connect you. There is nothing more for you to do.")
        ),
        context(reader.say("Only you see this.")),
    )
