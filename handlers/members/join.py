"""Joining, declining, and the two choices."""

from handlers.programme.queries import product
from handlers.request import Listener, Reply, Routes, SlackRequest
from handlers.slack.identity import fetch_profile
from loyalty.accounts.requester import Role
from loyalty.members import join as verbs
from messages.members import join as say
from messages.members import welcome
from messages.members.join import Action


def join(asked: SlackRequest) -> Reply:
    """Link whoever asks to their person, by the e-mail that Slack confirmed."""
    account = asked.requester.known_account
    found = fetch_profile(asked.slack, asked.requester.user)
    outcome = asked.database.write({account.id}, lambda session: verbs.join(session, account.id, found, now=asked.now))
    return Reply(message=welcome.joined(asked.reader, outcome), replaces_message=True)


def how_it_works(asked: SlackRequest) -> Reply:
    """Tell how it works."""
    return Reply(message=say.how_it_works(asked.reader, product(asked)), replaces_message=True)


def decline(asked: SlackRequest) -> Reply:
    """Erase what is recorded of whoever wants none of it; a member leaves in another way, and is told how."""
    account = asked.requester.known_account
    if asked.requester.role is Role.MEMBER:
        return Reply(message=say.still_in(asked.reader), replaces_message=True)
    found = fetch_profile(asked.slack, asked.requester.user)
    erased = asked.database.write(
        {account.id}, lambda session: verbs.decline(session, account.id, found, now=asked.now)
    )
    return Reply(message=say.declined(asked.reader, erased), replaces_message=True)


def choice_listener(*, boards: bool | None = None, shoutouts: bool | None = None) -> Listener:
    """Return the listener of a choice."""

    def choose(asked: SlackRequest) -> Reply:
        account, person = asked.requester.known_account, asked.requester.member
        outcome = asked.write_as_requester(
            {account.id},
            lambda session: verbs.choose(session, account.id, person, boards=boards, shoutouts=shoutouts),
        )
        return Reply(message=say.chosen(asked.reader, outcome), replaces_message=True, shown_in_home=True)

    return choose


ROUTES = Routes(
    actions={
        Action.JOIN: join,
        Action.HOW: how_it_works,
        Action.DECLINE: decline,
        Action.SHOW: choice_listener(boards=True),
        Action.HIDE: choice_listener(boards=False),
        Action.CELEBRATE: choice_listener(shoutouts=True),
        Action.HUSH: choice_listener(shoutouts=False),
    }
)
