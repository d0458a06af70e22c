"""What the usage API answers: its exact shapes, which the OpenAPI document shows too."""

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import BaseModel

from loyalty.usage.explain import Explained
from loyalty.usage.record import Award, Outcome, Recorded, RefusedEvent


class RuleAward(BaseModel):
    """What one rule gave, to whom, and the reason where it gave nothing or less."""

    rule: str
    points: int
    to: Literal["person", "pool"]
    reason: str = ""

    @classmethod
    def of(cls, award: Award) -> Self:
        """Return the award as it is answered."""
        return cls(rule=award.rule, points=award.points, to=award.to, reason=award.reason)


class Result(BaseModel):
    """What became of one event. Refused ones are not on record, and sending them again changes nothing.

    `excluded`: recorded, but the programme leaves this person out. `counted`: from before the account was invited, kept
    as a count by day. `points` went to the person, `pool` to the company's pool.
    """

    id: str = ""
    outcome: Literal["recorded", "replayed", "refused"]
    reason: str = ""
    points: int = 0
    pool: int = 0
    awards: list[RuleAward] = []
    excluded: bool = False
    counted: bool = False

    @classmethod
    def of(cls, event_id: str, outcome: Outcome) -> Self:
        """Return an outcome as it is answered."""
        if isinstance(outcome, RefusedEvent):
            return cls(id=event_id, outcome="refused", reason=outcome.reason)
        if not isinstance(outcome, Recorded):
            return cls(id=event_id, outcome="replayed")
        return cls(
            id=event_id,
            outcome="recorded",
            points=_sum(outcome.awards, "person"),
            pool=_sum(outcome.awards, "pool"),
            awards=[RuleAward.of(award) for award in outcome.awards],
            excluded=outcome.excluded,
            counted=outcome.counted,
        )


class UsageResponse(BaseModel):
    """What became of a request's events: how many of each, and every one in the order given."""

    recorded: int
    replayed: int
    refused: int
    results: list[Result]

    @classmethod
    def of(cls, results: list[Result]) -> Self:
        """Return the answer to a request."""
        kinds = [result.outcome for result in results]
        return cls(
            recorded=kinds.count("recorded"),
            replayed=kinds.count("replayed"),
            refused=kinds.count("refused"),
            results=results,
        )


class Explanation(BaseModel):
    """What would become of one event: nothing was recorded.

    `rules`: every rule for events of this name, with what it would give, or why nothing or less. An event is judged
    after those before it in the request, as if they had been recorded.
    """

    id: str = ""
    would: Literal["record", "replay", "refuse"]
    reason: str = ""
    points: int = 0
    pool: int = 0
    rules: list[RuleAward] = []

    @classmethod
    def of(cls, event_id: str, explained: Explained) -> Self:
        """Return an explanation as it is answered."""
        rules = explained.rules
        return cls(
            id=event_id,
            would=_would(explained.outcome),
            reason=explained.reason,
            points=_sum(rules, "person"),
            pool=_sum(rules, "pool"),
            rules=[RuleAward.of(rule) for rule in rules],
        )


class Explanations(BaseModel):
    """What would become of a request's events, each in the order given."""

    results: list[Explanation]


class Problem(BaseModel):
    """Why a request was refused as a whole, and what would be right: nothing of it was recorded."""

    error: str


def _sum(awards: Iterable[Award], to: Literal["person", "pool"]) -> int:
    return sum(award.points for award in awards if award.to == to)


def _would(outcome: Outcome) -> Literal["record", "replay", "refuse"]:
    if isinstance(outcome, RefusedEvent):
        return "refuse"
    return "record" if isinstance(outcome, Recorded) else "replay"
