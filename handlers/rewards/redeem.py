"""Asking for a reward: /redeem NAME, the window that says what it takes, and its sending."""

from handlers import command_words
from handlers.button_values import as_member_of, parse_button_value
from handlers.form_values import idempotency_key, private_metadata
from handlers.request import Reply, Response, Routes, SlackRequest
from handlers.rewards import catalogue
from handlers.rewards.queries import deciders, ledger_context, reward_by_key, visible_rewards
from loyalty.rewards.catalogue import Catalogue, VisibleReward, find_reward
from loyalty.rewards.errors import PriceChangedError
from loyalty.rewards.redemptions import redeem
from messages.actions import RewardAction, RewardView
from messages.kit.modals import Modal
from messages.rewards import redeem as say

WORDS = {"help": catalogue.WORDS[catalogue.Word.HELP]}
"""What one can type after /redeem beside a name."""


def redeem_command(request: SlackRequest) -> Response:
    """Answer /redeem by the reward that is named; without a name, show them all."""
    if not request.value:
        return catalogue.show_rewards(request)
    if command_words.read(request.value, WORDS).words:
        return catalogue.show_help(request)
    seen = visible_rewards(request)
    called = find_reward(seen, request.value, request.reader.language)
    if called.reward is not None:
        return _window(request, seen, called.reward)
    account, near = request.requester.known_account.id, called.nearest
    yes = say.nearest_reward_button(request.reader, near, account) if near else None
    return Reply(message=say.unknown_reward_message(request.reader, request.value, near, yes, account))


def open_redeem_form(request: SlackRequest) -> Modal:
    """Open the window of the reward whose button was pressed."""
    request = parse_button_value(request)
    seen = visible_rewards(request)
    return _window(request, seen, reward_by_key(seen, request.value))


def request_redemption(request: SlackRequest) -> Response:
    """Ask for the reward as confirmed, once a window; where its price has changed since, show it anew."""
    wish = private_metadata(request)
    request = as_member_of(request, wish["account"])
    account, person, doing = request.requester.known_account, request.requester.member, ledger_context(request)
    try:
        state = request.write_as_requester(
            {account.id},
            lambda session: redeem(
                session,
                doing,
                person_id=person,
                reward=wish["reward"],
                key=idempotency_key(request),
                today=request.today,
                seen_cost=wish["seen"],
            ),
        )
    except PriceChangedError:
        seen = visible_rewards(request)
        return _window(request, seen, reward_by_key(seen, wish["reward"]), moved=True)
    return Reply(message=say.redemption_receipt(request.reader, state, account.id, managers=deciders(request)))


def _window(request: SlackRequest, seen: Catalogue, shown: VisibleReward, *, moved: bool = False) -> Modal:
    return say.redeem_form(
        request.reader,
        seen,
        shown,
        request.requester.known_account.id,
        managers=deciders(request),
        now=request.now,
        moved=moved,
    )


ROUTES = Routes(
    commands={"/redeem": redeem_command},
    actions={RewardAction.LOOK: open_redeem_form},
    views={RewardView.REDEEM: request_redemption},
)
