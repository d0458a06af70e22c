"""Correcting somebody's points: the modals for it, and what the person is told."""

from collections.abc import Sequence

from loyalty.people.people import KnownPerson
from loyalty.points.correction_notice import Change, CorrectionFacts
from loyalty.points.corrections import MAX_REASON_CHARS
from loyalty.points.disputes import DisputeFacts
from messages.actions import CorrectionAction, CorrectionField, CorrectionView
from messages.actions import DeskAction as Desk
from messages.actions import PointsAction as Points
from messages.kit.blocks import Button, Message, buttons, context, message, section
from messages.kit.modals import Modal, text_field
from messages.kit.reader import Mrkdwn, Reader, join_text
from messages.people.picker import person_fields, person_label
from messages.points.reasons import quoted_reason


def correction_form(reader: Reader, account: str, account_id: int, people: Sequence[KnownPerson]) -> Modal:
    """Return the modal in which a correction is written."""
    return Modal(
        title=reader.label("Correct points"),
        close=reader.label("Cancel"),
        submit=reader.label("Next"),
        callback=CorrectionView.FORM,
        private_metadata={"account": account_id},
        content=message(
            section(reader.say("*{account}*", account=account)),
            *person_fields(
                reader, CorrectionField.PERSON, CorrectionField.OTHER, reader.label("Whose points?"), people
            ),
            text_field(
                CorrectionField.POINTS,
                reader.label("How many points?"),
                hint=reader.label("40 gives, -40 takes back."),
                max_chars=12,
            ),
            text_field(
                CorrectionField.REASON,
                reader.label("Why?"),
                hint=reader.label("The person reads it."),
                max_chars=MAX_REASON_CHARS,
                multiline=True,
            ),
        ),
    )


def confirm_correction(
    reader: Reader,
    account: str,
    person: KnownPerson,
    *,
    points: int,
    has: int,
    reason: str,
    account_id: int,
    moved: bool,
) -> Modal:
    """Return the modal that confirms a correction.

    `has`: the balance less what is owed; `moved`: it has changed since the correction was written.
    """
    return Modal(
        title=reader.label("Is it right?"),
        close=reader.label("Back"),
        submit=reader.label("Correct"),
        callback=CorrectionView.SURE,
        private_metadata={"account": account_id, "person": person.id, "points": points, "reason": reason, "seen": has},
        push=not moved,
        content=message(
            section(reader.say("*It has changed since you began.* Nothing was done; here is how it stands now."))
            if moved
            else None,
            section(reader.say("*{name}*, {account}", name=person_label(person), account=account)),
            section(_becomes(reader, points, has, has + points)),
            section(quoted_reason(reader, reason)),
            context(reader.say("Members are told in a direct message, with the reason and your name.")),
        ),
    )


def correction_receipt(reader: Reader, person: KnownPerson, change: Change) -> Message:
    """Return the receipt for a correction."""
    return message(
        section(reader.say("*Done* for {name}.", name=person_label(person))),
        section(_became(reader, change)),
        context(reader.say("It can be undone from your desk.")),
    )


def correction_message(reader: Reader, facts: CorrectionFacts) -> Message:
    """Return what the person is told of a correction."""
    change = facts.change
    value = f"{facts.account_id}/{change.transfer_id}"
    return message(
        section(_became(reader, change, strong=True)),
        section(quoted_reason(reader, facts.reason)) if facts.reason else None,
        section(reader.say("Not your mistake; what you already requested is safe.")) if change.points < 0 else None,
        context(reader.say("By {author}, {day}.", author=facts.author or facts.product, day=reader.day(facts.day))),
        buttons(
            Button(label=reader.label("See the entries"), action=Points.WHY),
            Button(label=reader.label("This looks wrong"), action=CorrectionAction.WRONG, value=value),
        ),
    )


def _becomes(reader: Reader, points: int, before: int, after: int) -> Mrkdwn:
    """Return what a correction would do."""
    figures = {"before": max(before, 0), "after": max(after, 0)}
    if points < 0:
        sentence = reader.count(
            "{n} point is taken back: {before} becomes {after}.",
            "{n} points are taken back: {before} becomes {after}.",
            -points,
            **figures,
        )
    else:
        sentence = reader.count(
            "{n} point is given: {before} becomes {after}.",
            "{n} points are given: {before} becomes {after}.",
            points,
            **figures,
        )
    return join_text((sentence, *_missing(reader, after)), " ")


def _became(reader: Reader, change: Change, *, strong: bool = False) -> Mrkdwn:
    """Return what a correction did; `strong`: it is what the message is about."""
    figures = {"before": max(change.before, 0), "after": max(change.after, 0)}
    if change.points < 0:
        sentence = reader.count(
            "{n} point was taken back: {before} became {after}.",
            "{n} points were taken back: {before} became {after}.",
            -change.points,
            **figures,
        )
    else:
        sentence = reader.count(
            "{n} point was given: {before} became {after}.",
            "{n} points were given: {before} became {after}.",
            change.points,
            **figures,
        )
    return join_text((Mrkdwn(f"*{sentence}*") if strong else sentence, *_missing(reader, change.after)), " ")


def _missing(reader: Reader, after: int) -> list[Mrkdwn]:
    if after >= 0:
        return []
    return [
        reader.count(
            "{n} point is still missing: what comes next goes there first.",
            "{n} points are still missing: what comes next goes there first.",
            -after,
        )
    ]


def dispute_receipt(reader: Reader, managers: int) -> Message:
    """Return the receipt for somebody who says that a correction looks wrong; `managers`: how many are told."""
    sentence = (
        reader.say("*Your account manager is told* and will look at it.")
        if managers
        else reader.say("No account manager is known here yet: please tell your contact yourself.")
    )
    return message(section(sentence), context(reader.say("Only you see this.")))


def dispute_message(reader: Reader, facts: DisputeFacts) -> Message:
    """Return what an account manager is told when somebody says that a correction looks wrong."""
    return message(
        section(
            reader.say(
                "*{name} ({account}) says that a correction looks wrong:* {points}, {day}.",
                name=facts.person or reader.label("Somebody"),
                account=facts.account,
                points=reader.signed(facts.points),
                day=reader.day(facts.day),
            )
        ),
        section(quoted_reason(reader, facts.reason)) if facts.reason else None,
        buttons(
            Button(
                label=reader.label("Open {account}", account=facts.account),
                action=Desk.OPEN,
                value=str(facts.account_id),
            )
        ),
    )
