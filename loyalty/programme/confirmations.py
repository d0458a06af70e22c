"""Which rewards want a person's word that they are not money: the file's checks know words, not what they stand for."""

from loyalty.programme.schema import Programme
from loyalty.programme.schema_rewards import Reward

WATCHED = ("kind", "name", "value")
"""What makes another reward of it: a person looks again."""


def to_confirm(old: Programme | None, new: Programme) -> tuple[Reward, ...]:
    """Return the rewards that a person has not confirmed: those that are new, or whose kind, name or value changed.

    Whatever was in force was confirmed, so a former version that comes back wants no new word.
    """
    before = {reward.key: reward for reward in old.rewards} if old else {}
    return tuple(reward for reward in new.rewards if not _known(before.get(reward.key), reward))


def _known(before: Reward | None, reward: Reward) -> bool:
    return before is not None and all(getattr(before, field) == getattr(reward, field) for field in WATCHED)
