"""What listeners want to know about rewards: what a member sees, who decides, by whom points are moved."""

from handlers.programme.queries import programme
from handlers.request import Asked
from loyalty.accounts.managers import names
from loyalty.points.post import Posting
from loyalty.rewards.catalogue import Catalogue, Shown, catalogue
from loyalty.rewards.errors import CannotSeeError


def found(asked: Asked) -> Catalogue:
    """Return what the member who asks sees of their account's rewards."""
    account, person, today = asked.asker.client, asked.asker.member, asked.today
    return asked.database.read({account.id}, lambda session: catalogue(session, account.id, person, today=today))


def reward(seen: Catalogue, key: str) -> Shown:
    """Return the reward of that key. Errors: `CannotSeeError` where it is not among what was seen."""
    for shown in seen.rewards:
        if shown.offer.reward.key == key:
            return shown
    raise CannotSeeError(f"{key!r} is no reward for person {seen.viewer.person_id}")


def managers(asked: Asked) -> tuple[str, ...]:
    """Return the names of those who decide."""
    account = asked.asker.client
    return asked.database.read({account.id}, lambda session: names(session, account.id))


def posting(asked: Asked) -> Posting:
    """Return what a member's own request needs to know."""
    account, person = asked.asker.client, asked.asker.member
    return Posting(
        account_id=account.id,
        account_key=account.key,
        week_starts=programme(asked).programme.programme.week_starts,
        now=asked.now,
        author=f"person:{person}",
    )
