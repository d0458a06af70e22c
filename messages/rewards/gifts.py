"""Thanks from an account manager: the modals for a gift, and what the person or the team is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.people.people import KnownPerson
from loyalty.programme import Reward
from loyalty.rewards.gifts import MAX_NOTE_CHARS, GiftFacts
from messages.actions import GiftField, GiftView
from messages.actions import PointsAction as Points
from messages.kit.blocks import Button, Message, buttons, context, message, section
from messages.kit.elements import Choice
from messages.kit.modals import Modal, choice_field, text_field
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.people.picker import person_fields, person_label
from messages.rewards.labels import points_label, reward_name

TEAM = "team"
"""The choice of the whole team, whose pool gets it."""
MAX_REWARDS = 99
"""How many options fit beside the one for the team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftDraft:
    """A gift before it is confirmed: to a person, or (None) to the team; of points, or of a reward."""

    person: KnownPerson | None
    points: int
    reward: Reward | None
    words: str


def gift_form(
    reader: Reader, account: str, account_id: int, people: Sequence[KnownPerson], rewards: Sequence[Reward], left: int
) -> Modal:
    """Return the modal in which a gift is written; `left`: of this month's allowance."""
    everybody = Choice(reader.label("The whole team"), TEAM)
    return Modal(
        title=reader.label("Give thanks"),
        close=reader.label("Cancel"),
        submit=reader.label("Next"),
        callback=GiftView.FORM,
        private_metadata={"account": account_id},
        content=message(
            section(
                reader.count(
                    "*{account}*: {n} point of this month's allowance is left.",
                    "*{account}*: {n} points of this month's allowance are left.",
                    left,
                    account=account,
                )
            ),
            *person_fields(
                reader,
                GiftField.PERSON,
                GiftField.OTHER,
                reader.label("Whom do you thank?"),
                people[:MAX_REWARDS],
                everybody,
            ),
            text_field(GiftField.POINTS, reader.label("How many points?"), max_chars=12, optional=True),
            choice_field(
                GiftField.REWARD,
                reader.label("Or a reward"),
                [Choice(reward_name(reader, reward), reward.key) for reward in rewards[: MAX_REWARDS + 1]],
                hint=reader.label("What it costs is taken off the allowance."),
                optional=True,
            )
            if rewards
            else None,
            text_field(
                GiftField.WORDS,
                reader.label("What do you thank for?"),
                hint=reader.label("It goes with the gift, under your name."),
                max_chars=MAX_NOTE_CHARS,
                multiline=True,
            ),
        ),
    )


def confirm_gift(reader: Reader, account: str, account_id: int, wish: GiftDraft, left: int) -> Modal:
    """Return the modal that confirms a gift; `left`: of the allowance, once it is given."""
    person, reward = wish.person, wish.reward
    notice = (
        reader.say("They are told in a direct message, with your words and your name.")
        if person
        else reader.say("The team's channel is told, with your words and your name.")
    )
    return Modal(
        title=reader.label("Is it right?"),
        close=reader.label("Back"),
        submit=reader.label("Give it"),
        callback=GiftView.SURE,
        private_metadata={
            "account": account_id,
            "person": person.id if person else None,
            "points": wish.points,
            "reward": reward.key if reward else None,
            "words": wish.words,
        },
        push=True,
        content=message(
            section(
                reader.say(
                    "*{gift}* for *{name}*, {account}.",
                    gift=_gift(reader, wish),
                    name=_whom(reader, person),
                    account=account,
                )
            ),
            section(reader.say("“{note}”", note=wish.words)),
            context(
                join_text(
                    (
                        notice,
                        reader.count(
                            "{n} point of the allowance is left then.",
                            "{n} points of the allowance are left then.",
                            left,
                        ),
                    ),
                    " ",
                )
            ),
        ),
    )


def gift_receipt(reader: Reader, wish: GiftDraft) -> Message:
    """Return the receipt for a gift."""
    return message(
        section(
            reader.say("*Given:* {gift} for {name}.", gift=_gift(reader, wish), name=_whom(reader, wish.person)),
        ),
        context(reader.say("Only you see this.")),
    )


def _gift(reader: Reader, wish: GiftDraft) -> Mrkdwn:
    if wish.reward is not None:
        return Mrkdwn(escape(reward_name(reader, wish.reward)))
    return points_label(reader, wish.points)


def _whom(reader: Reader, person: KnownPerson | None) -> str:
    return person_label(person) if person else reader.label("the whole team")


def gift_message(reader: Reader, facts: GiftFacts) -> Message:
    """Return what a member, or a team in its channel, is told of points that were given."""
    by = facts.by or facts.programme
    if facts.team:
        head = reader.count(
            "*{by} gives all of {account} {n} point for the pool.*",
            "*{by} gives all of {account} {n} points for the pool.*",
            facts.points,
            by=by,
            account=facts.account,
        )
    else:
        head = reader.count("*{by} gives you {n} point.*", "*{by} gives you {n} points.*", facts.points, by=by)
    return message(
        section(head),
        section(reader.say("“{note}”", note=facts.words)) if facts.words else None,
        None if facts.team else buttons(Button(label=reader.label("My points"), action=Points.POINTS)),
    )
