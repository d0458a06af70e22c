"""Joining, declining, and the two choices: to be on boards, to be celebrated."""

from handlers.programme.queries import product
from handlers.request import Listener, Reply, Routes, SlackRequest
from handlers.slack.profiles import fetch_profile
from loyalty.accounts.requester import Role
from loyalty.members import join as verbs
from messages.actions import JoinAction
from messages.members import join as say
from messages.members import welcome


def join(request: SlackRequest) -> Reply:
    """Link whoever asks to their person, by the e-mail that Slack confirmed, and return the welcome."""
    account = request.requester.known_account
    profile = fetch_profile(request.slack, request.requester.user)
    outcome = request.database.write(
        {account.id}, lambda session: verbs.join(session, account.id, profile, now=request.now)
    )
    return Reply(message=welcome.join_receipt(request.reader, outcome), replaces_message=True)


def how_it_works(request: SlackRequest) -> Reply:
    """Say how it works."""
    return Reply(message=say.how_it_works(request.reader, product(request)), replaces_message=True)


def decline(request: SlackRequest) -> Reply:
    """Erase what is recorded of whoever wants none of it; a member leaves in another way, and is told how."""
    account = request.requester.known_account
    if request.requester.role is Role.MEMBER:
        return Reply(message=say.still_in(request.reader), replaces_message=True)
    profile = fetch_profile(request.slack, request.requester.user)
    erased = request.database.write(
        {account.id}, lambda session: verbs.decline(session, account.id, profile, now=request.now)
    )
    return Reply(message=say.decline_receipt(request.reader, erased), replaces_message=True)


def choice_listener(*, boards: bool | None = None, shoutouts: bool | None = None) -> Listener:
    """Return the listener that records a choice."""

    def choose(request: SlackRequest) -> Reply:
        account_id, person_id = request.requester.known_account.id, request.requester.member
        outcome = request.write_as_requester(
            {account_id},
            lambda session: verbs.choose(session, account_id, person_id, boards=boards, shoutouts=shoutouts),
        )
        return Reply(message=say.visibility_receipt(request.reader, outcome), replaces_message=True, shown_in_home=True)

    return choose


ROUTES = Routes(
    actions={
        JoinAction.JOIN: join,
        JoinAction.HOW: how_it_works,
        JoinAction.DECLINE: decline,
        JoinAction.SHOW: choice_listener(boards=True),
        JoinAction.HIDE: choice_listener(boards=False),
        JoinAction.CELEBRATE: choice_listener(shoutouts=True),
        JoinAction.HUSH: choice_listener(shoutouts=False),
    }
)
