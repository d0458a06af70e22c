"""Which account is meant: asked of somebody who is a member of several."""

from collections.abc import Sequence

from loyalty.accounts.requester import AccountInfo
from messages.actions import PointsAction as Points
from messages.actions import SettingsAction as Settings
from messages.kit.blocks import Button, Message, buttons, context, header, message, section
from messages.kit.reader import Mrkdwn, Reader
from messages.members.settings import account_buttons


def account_question(reader: Reader) -> Mrkdwn:
    """Return the question which account is meant."""
    return reader.say(
        "You are in the programme of more than one company. Which one do you mean? In a company's own channel it is"
        " always that company; elsewhere I keep to what you choose here, until you choose again."
    )


def account_choice_home(reader: Reader, accounts: Sequence[AccountInfo]) -> Message:
    """Return the Home of somebody who has not chosen an account yet."""
    return message(header(reader.label("Welcome")), section(account_question(reader)), account_buttons(accounts))


def account_receipt(reader: Reader, account: AccountInfo) -> Message:
    """Return the receipt for the account that was chosen."""
    return message(
        section(
            reader.say("From now on I speak of *{account}* where no channel says otherwise.", account=account.name)
        ),
        buttons(
            Button(label=reader.label("My points"), action=Points.POINTS),
            Button(label=reader.label("My settings"), action=Settings.SETTINGS),
        ),
        context(reader.say("Only you see this.")),
    )
