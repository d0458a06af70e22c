"""A member's settings, and the owner's."""

from handlers.request import Reply, Routes, SlackRequest
from loyalty.members.erasure import erase as forget
from loyalty.members.join import leave as unlink
from loyalty.members.settings import set_language, switch_mode
from messages.actions import SettingsAction
from messages.kit.reader import SPOKEN, Reader
from messages.members import settings as say


def show_settings(request: SlackRequest) -> Reply:
    """Show what one can set."""
    _ = request.requester.member
    return Reply(
        message=say.settings_message(request.reader, request.requester), replaces_message=True, shown_in_home=True
    )


def change_language(request: SlackRequest) -> Reply:
    """Set the language one is spoken to in, and say so in it."""
    account, person = request.requester.known_account, request.requester.member
    chosen = request.value if request.value in SPOKEN else None
    request.write_as_requester({account.id}, lambda session: set_language(session, account.id, person, chosen))
    reader = Reader(chosen, request.requester.timezone) if chosen else request.refreshed().reader
    return Reply(message=say.language_receipt(reader), shown_in_home=True)


def change_mode(request: SlackRequest) -> Reply:
    """Switch how the account sees itself: its owner's right."""
    account, person = request.requester.known_account, request.requester.member
    request.write_as_requester(
        {account.id}, lambda session: switch_mode(session, account.id, person, request.value, now=request.now)
    )
    return Reply(message=say.mode_receipt(request.reader, account, request.value), shown_in_home=True)


def leave_programme(request: SlackRequest) -> Reply:
    """Unlink whoever wants to leave."""
    account, person = request.requester.known_account, request.requester.member
    request.write_as_requester({account.id}, lambda session: unlink(session, account.id, person))
    return Reply(message=say.leave_receipt(request.reader), replaces_message=True)


def erase_me(request: SlackRequest) -> Reply:
    """Erase everything recorded of whoever asks for it."""
    account, person = request.requester.known_account, request.requester.member
    request.write_as_requester(
        {account.id},
        lambda session: forget(
            session, account.id, person, reason="erased", author=f"person:{person}", now=request.now
        ),
    )
    return Reply(message=say.erase_receipt(request.reader), replaces_message=True)


ROUTES = Routes(
    actions={
        SettingsAction.SETTINGS: show_settings,
        SettingsAction.LANGUAGE: change_language,
        SettingsAction.MODE: change_mode,
        SettingsAction.LEAVE: leave_programme,
        SettingsAction.ERASE: erase_me,
    }
)
