"""How a reward is said in few words: its kind, what it takes, how often, who decides."""

from collections.abc import Callable, Mapping, Sequence

from loyalty.programme import Reward, RewardLimit
from loyalty.programme.schema_rewards import RewardKind, RewardPeriod
from messages.kit.reader import Mrkdwn, Reader, escape, join_text


def kind_label(reader: Reader, kind: RewardKind) -> Mrkdwn:
    """Return what kind of thing it is."""
    labels: Mapping[RewardKind, Callable[[], Mrkdwn]] = {
        "training_seat": lambda: reader.say("training seat"),
        "course": lambda: reader.say("course"),
        "onboarding": lambda: reader.say("onboarding"),
        "consulting": lambda: reader.say("time with experts"),
        "early_access": lambda: reader.say("early access"),
        "extra_feature": lambda: reader.say("extra feature"),
        "priority_support": lambda: reader.say("priority support"),
        "research_report": lambda: reader.say("research report"),
        "content": lambda: reader.say("something to read or watch"),
        "rnd_partnership": lambda: reader.say("a say in the product"),
        "seminar_seat": lambda: reader.say("seminar seat"),
        "partner_offer": lambda: reader.say("partner offer"),
        "cause_sponsorship": lambda: reader.say("good cause"),
        "spotlight": lambda: reader.say("spotlight"),
        "team_treat": lambda: reader.say("team treat"),
        "swag": lambda: reader.say("something to wear or use"),
    }
    return labels[kind]()


def reward_name(reader: Reader, reward: Reward) -> str:
    """Return what it is called, in the reader's language."""
    return reward.name.get(reader.language)


def reward_title(reader: Reader, reward: Reward) -> Mrkdwn:
    """Return its name, kind and price as one line."""
    return reader.say(
        "*{reward}*, {kind}, {points}",
        reward=reward_name(reader, reward),
        kind=kind_label(reader, reward.kind),
        points=points_label(reader, reward.cost),
    )


def points_label(reader: Reader, number: int) -> Mrkdwn:
    """Return so many points."""
    return reader.count("{n} point", "{n} points", number)


def limit_text(reader: Reader, limit: RewardLimit) -> Mrkdwn:
    """Return how often one may have it."""
    if limit.times == 1:
        return _once(reader, limit.per)
    per = {
        "day": reader.say("a day"),
        "week": reader.say("a week"),
        "month": reader.say("a month"),
        "quarter": reader.say("a quarter"),
        "year": reader.say("a year"),
        "ever": reader.say("in all"),
    }[limit.per]
    return reader.count("At most once {per}.", "At most {n} times {per}.", limit.times, per=per)


def _once(reader: Reader, per: RewardPeriod) -> Mrkdwn:
    return {
        "day": reader.say("Once a day."),
        "week": reader.say("Once a week."),
        "month": reader.say("Once a month."),
        "quarter": reader.say("Once a quarter."),
        "year": reader.say("Once a year."),
        "ever": reader.say("Once."),
    }[per]


def deciders_text(reader: Reader, names: Sequence[str]) -> Mrkdwn:
    """Return who decides: the account managers by name, where they are known."""
    if not names:
        return reader.say("your account manager")
    return join_text((escape(manager) for manager in names), ", ")
