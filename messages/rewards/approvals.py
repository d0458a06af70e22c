"""What account managers decide: a request with all that is needed, its buttons, and what became of it."""

from collections.abc import Sequence

from loyalty.rewards.redemption_notices import RequestFacts
from loyalty.rewards.redemption_queries import PendingRedemption, RedemptionState
from loyalty.rewards.redemptions import MAX_REASON_CHARS
from messages.actions import ApprovalAction, ApprovalField, ApprovalView
from messages.actions import DeskAction as Desk
from messages.kit.blocks import BlockPart, Button, Confirm, Message, buttons, context, message, section
from messages.kit.modals import Modal, text_field
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.rewards.labels import kind_label, points_label
from messages.rewards.redeem import redeemed_reward_name

MAX_SHOWN_REQUESTS = 5
"""How many requests the desk shows at a time."""


def request_message(reader: Reader, facts: RequestFacts) -> Message:
    """Return what an account manager is asked, or what that message became once things moved on."""
    request = section(join_text(_lines(reader, facts.waiting, facts.account)))
    decision_buttons = _decision_buttons(reader, facts.account_id, facts.waiting)
    return message(request, buttons(*decision_buttons) if decision_buttons else None)


def desk_request_parts(
    reader: Reader, pending: Sequence[PendingRedemption], account_id: int, account: str
) -> list[BlockPart]:
    """Return what waits to be decided or handed over, as parts of the desk."""
    if not pending:
        return []
    request_parts = [
        part
        for waiting in pending[:MAX_SHOWN_REQUESTS]
        for part in (
            section(join_text(_lines(reader, waiting, account))),
            buttons(*_decision_buttons(reader, account_id, waiting)),
        )
    ]
    more = len(pending) - MAX_SHOWN_REQUESTS
    rest = [context(reader.count("And {n} more after that.", "And {n} more after these.", more))] if more > 0 else []
    return [section(reader.say("*Rewards that were asked for*")), *request_parts, *rest]


def _lines(reader: Reader, waiting: PendingRedemption, account: str) -> list[Mrkdwn]:
    state = waiting.redemption
    request_lines = [_heading(reader, waiting, account)]
    if state.reward is not None:
        worth = escape(state.reward.worth.get(reader.language))
        request_lines.append(reader.say("{worth} ({kind})", kind=kind_label(reader, state.reward.kind), worth=worth))
    if state.state in {"requested", "approved"}:
        request_lines += [_paid(reader, waiting), *_left(reader, waiting), *_before(reader, waiting)]
    request_lines.append(_stands(reader, state))
    return request_lines


def _heading(reader: Reader, waiting: PendingRedemption, account: str) -> Mrkdwn:
    facts = {
        "name": waiting.person or reader.label("Somebody whose data was erased"),
        "role": _role(reader, waiting.role),
        "account": account,
        "reward": redeemed_reward_name(reader, waiting.redemption),
    }
    if waiting.redemption.gift:
        return reader.say("*{name}* ({account}, {role}) was given *{reward}*.", **facts)
    return reader.say("*{name}* ({account}, {role}) asks for *{reward}*.", **facts)


def _role(reader: Reader, name: str) -> Mrkdwn:
    """Return a role in words."""
    return {
        "user": reader.say("user"),
        "champion": reader.say("champion"),
        "manager": reader.say("manager"),
        "executive": reader.say("executive"),
    }[name]


def _paid(reader: Reader, waiting: PendingRedemption) -> Mrkdwn:
    state = waiting.redemption
    if state.gift:
        return reader.say("It costs no points.")
    facts = {"points": points_label(reader, state.points), "left": waiting.balance}
    if state.paid_by == "pool":
        return reader.say("{points} from the company's pool, which has {left} left besides.", **facts)
    return reader.say("{points}; {left} are left besides.", **facts)


def _left(reader: Reader, waiting: PendingRedemption) -> list[Mrkdwn]:
    if waiting.left is None:
        return []
    return [reader.count("{n} of it is left after this one.", "{n} of them are left after this one.", waiting.left)]


def _before(reader: Reader, waiting: PendingRedemption) -> list[Mrkdwn]:
    if not waiting.before:
        return [reader.say("It is their first request.")]
    earlier_requests = (
        reader.say(
            "{reward} ({state}, {day})",
            reward=redeemed_reward_name(reader, state),
            state=_state(reader, state),
            day=reader.clock_day(state.requested_at),
        )
        for state in waiting.before
    )
    return [reader.say("Before: {told}.", told=join_text(earlier_requests, ", "))]


def _state(reader: Reader, state: RedemptionState) -> Mrkdwn:
    return {
        "requested": reader.say("waiting"),
        "approved": reader.say("approved"),
        "fulfilled": reader.say("handed over"),
        "declined": reader.say("declined"),
        "cancelled": reader.say("taken back"),
        "expired": reader.say("not answered in time"),
    }[state.state]


