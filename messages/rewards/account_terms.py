"""An account's rewards as its manager sees them: what is left, what they cost here, and rewards of its own."""

from collections.abc import Sequence
from typing import get_args

from loyalty.programme import Reward
from loyalty.programme.schema_rewards import RewardKind, RewardPeriod
from loyalty.rewards.catalogue import Offer
from messages.actions import DeskAction as Desk
from messages.actions import TermsAction, TermsField, TermsView
from messages.kit.blocks import BlockPart, Button, Confirm, Message, buttons, context, message, section
from messages.kit.elements import Choice
from messages.kit.modals import Modal, choice_field, consent_checkbox, text_field
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.rewards.labels import kind_label, limit_text, reward_name, reward_title

REWARDS_PER_PAGE = 8
"""How many rewards one page shows."""


def account_rewards_message(
    reader: Reader, account: str, account_id: int, offers: Sequence[Offer], *, first: int = 0
) -> Message:
    """Return a page of an account's rewards, from the one at `first` on."""
    page, following = offers[first : first + REWARDS_PER_PAGE], first + REWARDS_PER_PAGE
    more = Button(label=reader.label("More rewards"), action=TermsAction.MORE, value=f"{account_id}/{following}")
    return message(
        section(reader.say("*Rewards of {account}*", account=account)),
        None if offers else section(reader.say("There are none yet.")),
        *(part for offer in page for part in _entry(reader, offer, account_id)),
        buttons(
            Button(label=reader.label("Add a reward of their own"), action=TermsAction.ADD, value=str(account_id)),
            more if following < len(offers) else None,
            Button(label=reader.label("My desk"), action=Desk.OPEN, value=str(account_id)),
        ),
        context(reader.say("Only you see this.")),
    )


def _entry(reader: Reader, offer: Offer, account_id: int) -> tuple[BlockPart, BlockPart]:
    reward, value = offer.reward, f"{account_id}/{offer.reward.key}"
    called = reward_name(reader, reward)
    sentences = [reward_title(reader, reward), _left(reader, offer)]
    if reward.limit is not None:
        sentences.append(limit_text(reader, reward.limit))
    if offer.own:
        sentences.append(reader.say("For {account} alone.", account=reader.label("this account")))
    if offer.withdrawn:
        sentences.append(reader.say("*Taken out for now.*"))
    switch = (
        Button(label=reader.label("Put back {reward}", reward=called), action=TermsAction.BACK, value=value, key=value)
        if offer.withdrawn
        else Button(
            label=reader.label("Take out {reward}", reward=called),
            action=TermsAction.OUT,
            value=value,
            key=value,
            confirm=_confirm_withdrawal(reader, own=offer.own),
        )
    )
    edit = Button(label=reader.label("Change {reward}", reward=called), action=TermsAction.EDIT, value=value, key=value)
    return section(join_text(sentences, " ")), buttons(edit, switch)


def _left(reader: Reader, offer: Offer) -> Mrkdwn:
    if offer.left is None:
        return reader.say("As many as are asked for.")
    return reader.count("{n} left.", "{n} left.", offer.left)


def _confirm_withdrawal(reader: Reader, *, own: bool) -> Confirm:
    return Confirm(
        title=reader.label("Take it out?"),
        text=reader.label("Nobody here can ask for it until it is put back. What was asked for stays promised.")
        if own
        else reader.label("Nobody, in no account, can ask for it until it is put back. What was asked for stays so."),
        confirm=reader.label("Take it out"),
        deny=reader.label("Back"),
    )


