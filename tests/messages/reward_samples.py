"""Every message about rewards, at least once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from loyalty.overview.goal_progress import GoalProgress
from loyalty.overview.hints import Hint
from loyalty.programme import Reward
from loyalty.programme.schema_rewards import RewardKind, RewardPeriod
from loyalty.rewards.catalogue import Catalogue, Offer, Viewer, VisibleReward
from loyalty.rewards.errors import AlreadyDecidedError, CannotPayError, LimitReachedError, PriceChangedError
from loyalty.rewards.goals import Goal
from loyalty.rewards.redemption_notices import RedemptionFacts
from loyalty.rewards.redemption_queries import RedemptionState, State
from messages import errors, home
from messages.kit.blocks import Message
from messages.kit.reader import Reader
from messages.points import overview as points
from messages.rewards import catalogue, goals, redeem, redemptions
from messages.rewards import home as reward_home
from tests.messages.samples import ANIA, NASTY, NOW, OWN, overview


def every(reader: Reader) -> Iterator[Message]:
    """Yield every message about rewards, as `reader` would read it."""
    for aim in (
        GoalProgress(REWARD, 0),
        GoalProgress(REWARD, 60),
        GoalProgress(REWARD, 1, Hint("Report Scheduled", 4)),
    ):
        yield points.overview_message(reader, overview(goal=aim), now=NOW)
    yield from _catalogue(reader)
    yield from _redeeming(reader)
    yield from _redeemed(reader)


REWARD = Reward.model_validate(
    {"key": "advanced", "kind": "course", "name": NASTY, "worth": NASTY, "cost": 400, "value": 90, "gives": NASTY}
)
KINDS = get_args(RewardKind)
"""Every kind of reward."""


def offered(number: int = 0, **facts: Any) -> VisibleReward:
    """Return a reward as somebody sees it; `number` makes it another one, of another kind."""
    plain: dict[str, Any] = {"why_not": None, "to_go": 0, "again": None}
    more = {key: facts.pop(key) for key in plain if key in facts}
    left = facts.pop("left", None)
    changed = {"key": f"r{number}", "kind": KINDS[number % len(KINDS)], **facts}
    reward = Reward.model_validate(REWARD.model_dump(by_alias=True, mode="json") | changed)
    return VisibleReward(offer=Offer(reward=reward, left=left), **(plain | more))


def shelves(*shown: VisibleReward, balance: int = 540) -> Catalogue:
    """Return what somebody sees."""
    viewer = Viewer(person_id=1, role="champion", account_key="northwind")
    return Catalogue(viewer=viewer, balance=balance, pool=900, rewards=shown, version=1)


POOLED = offered(40, paid_by="pool", cost=600)
WHY_NOT = (
    offered(20, why_not="points", to_go=60),
    offered(21, why_not="points", to_go=1),
    offered(22, why_not="ran_out"),
    offered(23, why_not="withdrawn"),
    offered(24, why_not="limit"),
    offered(25, why_not="limit", again=dt.date(2026, 4, 1)),
    offered(26, why_not="points", to_go=60, paid_by="pool"),
)


def _catalogue(reader: Reader) -> Iterator[Message]:
    for first in range(0, len(KINDS), 5):
        shown = shelves(*(offered(number) for number in range(len(KINDS))), *WHY_NOT, POOLED)
        yield catalogue.catalogue_message(reader, shown, 1, first=first)
        yield catalogue.catalogue_message(reader, shelves(*WHY_NOT, POOLED), 1, first=first, goals={"r20", "r26"})
    yield catalogue.catalogue_message(reader, shelves(offered(), balance=1), 1, first=999)
    yield catalogue.catalogue_message(reader, shelves(balance=0), 1)
    for own in (None, Goal(reward=REWARD, cost=400, have=340), Goal(reward=REWARD, cost=400, have=900)):
        team = replace(own, reward=POOLED.offer.reward) if own else None
        for may in (True, False):
            yield goals.goals_message(reader, own, team, 1, may_set_team=may)
        for goal in (own, team):
            if goal:
                yield goals.goal_receipt(reader, goal, 1)
    yield goals.goal_drop_receipt(reader, 1, was_there=True)
    yield goals.goal_drop_receipt(reader, 1, was_there=False)


def state(**facts: Any) -> RedemptionState:
    """Return a redemption that waits."""
    plain: dict[str, Any] = {
        "id": 7,
        "person_id": 1,
        "key": "advanced",
        "reward": REWARD,
        "own": False,
        "points": 400,
        "paid_by": "person",
        "state": "requested",
        "requested_at": NOW,
        "wait_until": NOW + dt.timedelta(days=14),
    }
    return RedemptionState(**(plain | facts))


LIMITS = [{"times": times, "per": per} for per in get_args(RewardPeriod) for times in (1, 3)]


def _redeeming(reader: Reader) -> Iterator[Message]:
    for number, limit in enumerate(LIMITS):
        shown = offered(number, limit=limit, left=number, fulfilled="at_once", approval={"above": 400})
        yield redeem.redeem_form(reader, shelves(shown), shown, 1, managers=[], now=NOW).content
    for each in (*WHY_NOT, POOLED, offered()):
        yield redeem.redeem_form(
            reader, shelves(each), each, 1, managers=[NASTY, "Ewa Kowal"], now=NOW, moved=each.why_not is None
        ).content
    for at in get_args(State):
        yield redeem.redemption_receipt(reader, state(state=at), 1, managers=[NASTY])
    yes = redeem.nearest_reward_button(reader, offered(), 1)
    yield redeem.unknown_reward_message(reader, NASTY, offered(), yes, 1)
    yield redeem.unknown_reward_message(reader, NASTY, None, None, 1)
    for refusal in (
        PriceChangedError(400, 450),
        LimitReachedError(None),
        LimitReachedError(dt.date(2026, 4, 1)),
        CannotPayError(60),
        *(AlreadyDecidedError(at, None) for at in get_args(State)),
    ):
        yield errors.error_message(reader, refusal)


def _redeemed(reader: Reader) -> Iterator[Message]:
    for by in (None, NASTY):
        everything = [
            state(id=number, state=at, by=by, words=NASTY if at == "declined" else None)
            for number, at in enumerate(get_args(State))
        ]
        gift = state(id=99, points=0, state="approved", by=by, words=NASTY)
        yield redemptions.own_redemptions(reader, [*everything, gift], 1, managers=[], now=NOW)
        for one in (*everything, gift, replace(gift, state="fulfilled"), state(state="declined", paid_by="pool")):
            facts = RedemptionFacts(
                account_id=1, state=one.state, redemption=one, balance=140, language="en", timezone="UTC"
            )
            yield redemptions.redemption_message(reader, facts)
    yield redemptions.own_redemptions(reader, [], 1, managers=[], now=NOW)
    yield redemptions.cancel_receipt(reader, state(points=1), 1)
    under_way = [state(id=number) for number in range(5)]
    for found in (shelves(offered()), shelves(*WHY_NOT), shelves()):
        parts = reward_home.home_reward_parts(
            reader, found, under_way, Goal(reward=REWARD, cost=400, have=340), managers=[], now=NOW
        )
        yield home.member_home(reader, ANIA, overview(goal=GoalProgress(REWARD, 60)), OWN, [], rewards=parts, now=NOW)
