"""What somebody asked for: where each stands, and the word that comes when it moves on."""

import datetime as dt
from collections.abc import Sequence

from loyalty.rewards.redemption_notices import RedemptionFacts
from loyalty.rewards.redemption_queries import RedemptionState
from messages.actions import PointsAction as Points
from messages.actions import RewardAction
from messages.kit.blocks import BlockPart, Button, Confirm, Message, buttons, context, message, section
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.rewards import links
from messages.rewards.labels import deciders_text, points_label
from messages.rewards.links import button_value
from messages.rewards.redeem import fulfilment_text, redeemed_reward_name

OPEN_STATES = ("requested", "approved")
"""The states of a redemption that is under way."""
MAX_CLOSED_REDEMPTIONS = 10
"""How many of those that are over are shown."""


def own_redemptions(
    reader: Reader,
    redemptions: Sequence[RedemptionState],
    account_id: int,
    *,
    managers: Sequence[str],
    now: dt.datetime,
) -> Message:
    """Return where everything stands that somebody asked for: what is under way, then the last ones that are over."""
    under_way = [state for state in redemptions if state.state in OPEN_STATES]
    over = [state for state in redemptions if state.state not in OPEN_STATES][:MAX_CLOSED_REDEMPTIONS]
    if not redemptions:
        return _nothing(reader, account_id)
    return message(
        section(reader.say("*Under way*")) if under_way else None,
        *(part for state in under_way for part in _open(reader, state, account_id, managers, now)),
        section(join_text((reader.say("*Before*"), *(_over(reader, state) for state in over)))) if over else None,
        buttons(
            links.rewards_button(reader, account_id), Button(label=reader.label("My points"), action=Points.POINTS)
        ),
        context(reader.say("Only you see this.")),
    )


def _nothing(reader: Reader, account_id: int) -> Message:
    return message(
        section(reader.say("*Nothing asked for yet.* Whatever you ask for will stand here, with how far it has come.")),
        buttons(links.rewards_button(reader, account_id)),
        context(reader.say("Only you see this.")),
    )


def _open(
    reader: Reader, state: RedemptionState, account_id: int, managers: Sequence[str], now: dt.datetime
) -> list[BlockPart]:
    redemption = section(redemption_line(reader, state, managers, now=now))
    return [redemption, buttons(_cancel(reader, state, account_id))] if state.state == "requested" else [redemption]


def redemption_line(reader: Reader, state: RedemptionState, managers: Sequence[str], *, now: dt.datetime) -> Mrkdwn:
    """Return how something that is under way stands, in a line."""
    facts = {"reward": redeemed_reward_name(reader, state), "points": _price(reader, state)}
    if state.state == "requested":
        return reader.say(
            "*{reward}*, {points}. Asked {when}; waits for {who}, until {day} at the latest.",
            **facts,
            when=reader.moment(state.requested_at, now=now),
            who=deciders_text(reader, managers),
            day=reader.clock_day(state.wait_until),
        )
    when = reader.moment(state.decided_at or state.requested_at, now=now)
    if state.by is None:
        return reader.say("*{reward}*, {points}. Approved {when}; it is being made ready for you.", **facts, when=when)
    return reader.say(
        "*{reward}*, {points}. Approved {when} by {who}; it is being made ready for you.",
        **facts,
        when=when,
        who=state.by,
    )


def _price(reader: Reader, state: RedemptionState) -> Mrkdwn:
    return reader.say("a gift") if state.gift else points_label(reader, state.points)


def _cancel(reader: Reader, state: RedemptionState, account_id: int) -> Button:
    called = redeemed_reward_name(reader, state)
    return Button(
        label=reader.label("Take back: {reward}", reward=called),
        action=RewardAction.CANCEL,
        value=button_value(account_id, state.id),
        key=str(state.id),
        confirm=Confirm(
            title=reader.label("Take it back?"),
            text=reader.label("The request ends, and all its points are back at once. You can ask again."),
            confirm=reader.label("Take it back"),
            deny=reader.label("Leave it"),
        ),
    )


