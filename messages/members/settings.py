"""What one can set: what is shown, the language, leaving; and for an owner, how the account sees itself."""

from collections.abc import Sequence

from loyalty.accounts.requester import AccountInfo, Requester
from messages.actions import SettingsAction
from messages.kit.blocks import BlockPart, Button, Confirm, Message, buttons, context, message, section, select
from messages.kit.elements import Choice
from messages.kit.reader import Reader
from messages.members.join import join_again_parts, visibility_buttons, visibility_text

SLACK = "slack"
"""The value of the option for the language of one's Slack."""


def settings_message(reader: Reader, asker: Requester) -> Message:
    """Return a member's settings."""
    return message(*settings_parts(reader, asker), context(reader.say("Only you see this.")))


def settings_parts(reader: Reader, asker: Requester) -> list[BlockPart]:
    """Return a member's settings as parts of a message."""
    return [
        section(reader.say("*My settings*")),
        section(visibility_text(reader, on_boards=asker.on_boards, celebrated=asker.celebrated)),
        visibility_buttons(reader, on_boards=asker.on_boards, celebrated=asker.celebrated),
        _language(reader, asker),
        *([_mode(reader, asker.known_account)] if asker.owner else []),
        *_others(reader, asker.known_account, asker.others),
        _leaving(reader),
    ]


def account_buttons(accounts: Sequence[AccountInfo]) -> BlockPart | None:
    """Return the accounts that could be meant as buttons; None where there are none."""
    account_row = (
        Button(label=account.name, action=SettingsAction.ACCOUNT, value=str(account.id), key=str(account.id))
        for account in accounts
    )
    return buttons(*account_row) if accounts else None


def _others(reader: Reader, account: AccountInfo, others: Sequence[AccountInfo]) -> list[BlockPart]:
    other_accounts = account_buttons(others)
    if other_accounts is None:
        return []
    explanation = reader.say(
        "Here I speak of *{account}*. You are in the programme of another company, too:", account=account.name
    )
    return [section(explanation), other_accounts]


def _language(reader: Reader, asker: Requester) -> BlockPart:
    return select(
        reader.say("Language"),
        action=SettingsAction.LANGUAGE,
        choices=(
            Choice(reader.label("As in Slack"), SLACK),
            Choice("English", "en"),
            Choice("Polski", "pl"),
            Choice("한국어", "ko"),
        ),
        chosen=asker.chosen_language or SLACK,
    )


def _mode(reader: Reader, account: AccountInfo) -> BlockPart:
    return select(
        reader.say("What {account} shows in its channel; you decide it as its owner.", account=account.name),
        action=SettingsAction.MODE,
        choices=(
            Choice(reader.label("Private: totals only, no names"), "private"),
            Choice(reader.label("Team: the shared goal and strong weeks, no ranks"), "team"),
            Choice(reader.label("Board: the top third with ranks"), "board"),
        ),
        chosen=account.mode,
    )


def _leaving(reader: Reader) -> BlockPart:
    return buttons(
        Button(
            label=reader.label("Leave the programme"),
            action=SettingsAction.LEAVE,
            confirm=Confirm(
                title=reader.label("Leave?"),
                text=reader.label("Nothing of you is shown any more. Your points stay, and you can join again."),
                confirm=reader.label("Leave"),
                deny=reader.label("Back"),
            ),
        ),
        Button(
            label=reader.label("Erase my data"),
            action=SettingsAction.ERASE,
            confirm=Confirm(
                title=reader.label("Erase everything?"),
                text=reader.label("Points and usage recorded under your name are erased. This cannot be undone."),
                confirm=reader.label("Erase"),
                deny=reader.label("Back"),
            ),
        ),
    )


def language_receipt(reader: Reader) -> Message:
    """Return the receipt for a language, in that language."""
    return message(
        section(reader.say("From now on I speak English to you.")),
        context(reader.say("Only you see this.")),
    )


def mode_receipt(reader: Reader, account: AccountInfo, mode: str) -> Message:
    """Return the receipt for a mode."""
    receipt = {
        "private": reader.say("*{account}* shows totals only from now on, and no names.", account=account.name),
        "team": reader.say(
            "*{account}* shows the shared goal and strong weeks from now on, and no ranks.", account=account.name
        ),
        "board": reader.say("*{account}* shows the top third with ranks from now on.", account=account.name),
    }[mode]
    return message(
        section(receipt),
        section(reader.say("Only people who chose to be shown are named, whatever the mode.")),
        context(reader.say("Only you see this.")),
    )


def leave_receipt(reader: Reader) -> Message:
    """Return what somebody sees who left."""
    return message(
        section(reader.say("*You have left.* Nothing of you is shown any more; your points stay yours.")),
        *join_again_parts(reader),
        context(reader.say("Only you see this.")),
    )


def erase_receipt(reader: Reader) -> Message:
    """Return what somebody sees whose data was erased."""
    return message(
        section(reader.say("*Done.* What was recorded under your name is erased, and nothing more will be.")),
        section(reader.say("What remains in the books are numbers that no longer lead to you.")),
        context(reader.say("Only you see this.")),
    )
