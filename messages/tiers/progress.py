"""Tiers as one sees them: one's own, the way to the next, when it ends; and as a channel hears of them."""

from collections.abc import Sequence

from loyalty.programme import Duration, LocalizedText, Months
from loyalty.recognition.shoutouts import Raised
from loyalty.tier_rules import Tier
from loyalty.tiers.notices import called
from loyalty.tiers.progress import Ending, NextTier, TierStanding
from messages.kit.reader import Mrkdwn, Reader, join_text


def tier_lines(reader: Reader, standing: TierStanding | None) -> list[Mrkdwn]:
    """Return a standing with tiers as lines of text; none where the programme has no tiers."""
    if standing is None:
        return []
    lines = [line for line in (_own(reader, standing.own, standing.next),) if line]
    if standing.own is not None:
        lines += _brings(reader, called(standing.own, reader.language), standing.own.benefits)
        if standing.ending is not None:
            lines.append(_ends(reader, called(standing.own, reader.language), standing.ending))
    if standing.accounts is not None:
        name = called(standing.accounts, reader.language)
        lines.append(reader.say("Your company holds *{tier}*.", tier=name))
        lines += _brings(reader, name, standing.accounts.benefits)
    return lines


def tier_shoutout(reader: Reader, account: str, raised: Raised) -> Mrkdwn:
    """Return what a channel is told of a tier that somebody, or the account itself, holds by now."""
    tier = raised.tier.get(reader.language) if raised.tier else raised.key
    news = reader.say("*{name} holds {tier} now.*", name=raised.name or account, tier=tier)
    return join_text((news, *_brings(reader, tier, raised.benefits)), " ")


def period_text(reader: Reader, over: Duration) -> Mrkdwn:
    """Return a length of time as in "120 more within 12 months"."""
    if isinstance(over, Months):
        return reader.count("within {n} month", "within {n} months", over.count)
    return reader.count("within {n} day", "within {n} days", over.days)


def tier_ending(reader: Reader, tier: str, day: str, to_keep: int) -> Mrkdwn:
    """Return when a tier ends, and what would keep it, if points would."""
    if not to_keep:
        return reader.say("{tier} ends on {day}.", tier=tier, day=day)
    return reader.count(
        "{tier} ends on {day}; {n} point by then keeps it.",
        "{tier} ends on {day}; {n} points by then keep it.",
        to_keep,
        tier=tier,
        day=day,
    )


def _own(reader: Reader, own: Tier | None, following: NextTier | None) -> Mrkdwn | None:
    own_tier = reader.say("*{tier}.*", tier=called(own, reader.language)) if own else None
    if following is None:
        return own_tier
    more = reader.count(
        "{n} more point {within} for *{tier}*.",
        "{n} more points {within} for *{tier}*.",
        following.to_go,
        within=period_text(reader, following.over),
        tier=called(following.tier, reader.language),
    )
    return join_text((own_tier, more), " ") if own_tier else more


def _brings(reader: Reader, tier: str, benefits: Sequence[LocalizedText]) -> list[Mrkdwn]:
    if not benefits:
        return []
    named = ", ".join(benefit.get(reader.language) for benefit in benefits)
    return [reader.say("{tier} brings: {benefits}.", tier=tier, benefits=named)]


def _ends(reader: Reader, tier: str, ending: Ending) -> Mrkdwn:
    return tier_ending(reader, tier, reader.date(ending.day), ending.to_keep)
