"""A member's settings, and the owner's."""

from handlers.request import Reply, Routes, SlackRequest
from loyalty.members.erasure import erase as forget
from loyalty.members.join import leave as unlink
from loyalty.members.settings import set_language, switch_mode
from messages.kit.reader import SPOKEN, Reader
from messages.members import settings as say
from messages.members.settings import Action


def show_settings(asked: SlackRequest) -> Reply:
    """Show what one can set."""
    _ = asked.requester.member
    return Reply(message=say.settings_message(asked.reader, asked.requester), replaces_message=True, shown_in_home=True)


def change_language(asked: SlackRequest) -> Reply:
    """Set the language one is spoken to in, and say so in it."""
    account, person = asked.requester.known_account, asked.requester.member
    chosen = asked.value if asked.value in SPOKEN else None
    asked.write_as_requester({account.id}, lambda session: set_language(session, account.id, person, chosen))
    reader = Reader(chosen, asked.requester.timezone) if chosen else asked.refreshed().reader
    return Reply(message=say.spoken(reader), shown_in_home=True)


def change_mode(asked: SlackRequest) -> Reply:
    """Switch how the account sees itself: its owner's right."""
    account, person = asked.requester.known_account, asked.requester.member
    asked.write_as_requester({account.id}, lambda session: switch_mode(session, account.id, person, asked.value, now=asked.now))
    return Reply(message=say.switched(asked.reader, account, asked.value), shown_in_home=True)


def leave_programme(asked: SlackRequest) -> Reply:
    """Unlink whoever wants to leave."""
    account, person = asked.requester.known_account, asked.requester.member
    asked.write_as_requester({account.id}, lambda session: unlink(session, account.id, person))
    return Reply(message=say.left(asked.reader), replaces_message=True)


def erase_me(asked: SlackRequest) -> Reply:
    """Erase everything recorded of whoever asks for it."""
    account, person = asked.requester.known_account, asked.requester.member
    asked.write_as_requester(
        {account.id},
        lambda session: forget(session, account.id, person, reason="erased", author=f"person:{person}", now=asked.now),
    )
    return Reply(message=say.erased(asked.reader), replaces_message=True)


ROUTES = Routes(
    actions={
        Action.SETTINGS: show_settings,
        Action.LANGUAGE: change_language,
        Action.MODE: change_mode,
        Action.LEAVE: leave_programme,
        Action.ERASE: erase_me,
    }
)
