"""What listeners want to know about rewards: what a member sees, who decides, by whom points are moved."""

from handlers.programme.queries import programme
from handlers.request import SlackRequest
from loyalty.accounts.managers import manager_names
from loyalty.points.post import LedgerContext
from loyalty.rewards.catalogue import Catalogue, VisibleReward, catalogue
from loyalty.rewards.errors import CannotSeeError


def visible_rewards(asked: SlackRequest) -> Catalogue:
    """Return what the member who asks sees of their account's rewards."""
    account, person, today = asked.requester.known_account, asked.requester.member, asked.today
    return asked.database.read({account.id}, lambda session: catalogue(session, account.id, person, today=today))


def reward_by_key(seen: Catalogue, key: str) -> VisibleReward:
    """Return the reward of that key. Errors: `CannotSeeError` where it is not among what was seen."""
    for shown in seen.rewards:
        if shown.offer.reward.key == key:
            return shown
    raise CannotSeeError(f"{key!r} is no reward for person {seen.viewer.person_id}")


def deciders(asked: SlackRequest) -> tuple[str, ...]:
    """Return the names of those who decide."""
    account = asked.requester.known_account
    return asked.database.read({account.id}, lambda session: manager_names(session, account.id))


def ledger_context(asked: SlackRequest) -> LedgerContext:
    """Return what a member's own request needs to know."""
    account, person = asked.requester.known_account, asked.requester.member
    return LedgerContext(
        account_id=account.id,
        account_key=account.key,
        week_starts=programme(asked).programme.programme.week_starts,
        now=asked.now,
        author=f"person:{person}",
    )
