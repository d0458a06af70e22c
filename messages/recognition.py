"""Shoutouts: what somebody, or a team together, has just managed. No rank, no comparison."""

from collections.abc import Sequence

from loyalty.recognition.shoutouts import Figure, Shoutout, ShoutoutFacts
from messages.kit.blocks import MAX_SECTION_CHARS, Message, message, section
from messages.kit.reader import Mrkdwn, Reader, escape, join_text
from messages.tiers.progress import tier_shoutout

MAX_OWN_PARAGRAPHS = 20
"""How many have a paragraph each; more share paragraphs, as a message has 50 blocks at most."""
MAX_MILESTONES = 100
"""How many one message lists; of the others it gives the number."""


def shoutout_message(reader: Reader, facts: ShoutoutFacts) -> Message:
    """Return what a channel is told: milestones in the order they were reached, then tiers."""
    news = [
        *(_one(reader, facts, shoutout) for shoutout in facts.shoutouts),
        *(tier_shoutout(reader, facts.account, raised) for raised in facts.raised),
    ]
    more = len(news) - MAX_MILESTONES
    return message(
        *(section(paragraph) for paragraph in _paragraphs(news[:MAX_MILESTONES])),
        section(reader.count("And {n} more.", "And {n} more.", more)) if more > 0 else None,
    )


def _paragraphs(news: Sequence[Mrkdwn]) -> list[Mrkdwn]:
    """Return each news as a paragraph of its own, or several in one where a message could not hold so many."""
    if len(news) <= MAX_OWN_PARAGRAPHS:
        return list(news)
    paragraphs: list[Mrkdwn] = []
    for shoutout in news:
        if paragraphs and len(paragraphs[-1]) + len(shoutout) < MAX_SECTION_CHARS:
            paragraphs[-1] = join_text((paragraphs[-1], shoutout))
        else:
            paragraphs.append(shoutout)
    return paragraphs


def _one(reader: Reader, facts: ShoutoutFacts, shoutout: Shoutout) -> Mrkdwn:
    sentences = [_news(reader, facts, shoutout)]
    if shoutout.badge is not None:
        sentences.append(reader.say("Badge: {badge}.", badge=shoutout.badge.get(reader.language)))
    if shoutout.figure is not None and shoutout.figure.count:
        sentences.append(_so_far(reader, facts.account, shoutout.figure))
    return join_text(sentences, " ")


def _news(reader: Reader, facts: ShoutoutFacts, shoutout: Shoutout) -> Mrkdwn:
    if shoutout.says is not None:
        template = shoutout.says.get(reader.language)
        announcement = template.replace("{account}", facts.account).replace("{name}", shoutout.name or facts.account)
        return Mrkdwn(f"*{escape(_sentence(announcement))}*")
    if shoutout.name is None:
        return reader.say("*{account} has reached something together.*", account=facts.account)
    return reader.say("*{name} has reached something new.*", name=shoutout.name)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", "。")) else f"{text}."


def _so_far(reader: Reader, account: str, figure: Figure) -> Mrkdwn:
    if figure.event is None:
        return reader.count(
            "{account} has {n} point together.", "{account} has {n} points together.", figure.count, account=account
        )
    if figure.count == 1:
        return reader.say("It is a first for all of {account}.", account=account)
    return reader.count(
        "{account} has done this once so far.",
        "{account} has done this {n} times so far.",
        figure.count,
        account=account,
    )
