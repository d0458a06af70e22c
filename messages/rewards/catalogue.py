"""Rewards: what one can have now, what is near, and why not the others."""

from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum

from loyalty.rewards.catalogue import Catalogue, VisibleReward
from messages.actions import PointsAction as Points
from messages.actions import RewardAction
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.rewards import links
from messages.rewards.labels import reward_name, reward_title
from messages.rewards.links import button_value

REWARDS_PER_PAGE = 5
"""How many rewards one page shows."""


class Place(IntEnum):
    """Where a reward stands among the others."""

    NOW = 1
    NEAR = 2
    NOT_NOW = 3
    TEAM = 4


def ordered_rewards(catalogue: Catalogue) -> list[tuple[Place, VisibleReward]]:
    """Return what is shown in its order: what can be had, what is near (the nearest first), the others, the team's."""
    placed_rewards = [(_place(visible), visible) for visible in catalogue.rewards]
    return sorted(
        placed_rewards, key=lambda each: (each[0], each[1].to_go if each[1].why_not in {None, "points"} else 10**12)
    )


def _place(visible: VisibleReward) -> Place:
    if visible.offer.reward.paid_by == "pool":
        return Place.TEAM
    if visible.why_not is None:
        return Place.NOW
    return Place.NEAR if visible.why_not == "points" else Place.NOT_NOW


def catalogue_message(
    reader: Reader, catalogue: Catalogue, account_id: int, *, first: int = 0, goals: Collection[str] = ()
) -> Message:
    """Return a page of the rewards from the one at `first` on; `goals` are the keys of those that are saved for."""
    all_of_them = ordered_rewards(catalogue)
    if not all_of_them:
        return _none(reader, catalogue)
    first = first if 0 <= first < len(all_of_them) else 0
    page = all_of_them[first : first + REWARDS_PER_PAGE]
    return message(
        section(_balance(reader, catalogue, all_of_them, first)),
        *_entries(reader, catalogue, page, account_id, goals),
        _pages(reader, all_of_them, first, account_id),
        buttons(
            links.requests_button(reader, account_id),
            links.goals_button(reader, account_id),
            Button(label=reader.label("My points"), action=Points.POINTS),
        ),
        context(_where(reader, first, len(page), len(all_of_them))),
    )


def _none(reader: Reader, catalogue: Catalogue) -> Message:
    return message(
        section(_to_spend(reader, catalogue)),
        section(reader.say("*No rewards yet.* Your points stay yours until there are some.")),
        buttons(Button(label=reader.label("My points"), action=Points.POINTS), links.requests_button(reader)),
        context(reader.say("Only you see this.")),
    )


def _to_spend(reader: Reader, catalogue: Catalogue) -> Mrkdwn:
    return reader.count("*{n} point to spend.*", "*{n} points to spend.*", catalogue.balance)


def _balance(
    reader: Reader, catalogue: Catalogue, placed_rewards: Sequence[tuple[Place, VisibleReward]], first: int
) -> Mrkdwn:
    sentences = [_to_spend(reader, catalogue)]
    places = {place for place, _ in placed_rewards}
    if first == 0 and Place.NOW not in places and Place.NEAR in places:
        sentences.append(reader.say("Not enough for one of your own yet; the nearest stands first."))
    return join_text(sentences, " ")


def _entries(
    reader: Reader,
    catalogue: Catalogue,
    page: Sequence[tuple[Place, VisibleReward]],
    account_id: int,
    goals: Collection[str],
) -> Iterator[BlockPart]:
    before = None
    for place, visible in page:
        if place != before:
            yield section(_heading(reader, place, catalogue))
        before = place
        is_goal = visible.offer.reward.key in goals
        yield section(_entry(reader, visible, is_goal=is_goal))
        yield buttons(*_reward_buttons(reader, visible, account_id, is_goal=is_goal))


def _heading(reader: Reader, place: Place, catalogue: Catalogue) -> Mrkdwn:
    match place:
        case Place.NOW:
            return reader.say("*What you can have now*")
        case Place.NEAR:
            return reader.say("*On the way*")
        case Place.NOT_NOW:
            return reader.say("*Not just now*")
        case Place.TEAM:
            return reader.count(
                "*For the whole team*, paid from its pool: {n} point.",
                "*For the whole team*, paid from its pool: {n} points.",
                catalogue.pool,
            )


