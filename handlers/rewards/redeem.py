"""Asking for a reward: /redeem NAME, the modal that says what it takes, and its submission."""

from handlers import command_words
from handlers.button_values import as_button_member, as_member_of
from handlers.form_values import idempotency_key, private_metadata
from handlers.request import Reply, Response, Routes, SlackRequest
from handlers.rewards import catalogue
from handlers.rewards.queries import RewardShelf, reward_by_key, reward_shelf
from loyalty.rewards.catalogue import VisibleReward, find_reward
from loyalty.rewards.errors import PriceChangedError
from loyalty.rewards.redemption_receipt import redeem_as_member
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
    shelf = reward_shelf(request)
    match = find_reward(shelf.catalogue, request.value, request.reader.language)
    if match.reward is not None:
        return _redeem_modal(request, shelf, match.reward)
    account_id, nearest = request.requester.known_account.id, match.nearest
    button = say.nearest_reward_button(request.reader, nearest, account_id) if nearest else None
    return Reply(message=say.unknown_reward_message(request.reader, request.value, nearest, button, account_id))


def open_redeem_form(request: SlackRequest) -> Modal:
    """Return the modal of the reward whose button was pressed."""
    request = as_button_member(request)
    shelf = reward_shelf(request)
    return _redeem_modal(request, shelf, reward_by_key(shelf.catalogue, request.value))


def request_redemption(request: SlackRequest) -> Response:
    """Ask for the reward as confirmed, once a modal; where its price has changed since, show the modal anew."""
    confirmed = private_metadata(request)
    request = as_member_of(request, confirmed["account"])
    account, person_id = request.requester.known_account, request.requester.member
    try:
        receipt = request.write_as_requester(
            {account.id},
            lambda session: redeem_as_member(
                session,
                account,
                person_id,
                reward=confirmed["reward"],
                key=idempotency_key(request),
                seen_cost=confirmed["seen"],
                today=request.today,
                now=request.now,
            ),
        )
    except PriceChangedError:
        shelf = reward_shelf(request)
        return _redeem_modal(request, shelf, reward_by_key(shelf.catalogue, confirmed["reward"]), moved=True)
    return Reply(
        message=say.redemption_receipt(request.reader, receipt.redemption, account.id, managers=receipt.managers)
    )


def _redeem_modal(request: SlackRequest, shelf: RewardShelf, reward: VisibleReward, *, moved: bool = False) -> Modal:
    return say.redeem_form(
        request.reader,
        shelf.catalogue,
        reward,
        request.requester.known_account.id,
        managers=shelf.managers,
        now=request.now,
        moved=moved,
    )


ROUTES = Routes(
    commands={"/redeem": redeem_command},
    actions={RewardAction.LOOK: open_redeem_form},
    views={RewardView.REDEEM: request_redemption},
)
