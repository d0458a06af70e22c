"""Tiers between account managers and people: the modals in which one is chosen, and what is said in private."""

import datetime as dt
from collections.abc import Mapping, Sequence

from loyalty.people.people import KnownPerson
from loyalty.points.corrections import MAX_REASON_CHARS
from loyalty.programme import Tiers
from loyalty.tier_rules import Tier
from loyalty.tiers.notices import TierFacts, called
from messages.actions import PointsAction as Points
from messages.actions import TierField, TierView
from messages.kit.blocks import BlockPart, Button, Message, buttons, context, message, section
from messages.kit.elements import Choice
from messages.kit.modals import Modal, choice_field, text_field
from messages.kit.reader import Mrkdwn, Reader
from messages.people.picker import person_fields
from messages.people.picker import person_label as person_called
from messages.tiers.progress import period_text, tier_ending

ACCOUNT, NONE, BACK = "account", "none", "back"
"""What stands for the account itself; for no tier; for points to decide again."""


def tier_form(reader: Reader, account: str, account_id: int, tiers: Tiers, people: Sequence[KnownPerson]) -> Modal:
    """Return the modal in which a tier is chosen for somebody, or for the account."""
    whole = Choice(reader.label("All of {account}", account=account), ACCOUNT)
    return Modal(
        title=reader.label("Choose a tier"),
        close=reader.label("Cancel"),
        submit=reader.label("Next"),
        callback=TierView.FORM,
        private_metadata={"account": account_id},
        content=message(
            section(reader.say("*{account}*", account=account)),
            *person_fields(reader, TierField.WHO, TierField.OTHER, reader.label("For whom?"), people, whole),
            choice_field(TierField.TIER, reader.label("Which tier?"), _choices(reader, tiers)),
            text_field(
                TierField.UNTIL,
                reader.label("Until when?"),
                hint=reader.label("A day like 2026-12-31, from which points decide again; nothing: for good."),
                max_chars=10,
                optional=True,
            ),
            text_field(
                TierField.REASON,
                reader.label("Why?"),
                hint=reader.label("Whom it concerns reads it."),
                max_chars=MAX_REASON_CHARS,
                multiline=True,
                optional=True,
            ),
        ),
    )


def _choices(reader: Reader, tiers: Tiers) -> list[Choice]:
    members = [
        Choice(reader.label("{tier} (a person's)", tier=called(tier, reader.language)), f"member/{tier.key}")
        for tier in tiers.members
    ]
    accounts = [
        Choice(reader.label("{tier} (the account's)", tier=called(tier, reader.language)), f"account/{tier.key}")
        for tier in tiers.accounts
    ]
    return [
        *members,
        *accounts,
        Choice(reader.label("No tier"), NONE),
        Choice(reader.label("As points say: take the choice back"), BACK),
    ]


def confirm_tier(
    reader: Reader,
    account: str,
    person: KnownPerson | None,
    tier: Tier | None,
    *,
    back: bool,
    until: dt.date | None,
    reason: str,
    private_metadata: Mapping[str, object],
) -> Modal:
    """Return the modal that confirms a tier; `person` None: the account's own; `back`: points decide again."""
    return Modal(
        title=reader.label("Is it right?"),
        close=reader.label("Back"),
        submit=reader.label("Choose"),
        callback=TierView.SURE,
        private_metadata=private_metadata,
        push=True,
        content=message(
            section(_whose(reader, account, person)),
            section(
                reader.say("Points decide again, at once.")
                if back
                else _from_now(reader, called(tier, reader.language) if tier else "", until)
            ),
            section(reader.say("“{note}”", note=reason)) if reason and not back else None,
            context(reader.say("Whom it concerns is told in a direct message, with the reason and your name.")),
        ),
    )


def tier_receipt(reader: Reader, account: str, person: KnownPerson | None, *, new: bool) -> Message:
    """Return the receipt; `new`: it was not so already."""
    receipt = (
        reader.say("*Done.* It counts from now on.") if new else reader.say("It is so already. Nothing has changed.")
    )
    return message(
        section(_whose(reader, account, person)), section(receipt), context(reader.say("Only you see this."))
    )


def tier_message(reader: Reader, facts: TierFacts) -> Message:
    """Return what is said of a tier in private."""
    return message(
        section(reader.say("*For all of {account}:*", account=facts.account)) if facts.account else None,
        section(_news(reader, facts)),
        *_more(reader, facts),
        buttons(Button(label=reader.label("My points"), action=Points.POINTS)) if facts.account is None else None,
    )


def _news(reader: Reader, facts: TierFacts) -> Mrkdwn:
    day = reader.date(facts.until) if facts.until else ""
    match facts.word:
        case "notice":
            return Mrkdwn(f"*{tier_ending(reader, facts.tier, day, facts.to_go)}*")
        case "ends" if facts.then:
            return reader.say(
                "*{tier} ends on {day}, as was agreed.* From then on it is {then}.",
                tier=facts.tier,
                day=day,
                then=facts.then,
            )
        case "ends":
            return reader.say(
                "*{tier} ends on {day}, as was agreed.* From then on points decide.", tier=facts.tier, day=day
            )
        case "lost" if facts.then:
            return reader.say("*{tier} has ended; it is {then} now.*", tier=facts.tier, then=facts.then)
        case "lost":
            return reader.say("*{tier} has ended.*", tier=facts.tier)
        case "chosen":
            return _from_now(reader, facts.tier, facts.until)


def _from_now(reader: Reader, tier: str, until: dt.date | None) -> Mrkdwn:
    if not tier:
        return reader.say("*No tier counts from now on.*")
    if until is None:
        return reader.say("*{tier} from now on.*", tier=tier)
    return reader.say("*{tier} from now on, until {day}.*", tier=tier, day=reader.date(until))


def _more(reader: Reader, facts: TierFacts) -> list[BlockPart]:
    if facts.word == "chosen":
        reason = [section(reader.say("“{note}”", note=facts.reason))] if facts.reason else []
        return [*reason, context(reader.say("By {author}.", author=facts.author or facts.product))]
    if facts.word == "notice" and facts.over is not None:
        return [section(reader.say("What counts is what was earned {within}.", within=period_text(reader, facts.over)))]
    if facts.word == "lost" and facts.over is not None and facts.to_go:
        back = reader.count(
            "{n} more point {within} brings it back. What there is to spend is untouched.",
            "{n} more points {within} bring it back. What there is to spend is untouched.",
            facts.to_go,
            within=period_text(reader, facts.over),
        )
        return [section(back)]
    return []


def _whose(reader: Reader, account: str, person: KnownPerson | None) -> Mrkdwn:
    if person is None:
        return reader.say("*All of {account}*", account=account)
    return reader.say("*{name}*, {account}", name=person_called(person), account=account)