def _entry(reader: Reader, visible: VisibleReward, *, is_goal: bool) -> Mrkdwn:
    reward = visible.offer.reward
    entry_lines = [reward_title(reader, reward), escape(reward.worth.get(reader.language))]
    why = why_not(reader, visible)
    if is_goal:
        aim = reader.say("Your team's goal.") if reward.paid_by == "pool" else reader.say("Your goal.")
        why = join_text((why, aim), " ") if why else aim
    return join_text((*entry_lines, why) if why else entry_lines)


def why_not(reader: Reader, visible: VisibleReward) -> Mrkdwn | None:
    """Return why somebody cannot have a reward now, None where they can."""
    match visible.why_not:
        case None:
            return None
        case "points":
            return reader.count("{n} point to go.", "{n} points to go.", visible.to_go)
        case "ran_out":
            return reader.say("None is left.")
        case "withdrawn":
            return reader.say("Not offered at the moment.")
        case "limit" if visible.again is not None:
            return reader.say("You have had it; again from {day} on.", day=reader.day(visible.again))
        case "limit":
            return reader.say("You have had it as often as one can.")


def _reward_buttons(reader: Reader, visible: VisibleReward, account_id: int, *, is_goal: bool) -> Iterator[Button]:
    called = reward_name(reader, visible.offer.reward)
    label = (
        reader.label("Redeem {reward}", reward=called)
        if visible.why_not is None
        else reader.label("Details of {reward}", reward=called)
    )
    key = visible.offer.reward.key
    yield Button(label=label, action=RewardAction.LOOK, value=button_value(account_id, key), key=key)
    if visible.why_not == "points" and not is_goal:
        yield save_button(reader, visible, account_id)


def save_button(reader: Reader, visible: VisibleReward, account_id: int) -> Button:
    """Return the button by which a reward becomes one's goal, or the team's."""
    reward = visible.offer.reward
    label = (
        reader.label("Make it our goal: {reward}", reward=reward_name(reader, reward))
        if reward.paid_by == "pool"
        else reader.label("Make it my goal: {reward}", reward=reward_name(reader, reward))
    )
    return Button(label=label, action=RewardAction.SAVE, value=button_value(account_id, reward.key), key=reward.key)


def _pages(
    reader: Reader, placed_rewards: Sequence[tuple[Place, VisibleReward]], first: int, account_id: int
) -> BlockPart | None:
    after = first + REWARDS_PER_PAGE
    team = next((at for at, (place, _) in enumerate(placed_rewards) if place is Place.TEAM), 0)
    page_buttons = [
        Button(
            label=reader.label("Earlier rewards"),
            action=RewardAction.REWARDS,
            value=button_value(account_id, max(0, first - REWARDS_PER_PAGE)),
            key="earlier",
        )
        if first
        else None,
        Button(
            label=reader.label("More rewards"),
            action=RewardAction.REWARDS,
            value=button_value(account_id, after),
            key="more",
        )
        if after < len(placed_rewards)
        else None,
        Button(
            label=reader.label("Team rewards"),
            action=RewardAction.REWARDS,
            value=button_value(account_id, team),
            key="team",
        )
        if team >= after
        else None,
    ]
    return buttons(*page_buttons) if any(page_buttons) else None


def _where(reader: Reader, first: int, on_page: int, all_of_them: int) -> Mrkdwn:
    only = reader.say("Only you see this.")
    if on_page == all_of_them:
        return only
    position = reader.say("{first} to {last} of {all}.", first=first + 1, last=first + on_page, all=all_of_them)
    return join_text((position, only), " ")


def reachable_rewards(reader: Reader, catalogue: Catalogue) -> list[Mrkdwn]:
    """Return in a line or two what is within reach: three of what can be had, else the nearest one."""
    placed_rewards = ordered_rewards(catalogue)
    now = [escape(reward_name(reader, visible.offer.reward)) for place, visible in placed_rewards if place is Place.NOW]
    if now:
        return [reader.say("You can have: {names}.", names=join_text((Mrkdwn(f"*{one}*") for one in now[:3]), ", "))]
    for place, visible in placed_rewards:
        if place is Place.NEAR:
            reward = reward_name(reader, visible.offer.reward)
            return [
                reader.count(
                    "The nearest is *{reward}*: {n} point to go.",
                    "The nearest is *{reward}*: {n} points to go.",
                    visible.to_go,
                    reward=reward,
                )
            ]
    return []