def _over(reader: Reader, state: RedemptionState) -> Mrkdwn:
    facts = {
        "reward": redeemed_reward_name(reader, state),
        "points": _price(reader, state),
        "day": reader.clock_day(state.settled_at or state.decided_at or state.requested_at),
    }
    closed_line = {
        "fulfilled": reader.say("• {reward}, {points}: yours since {day}.", **facts),
        "declined": reader.say("• {reward}, {points}: not approved, {day}. All of it came back.", **facts),
        "cancelled": reader.say("• {reward}, {points}: taken back, {day}.", **facts),
        "expired": reader.say("• {reward}, {points}: nobody answered in time, {day}. All of it came back.", **facts),
    }[state.state]
    return join_text((closed_line, reader.say("“{note}”", note=state.words)), " ") if state.words else closed_line


def cancel_receipt(reader: Reader, state: RedemptionState, account_id: int) -> Message:
    """Return the receipt for a request that was taken back."""
    return message(
        section(
            join_text(
                (
                    reader.say("*Taken back: {reward}.*", reward=redeemed_reward_name(reader, state)),
                    _all_back(reader, state.points),
                ),
                " ",
            )
        ),
        buttons(links.rewards_button(reader, account_id), links.requests_button(reader, account_id)),
        context(reader.say("Only you see this.")),
    )


def _all_back(reader: Reader, number: int) -> Mrkdwn:
    return reader.count("The {n} point is back.", "All {n} points are back.", number)


def redemption_message(reader: Reader, facts: RedemptionFacts) -> Message:
    """Return the word that somebody gets when what they asked for moved on."""
    news = _redemption_news(reader, facts)
    return message(section(join_text(news)), _next(reader, facts))


def _redemption_news(reader: Reader, facts: RedemptionFacts) -> list[Mrkdwn]:
    state = facts.redemption
    called = redeemed_reward_name(reader, state)
    match facts.state:
        case "declined":
            no = reader.say("*{reward}* wasn't approved this time.", reward=called)
            return [join_text((no, *_back(reader, state)), " "), *_manager_note(reader, state)]
        case "expired":
            no = reader.say("*Nobody answered about {reward} in time; that is on us.*", reward=called)
            return [join_text((no, *_back(reader, state)), " ")]
        case "fulfilled":
            return [_yours(reader, state, called), *fulfilment_text(reader, state.reward), *_with_gift(reader, state)]
        case _:
            return [
                _approved(reader, state, called),
                reader.say("It is being made ready for you; you hear when it is there."),
                *_with_gift(reader, state),
            ]


def _back(reader: Reader, state: RedemptionState) -> list[Mrkdwn]:
    if state.paid_by == "pool":
        return [
            reader.count("The {n} point is back in the pool.", "All {n} points are back in the pool.", state.points)
        ]
    return [_all_back(reader, state.points)] if state.points else []


def _yours(reader: Reader, state: RedemptionState, called: str) -> Mrkdwn:
    if state.gift:
        return _given(reader, state, called)
    return reader.say("*{reward}* is yours. Thank you for all that you make of the product.", reward=called)


def _approved(reader: Reader, state: RedemptionState, called: str) -> Mrkdwn:
    if state.gift:
        return _given(reader, state, called)
    if state.by is None:
        return reader.say("*{reward}* is approved.", reward=called)
    return reader.say("*{reward}* is approved, by {who}.", reward=called, who=state.by)


def _given(reader: Reader, state: RedemptionState, called: str) -> Mrkdwn:
    if state.by is None:
        return reader.say("*{reward}* is a gift for you.", reward=called)
    return reader.say("*{reward}* is a gift for you, from {who}.", reward=called, who=state.by)


def _manager_note(reader: Reader, state: RedemptionState) -> list[Mrkdwn]:
    if not state.words:
        return []
    if state.by is None:
        return [reader.say("“{note}”", note=state.words)]
    return [reader.say("{who} writes: “{note}”", who=state.by, note=state.words)]


def _with_gift(reader: Reader, state: RedemptionState) -> list[Mrkdwn]:
    return _manager_note(reader, state) if state.gift else []


def _next(reader: Reader, facts: RedemptionFacts) -> BlockPart:
    again = Button(
        label=reader.label("Ask again"),
        action=RewardAction.LOOK,
        value=button_value(facts.account_id, facts.redemption.key),
    )
    others = Button(
        label=reader.label("Other rewards"),
        action=RewardAction.REWARDS,
        value=button_value(facts.account_id),
        key="others",
    )
    refused = facts.state in {"declined", "expired"}
    return buttons(
        again if refused else None, others if refused else None, links.requests_button(reader, facts.account_id)
    )
