"""Shoutouts: what somebody, or a team together, has just managed. No rank, no comparison."""

from loyalty.shoutouts import Figure, Shoutout, ShoutoutFacts
from messages.kit import Message, message, section
from messages.tiers import shouted
from messages.words import Marked, Reader, escape, together


def told(reader: Reader, facts: ShoutoutFacts) -> Message:
    """Return what a channel is told: milestones in the order they were reached, then tiers."""
    return message(
        *(section(_one(reader, facts, shoutout)) for shoutout in facts.shoutouts),
        *(section(shouted(reader, facts.account, raised)) for raised in facts.raised),
    )


def _one(reader: Reader, facts: ShoutoutFacts, shoutout: Shoutout) -> Marked:
    lines = [_news(reader, facts, shoutout)]
    if shoutout.badge is not None:
        lines.append(reader.say("Badge: {badge}.", badge=shoutout.badge.get(reader.language)))
    if shoutout.figure is not None and shoutout.figure.count:
        lines.append(_so_far(reader, facts.account, shoutout.figure))
    return together(lines, " ")


def _news(reader: Reader, facts: ShoutoutFacts, shoutout: Shoutout) -> Marked:
    if shoutout.says is not None:
        words = shoutout.says.get(reader.language)
        filled = words.replace("{account}", facts.account).replace("{name}", shoutout.name or facts.account)
        return Marked(f"*{escape(_sentence(filled))}*")
    if shoutout.name is None:
        return reader.say("*{account} has reached something together.*", account=facts.account)
    return reader.say("*{name} has reached something new.*", name=shoutout.name)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…", "。")) else f"{words}."


def _so_far(reader: Reader, account: str, figure: Figure) -> Marked:
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
