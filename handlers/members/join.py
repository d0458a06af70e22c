"""Joining, declining, and the two choices."""

from handlers.programme.queries import product
from handlers.request import Asked, Listener, Reply, Routes
from handlers.slack.identity import profile
from loyalty.accounts.requester import Role
from loyalty.members import join as verbs
from messages.members import join as say
from messages.members import welcome
from messages.members.join import Action


def join(asked: Asked) -> Reply:
    """Link whoever asks to their person, by the e-mail that Slack confirmed."""
    account = asked.asker.client
    found = profile(asked.slack, asked.asker.user)
    outcome = asked.database.write({account.id}, lambda session: verbs.join(session, account.id, found, now=asked.now))
    return Reply(message=welcome.joined(asked.reader, outcome), instead=True)


def how(asked: Asked) -> Reply:
    """Tell how it works."""
    return Reply(message=say.how_it_works(asked.reader, product(asked)), instead=True)


def decline(asked: Asked) -> Reply:
    """Erase what is recorded of whoever wants none of it; a member leaves in another way, and is told how."""
    account = asked.asker.client
    if asked.asker.role is Role.MEMBER:
        return Reply(message=say.still_in(asked.reader), instead=True)
    found = profile(asked.slack, asked.asker.user)
    erased = asked.database.write(
        {account.id}, lambda session: verbs.decline(session, account.id, found, now=asked.now)
    )
    return Reply(message=say.declined(asked.reader, erased), instead=True)


def choosing(*, boards: bool | None = None, shoutouts: bool | None = None) -> Listener:
    """Return the listener of a choice."""

    def choose(asked: Asked) -> Reply:
        account, person = asked.asker.client, asked.asker.member
        outcome = asked.write(
            {account.id},
            lambda session: verbs.choose(session, account.id, person, boards=boards, shoutouts=shoutouts),
        )
        return Reply(message=say.chosen(asked.reader, outcome), instead=True, settled=True)

    return choose


ROUTES = Routes(
    actions={
        Action.JOIN: join,
        Action.HOW: how,
        Action.DECLINE: decline,
        Action.SHOW: choosing(boards=True),
        Action.HIDE: choosing(boards=False),
        Action.CELEBRATE: choosing(shoutouts=True),
        Action.HUSH: choosing(shoutouts=False),
    }
)
