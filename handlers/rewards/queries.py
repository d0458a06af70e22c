"""What listeners read about a member's rewards, each in one transaction."""

from dataclasses import dataclass

from handlers.request import SlackRequest
from loyalty.accounts.managers import manager_names
from loyalty.rewards.catalogue import Catalogue, VisibleReward, catalogue
from loyalty.rewards.errors import CannotSeeError


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardShelf:
    """What a member sees of their account's rewards, and the names of the account managers, who decide."""

    catalogue: Catalogue
    managers: tuple[str, ...]


def visible_rewards(request: SlackRequest) -> Catalogue:
    """Return what the member who asks sees of their account's rewards."""
    account, person_id, today = request.requester.known_account, request.requester.member, request.today
    return request.database.read({account.id}, lambda session: catalogue(session, account.id, person_id, today=today))


def reward_shelf(request: SlackRequest) -> RewardShelf:
    """Return what the member who asks sees of their account's rewards, and who decides."""
    account, person_id, today = request.requester.known_account, request.requester.member, request.today
    return request.database.read(
        {account.id},
        lambda session: RewardShelf(
            catalogue=catalogue(session, account.id, person_id, today=today),
            managers=manager_names(session, account.id),
        ),
    )


def reward_by_key(rewards: Catalogue, key: str) -> VisibleReward:
    """Return the reward of that key. Errors: `CannotSeeError` where it is not among those the member sees."""
    for reward in rewards.rewards:
        if reward.offer.reward.key == key:
            return reward
    raise CannotSeeError(f"{key!r} is no reward for person {rewards.viewer.person_id}")