def edit_reward_form(reader: Reader, account: str, account_id: int, offer: Offer, *, shared: Reward | None) -> Modal:
    """Return the modal that changes a reward's stock; with `shared`, which all accounts have, also its terms here."""
    reward = offer.reward
    fields = [
        text_field(
            TermsField.STOCK,
            reader.label("How many more can be asked for?"),
            hint=reader.label("Empty leaves it; a minus is: as many as are asked for.")
            if offer.own
            else reader.label("For all accounts together. Empty leaves it; a minus is: as many as are asked for."),
            max_chars=9,
            optional=True,
        )
    ]
    if shared is not None:
        # What is there already stands in the fields: whoever changes the stock alone must not lose it.
        limit = reward.limit if reward.limit != shared.limit else None
        fields += [
            text_field(
                TermsField.COST,
                reader.label("Another price here"),
                hint=reader.label("In points. Empty is the programme's own, {points}.", points=shared.cost),
                initial_value=str(reward.cost) if reward.cost != shared.cost else "",
                max_chars=9,
                optional=True,
            ),
            text_field(
                TermsField.LIMIT,
                reader.label("Another limit here"),
                hint=reader.label("So many times a person; empty is the programme's."),
                initial_value=str(limit.times) if limit else "",
                max_chars=4,
                optional=True,
            ),
            _per(reader, limit.per if limit else "year"),
        ]
    return Modal(
        title=reader.label("Change a reward"),
        close=reader.label("Cancel"),
        submit=reader.label("Change"),
        callback=TermsView.EDIT,
        private_metadata={"account": account_id, "reward": reward.key, "own": offer.own},
        content=message(
            section(reader.say("*{reward}*, {account}", reward=reward_name(reader, reward), account=account)), *fields
        ),
    )


def new_reward_form(reader: Reader, account: str, account_id: int) -> Modal:
    """Return the modal in which a reward of the account's own is written."""
    return Modal(
        title=reader.label("A reward of their own"),
        close=reader.label("Cancel"),
        submit=reader.label("Add it"),
        callback=TermsView.ADD,
        private_metadata={"account": account_id},
        content=message(
            section(reader.say("*{account}*", account=account)),
            text_field(TermsField.NAME, reader.label("What is it called?"), max_chars=150),
            choice_field(TermsField.KIND, reader.label("What kind of thing is it?"), _kinds(reader)),
            text_field(
                TermsField.WORTH, reader.label("What is it worth to their work?"), max_chars=500, multiline=True
            ),
            text_field(TermsField.COST, reader.label("How many points does it take?"), max_chars=9),
            text_field(
                TermsField.VALUE,
                reader.label("What does it cost you to give?"),
                hint=reader.label("In your own currency. Members never see it; it is held against the cap."),
                max_chars=12,
            ),
            text_field(
                TermsField.STOCK,
                reader.label("How many are there?"),
                hint=reader.label("Empty is: as many as are asked for."),
                max_chars=9,
                optional=True,
            ),
            text_field(TermsField.LIMIT, reader.label("How often may one have it?"), max_chars=4, optional=True),
            _per(reader, "year"),
            text_field(
                TermsField.ABOVE,
                reader.label("Approved by itself up to how many points?"),
                hint=reader.label("Empty is: you decide each time."),
                max_chars=9,
                optional=True,
            ),
            text_field(
                TermsField.GIVES,
                reader.label("What are they told once it is theirs?"),
                hint=reader.label("Where to click, what happens next."),
                max_chars=500,
                multiline=True,
                optional=True,
            ),
            consent_checkbox(
                TermsField.NOT_MONEY,
                reader.label("Your word"),
                reader.label("This is not money, nor can it become any."),
            ),
        ),
    )


def _kinds(reader: Reader) -> list[Choice]:
    return [Choice(kind_label(reader, reward_kind), reward_kind) for reward_kind in get_args(RewardKind)]


def _per(reader: Reader, chosen: RewardPeriod) -> BlockPart:
    labels: dict[RewardPeriod, str] = {
        "day": reader.label("a day"),
        "week": reader.label("a week"),
        "month": reader.label("a month"),
        "quarter": reader.label("a quarter"),
        "year": reader.label("a year"),
        "ever": reader.label("all time"),
    }
    choices = [Choice(label, period) for period, label in labels.items()]
    return choice_field(TermsField.PER, reader.label("Over how long?"), choices, chosen=chosen, optional=True)


def reward_receipt(reader: Reader, account: str, account_id: int, offer: Offer) -> Message:
    """Return the receipt for a reward that was added or changed."""
    return message(
        section(reader.say("*Done.* {account} finds it so from now on:", account=account)),
        section(join_text((reward_title(reader, offer.reward), escape(offer.reward.worth.get(reader.language))))),
        section(_left(reader, offer)),
        context(reader.say("What was asked for before stays as it was promised.")),
        buttons(Button(label=reader.label("Rewards"), action=Desk.TERMS, value=str(account_id))),
    )
