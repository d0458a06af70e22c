"""Asking for a reward: the modal that says what it takes, and the receipt."""

import datetime as dt
from collections.abc import Sequence

from loyalty.programme import Reward
from loyalty.rewards.catalogue import Catalogue, VisibleReward
from loyalty.rewards.redemption_queries import RedemptionState
from messages.actions import RewardAction, RewardView
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.modals import Modal
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.rewards import links
from messages.rewards.catalogue import save_button, why_not
from messages.rewards.labels import deciders_text, limit_text, reward_name, reward_title
from messages.rewards.links import button_value


def redeem_form(
    reader: Reader,
    catalogue: Catalogue,
    visible: VisibleReward,
    account_id: int,
    *,
    managers: Sequence[str],
    now: dt.datetime,
    moved: bool = False,
) -> Modal:
    """Return the modal of one reward: to ask for it where it can be had, else why not and what would help.

    `managers` are the names of those who decide; `moved`: the price changed since it was shown.
    """
    reward = visible.offer.reward
    can = visible.why_not is None
    return Modal(
        title=reader.label("Redeem") if can else reader.label("Reward"),
        close=reader.label("Cancel") if can else reader.label("Close"),
        submit=reader.label("Redeem") if can else "",
        callback=RewardView.REDEEM if can else None,
        private_metadata={"account": account_id, "reward": reward.key, "seen": reward.cost},
        content=message(
            section(reader.say("*The price changed meanwhile.* Nothing was done; here is how it stands now."))
            if moved
            else None,
            section(join_text((reward_title(reader, reward), escape(reward.worth.get(reader.language))))),
            section(join_text(_terms(reader, catalogue, visible, managers, now))),
            None if can else _instead(reader, visible, account_id),
        ),
    )


def is_automatic(reward: Reward) -> bool:
    """Return whether a request for it is approved by itself."""
    return reward.approval is not None and reward.cost <= reward.approval.above


def _terms(
    reader: Reader, catalogue: Catalogue, visible: VisibleReward, managers: Sequence[str], now: dt.datetime
) -> list[Mrkdwn]:
    reward, why = visible.offer.reward, why_not(reader, visible)
    terms = [why] if why is not None else [_takes(reader, catalogue, reward), _decided(reader, reward, managers, now)]
    if why is None:
        terms.append(_then(reader, reward))
    if visible.offer.left:
        terms.append(reader.count("{n} is left, for everybody.", "{n} are left, for everybody.", visible.offer.left))
    if reward.limit is not None:
        terms.append(limit_text(reader, reward.limit))
    return terms


def _takes(reader: Reader, catalogue: Catalogue, reward: Reward) -> Mrkdwn:
    if reward.paid_by == "pool":
        return reader.count(
            "It takes {n} of the {have} points in your team's pool and leaves {left}.",
            "It takes {n} of the {have} points in your team's pool and leaves {left}.",
            reward.cost,
            have=catalogue.pool,
            left=catalogue.pool - reward.cost,
        )
    return reader.count(
        "It takes {n} of your {have} points and leaves {left}.",
        "It takes {n} of your {have} points and leaves {left}.",
        reward.cost,
        have=catalogue.balance,
        left=catalogue.balance - reward.cost,
    )


def _decided(reader: Reader, reward: Reward, managers: Sequence[str], now: dt.datetime) -> Mrkdwn:
    if is_automatic(reward):
        return reader.say("It is approved at once; nobody has to decide.")
    return reader.say(
        "The answer comes from {who}, by {day} at the latest. Until then the points are set aside; if it is a no, or"
        " nobody answers, all of them come back.",
        who=deciders_text(reader, managers),
        day=reader.clock_day(now + reward.wait),
    )


def _then(reader: Reader, reward: Reward) -> Mrkdwn:
    if reward.fulfilled == "at_once":
        return reader.say("Once approved it is yours.")
    return reader.say("Once approved it is made ready for you; you hear when it is there.")


def _instead(reader: Reader, visible: VisibleReward, account_id: int) -> BlockPart:
    return buttons(
        save_button(reader, visible, account_id) if visible.why_not == "points" else None,
        links.rewards_button(reader, account_id),
    )


def redemption_receipt(reader: Reader, state: RedemptionState, account_id: int, *, managers: Sequence[str]) -> Message:
    """Return what came of asking for a reward."""
    return message(
        section(join_text(_outcome(reader, state, managers))),
        buttons(links.requests_button(reader, account_id), links.rewards_button(reader, account_id)),
        context(reader.say("Only you see this.")),
    )


def _outcome(reader: Reader, state: RedemptionState, managers: Sequence[str]) -> list[Mrkdwn]:
    called = redeemed_reward_name(reader, state)
    if state.state == "fulfilled":
        return [reader.say("*{reward}* is yours. Enjoy it.", reward=called), *fulfilment_text(reader, state.reward)]
    aside = reader.count("{n} point is set aside for it.", "{n} points are set aside for it.", state.points)
    if state.state == "approved":
        return [
            reader.say("*{reward}* is approved.", reward=called),
            join_text((aside, reader.say("It is being made ready for you; you hear when it is there.")), " "),
        ]
    if state.state == "requested":
        return [
            reader.say("*You have asked for {reward}.*", reward=called),
            reader.say(
                "It waits for {who}; the answer comes by {day} at the latest.",
                who=deciders_text(reader, managers),
                day=reader.clock_day(state.wait_until),
            ),
            join_text((aside, reader.say("You can take it back while it waits.")), " "),
        ]
    return [reader.say("That was asked for before. `/rewards mine` says how it stands.")]


def redeemed_reward_name(reader: Reader, state: RedemptionState) -> str:
    """Return what a redemption's reward is called; its key where nobody knows its name any more."""
    return state.key if state.reward is None else reward_name(reader, state.reward)


def fulfilment_text(reader: Reader, reward: Reward | None) -> list[Mrkdwn]:
    """Return what somebody is told once a reward is theirs."""
    return [escape(reward.gives.get(reader.language))] if reward is not None and reward.gives is not None else []


def unknown_reward_message(
    reader: Reader, typed: str, nearest: VisibleReward | None, yes: Button | None, account_id: int
) -> Message:
    """Return the answer to a name that no reward has; `nearest`: the one with a similar name; `yes`: its button."""
    if nearest is None:
        answer = reader.say("I know no reward called “{words}”. `/rewards` shows those there are.", words=typed)
    else:
        answer = reader.say(
            "I know no reward called “{words}”. Did you mean *{reward}*?",
            words=typed,
            reward=reward_name(reader, nearest.offer.reward),
        )
    return message(
        section(answer),
        buttons(yes, links.rewards_button(reader, account_id)),
        context(reader.say("Only you see this.")),
    )


def nearest_reward_button(
    reader: Reader, visible: VisibleReward, account_id: int, action: RewardAction = RewardAction.LOOK
) -> Button:
    """Return the button for the nearest reward: it opens the reward, or makes it the goal."""
    reward = visible.offer.reward
    return Button(
        label=reader.label("Yes: {reward}", reward=reward_name(reader, reward)),
        action=action,
        value=button_value(account_id, reward.key),
        primary=True,
    )
