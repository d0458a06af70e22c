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
from messages.kit.modals import Modal
from messages.rewards import redeem as say
from messages.rewards.links import Action, Step

WORDS = {"help": catalogue.WORDS[catalogue.Word.HELP]}
"""What one can type after /redeem beside a name."""


def redeem_command(asked: SlackRequest) -> Response:
    """Answer /redeem by the reward that is named; without a name, show them all."""
    if not asked.value:
        return catalogue.show_rewards(asked)
    if command_words.read(asked.value, WORDS).words:
        return catalogue.show_help(asked)
    seen = visible_rewards(asked)
    called = find_reward(seen, asked.value, asked.reader.language)
    if called.reward is not None:
        return _window(asked, seen, called.reward)
    account, near = asked.requester.known_account.id, called.nearest
    yes = say.meant(asked.reader, near, account) if near else None
    return Reply(message=say.perhaps(asked.reader, asked.value, near, yes, account))


def open_redeem_form(asked: SlackRequest) -> Modal:
    """Open the window of the reward whose button was pressed."""
    asked = parse_button_value(asked)
    seen = visible_rewards(asked)
    return _window(asked, seen, reward_by_key(seen, asked.value))


def request_redemption(asked: SlackRequest) -> Response:
    """Ask for the reward as confirmed, once a window; where its price has changed since, show it anew."""
    wish = private_metadata(asked)
    asked = as_member_of(asked, wish["account"])
    account, person, doing = asked.requester.known_account, asked.requester.member, ledger_context(asked)
    try:
        state = asked.write_as_requester(
            {account.id},
            lambda session: redeem(
                session,
                doing,
                person_id=person,
                reward=wish["reward"],
                key=idempotency_key(asked),
                today=asked.today,
                seen_cost=wish["seen"],
            ),
        )
    except PriceChangedError:
        seen = visible_rewards(asked)
        return _window(asked, seen, reward_by_key(seen, wish["reward"]), moved=True)
    return Reply(message=say.redemption_receipt(asked.reader, state, account.id, managers=deciders(asked)))


def _window(asked: SlackRequest, seen: Catalogue, shown: VisibleReward, *, moved: bool = False) -> Modal:
    return say.redeem_form(
        asked.reader, seen, shown, asked.requester.known_account.id, managers=deciders(asked), now=asked.now, moved=moved
    )


ROUTES = Routes(
    commands={"/redeem": redeem_command},
    actions={Action.LOOK: open_redeem_form},
    views={Step.REDEEM: request_redemption},
)
