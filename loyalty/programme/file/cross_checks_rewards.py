"""What does not hold of rewards and tiers: money in disguise, references to nothing, what nobody could ever have."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from loyalty.programme.durations import Duration, Months, write_duration
from loyalty.programme.errors import Path
from loyalty.programme.file.error_messages import Finding
from loyalty.programme.file.valid_parts import ValidParts
from loyalty.programme.localized_text import LocalizedText
from loyalty.programme.money import NEVER, is_amount, is_like_money
from loyalty.programme.schema_rewards import Audience, Reward
from loyalty.programme.schema_tiers import AccountTier, MemberTier
from loyalty.suggestions import nearest

TEAM_ASKS = ("champion", "manager")
"""Who may ask for what the company's pool pays."""
_CAP = ("value_cap",)


def check_rewards(parts: ValidParts) -> Iterator[Finding]:
    """Yield everything that does not hold of rewards and tiers."""
    rewards = [(path, part) for path, part in parts.sound.items() if isinstance(part, Reward)]
    if rewards and _CAP not in parts.sound:
        said = "rewards want `value_cap:` beside them, what one may cost to give at most, like value_cap: 200"
        yield Finding(("rewards",), said, of_key=True)
    for path, reward in rewards:
        yield from by_itself(path, reward, parts.sound.get(_CAP))
        yield from _known(path, reward.for_, parts)
    yield from _tiers(parts)


def by_itself(path: Path, reward: Reward, cap: Decimal | None) -> Iterator[Finding]:
    """Yield what does not hold of a reward, whatever tiers and accounts there are; `cap` None is none."""
    if cap is not None and reward.value > cap:
        yield Finding((*path, "value"), f"{reward.value} is above `value_cap`, {cap}: no reward may cost more to give")
    for key, words in (("name", reward.name), ("worth", reward.worth), ("gives", reward.gives)):
        yield from _promises((*path, key), words)
    for place, text in reward.name.placed((*path, "name")):
        if is_amount(text) and not is_like_money(text):
            yield Finding(place, f'"{text}" is a sum of money: {NEVER}')
    for key in ("roles", "tiers", "accounts"):
        if key in reward.for_.model_fields_set and not getattr(reward.for_, key):
            yield Finding((*path, "for", key), "this names nobody: leave it out where it is for all")
    if reward.paid_by == "pool":
        for index, role in enumerate(reward.for_.roles):
            if role not in TEAM_ASKS:
                said = f"what the pool pays is asked for by champions and managers, and `{role}` is neither"
                yield Finding((*path, "for", "roles", index), said)


def _known(path: Path, audience: Audience, parts: ValidParts) -> Iterator[Finding]:
    tiers = parts.keys_of("tiers")
    for key, kind, names, known in (
        ("tiers", "tier", audience.tiers, tiers),
        ("accounts", "account", audience.accounts, parts.cohorts),
    ):
        for index, name in enumerate(names):
            if name not in known:
                yield Finding((*path, "for", key, index), f"there is no {kind} `{name}`{nearest(name, known)}")


def _promises(path: Path, words: LocalizedText | None) -> Iterator[Finding]:
    for place, text in words.placed(path) if words else ():
        if is_like_money(text):
            yield Finding(place, f'"{text}" promises money: {NEVER}')


def _tiers(parts: ValidParts) -> Iterator[Finding]:
    below: dict[type, MemberTier | AccountTier] = {}
    for path, tier in parts.sound.items():
        if not isinstance(tier, MemberTier | AccountTier):
            continue
        yield from _promises((*path, "name"), tier.name)
        for index, benefit in enumerate(tier.benefits):
            yield from _promises((*path, "benefits", index), benefit)
        if tier.points is None:
            if "grace" in tier.model_fields_set:
                yield Finding((*path, "grace"), "a tier by choice has no grace: it holds as long as it is chosen")
            continue
        yield from _rising(path, tier, below.get(type(tier)))
        yield from _grace(path, tier)
        below[type(tier)] = tier


def _rising(path: Path, tier: MemberTier | AccountTier, below: MemberTier | AccountTier | None) -> Iterator[Finding]:
    if below is not None and (tier.points or 0) <= (below.points or 0):
        said = f"{tier.points} is not above the {below.points} of `{below.key}` before it"
        yield Finding((*path, "points"), f"{said}: tiers stand from the lowest to the highest")


def _grace(path: Path, tier: MemberTier | AccountTier) -> Iterator[Finding]:
    if tier.over is not None and _days(tier.grace) > _days(tier.over):
        grace, over = write_duration(tier.grace), write_duration(tier.over)
        left_out = "" if "grace" in tier.model_fields_set else " where it is left out"
        yield Finding((*path, "over"), f"{over} is shorter than `grace`, {grace}{left_out}: write a shorter `grace`")


def _days(length: Duration) -> int:
    """Return how many days a length of time has at most."""
    return 31 * length.count if isinstance(length, Months) else length // timedelta(days=1)
