"""What listeners want to know about rewards: what a member sees, who decides, by whom points are moved."""

from handlers.programme.queries import programme
from handlers.request import SlackRequest
from loyalty.accounts.managers import manager_names
from loyalty.points.post import LedgerContext
from loyalty.rewards.catalogue import Catalogue, VisibleReward, catalogue
from loyalty.rewards.errors import CannotSeeError


def visible_rewards(request: SlackRequest) -> Catalogue:
    """Return what the member who asks sees of their account's rewards."""
    account, person, today = request.requester.known_account, request.requester.member, request.today
    return request.database.read({account.id}, lambda session: catalogue(session, account.id, person, today=today))


def reward_by_key(seen: Catalogue, key: str) -> VisibleReward:
    """Return the reward of that key. Errors: `CannotSeeError` where it is not among what was seen."""
    for shown in seen.rewards:
        if shown.offer.reward.key == key:
            return shown
    raise CannotSeeError(f"{key!r} is no reward for person {seen.viewer.person_id}")


def deciders(request: SlackRequest) -> tuple[str, ...]:
    """Return the names of those who decide."""
    account = request.requester.known_account
    return request.database.read({account.id}, lambda session: manager_names(session, account.id))


def ledger_context(request: SlackRequest) -> LedgerContext:
    """Return what a member's own request needs to know."""
    account, person = request.requester.known_account, request.requester.member
    return LedgerContext(
        account_id=account.id,
        account_key=account.key,
        week_starts=programme(request).week_starts,
        now=request.now,
        author=f"person:{person}",
    )