def _stands(reader: Reader, state: RedemptionState) -> Mrkdwn:
    """Return how it stands now, and who made it so."""
    asked_at = reader.clock_day(state.requested_at)
    settled = reader.clock_day(state.settled_at or state.decided_at or state.requested_at)
    by = state.by or reader.label("the programme")
    match state.state:
        case "requested":
            until = reader.clock_day(state.wait_until)
            return reader.say("Asked {asked}; waits until {day}.", asked=asked_at, day=until)
        case "approved":
            return reader.say("*Approved* by {by}; still to be handed over.", by=by)
        case "fulfilled":
            return reader.say("*Handed over* by {by}, {day}.", by=by, day=settled)
        case "declined":
            no = reader.say("*Declined* by {by}, {day}; the points are back.", by=by, day=settled)
            return join_text((no, reader.say("“{note}”", note=state.words)), " ") if state.words else no
        case "cancelled":
            return reader.say("*Taken back*, {day}; there is nothing to decide any more.", day=settled)
        case _:
            return reader.say("*Not answered in time*, {day}; the points are back.", day=settled)


def _decision_buttons(reader: Reader, account_id: int, waiting: PendingRedemption) -> list[Button]:
    state = waiting.redemption
    value = f"{account_id}/{state.id}"
    facts = {"reward": redeemed_reward_name(reader, state), "name": waiting.person or reader.label("Somebody")}
    match state.state:
        case "requested":
            return [
                Button(
                    label=reader.label("Approve {reward} for {name}", **facts),
                    action=ApprovalAction.APPROVE,
                    value=value,
                    key=value,
                    primary=True,
                ),
                Button(
                    label=reader.label("Decline {reward} for {name}", **facts),
                    action=ApprovalAction.DECLINE,
                    value=value,
                    key=value,
                ),
            ]
        case "approved":
            return [
                Button(
                    label=reader.label("Handed over: {reward} to {name}", **facts),
                    action=ApprovalAction.FULFIL,
                    value=value,
                    key=value,
                    primary=True,
                    confirm=Confirm(
                        title=reader.label("Is it handed over?"),
                        text=reader.label("The points are spent then, and {name} is told.", name=facts["name"]),
                        confirm=reader.label("It is"),
                        deny=reader.label("Not yet"),
                    ),
                )
            ]
        case _:
            return []


def decline_form(reader: Reader, waiting: PendingRedemption, account_id: int) -> Modal:
    """Return the modal that asks why a request is declined."""
    state = waiting.redemption
    return Modal(
        title=reader.label("Decline"),
        close=reader.label("Back"),
        submit=reader.label("Decline it"),
        callback=ApprovalView.DECLINE,
        private_metadata={"account": account_id, "redemption": state.id},
        content=message(
            section(
                reader.say(
                    "*{reward}* for {name}.",
                    reward=redeemed_reward_name(reader, state),
                    name=waiting.person or reader.label("somebody whose data was erased"),
                )
            ),
            text_field(
                ApprovalField.WORDS,
                reader.label("What do you write to them?"),
                hint=reader.label("Why not now, and what would be possible: when the next one starts, for instance."),
                max_chars=MAX_REASON_CHARS,
                multiline=True,
            ),
            context(reader.say("All points go back at once.")),
        ),
    )


def late_decision_message(reader: Reader, waiting: PendingRedemption, account_id: int, account: str) -> Message:
    """Return the answer to a decision on a request that was decided, or had ended, before."""
    request_lines = (_heading(reader, waiting, account), _stands(reader, waiting.redemption))
    return message(
        section(reader.say("That was decided already. Nothing has changed.")),
        section(join_text(request_lines)),
        buttons(*_decision_buttons(reader, account_id, waiting), _desk(reader, account_id)),
        context(reader.say("Only you see this.")),
    )


def _desk(reader: Reader, account_id: int) -> Button:
    return Button(label=reader.label("My desk"), action=Desk.OPEN, value=str(account_id))


def decision_receipt(reader: Reader, waiting: PendingRedemption, account_id: int) -> Message:
    """Return the receipt for a decision."""
    facts = {
        "reward": redeemed_reward_name(reader, waiting.redemption),
        "name": waiting.person or reader.label("somebody whose data was erased"),
    }
    state = waiting.redemption.state
    receipt = {
        "approved": reader.say(
            "*Approved: {reward} for {name}.* They are told; press again once it is there.", **facts
        ),
        "fulfilled": reader.say("*Done: {name} has {reward}.* They are told.", **facts),
        "declined": reader.say("*Declined: {reward} for {name}.* The points are back, and they are told why.", **facts),
    }[state]
    decision_buttons = _decision_buttons(reader, account_id, waiting)
    return message(
        section(receipt),
        buttons(*decision_buttons, _desk(reader, account_id)),
        context(reader.say("Only you see this.")),
    )
