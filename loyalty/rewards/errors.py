"""Why a reward is not had, or a request not decided: one class a reason. Each is raised before anything moved."""

import datetime as dt

from loyalty.errors import LoyaltyError


class RewardError(LoyaltyError):
    """A reward, or a decision about a request, that was refused."""


class NotEligibleError(RewardError):
    """Whoever has not joined, left, works for the vendor, or is left out of the programme has no rewards."""


class CannotSeeError(RewardError):
    """There is no such reward, as far as this person is told: it may be there for others."""


class WithdrawnError(RewardError):
    """The reward is not offered any more."""


class PriceChangedError(RewardError):
    """The reward costs something else by now than when the person looked: `seen` then, `cost` now."""

    def __init__(self, seen: int, cost: int) -> None:
        super().__init__(f"it cost {seen} points when it was looked at, and costs {cost} now")
        self.seen, self.cost = seen, cost


class LimitReachedError(RewardError):
    """The person had as many as one may. `again`: the first local day that gives room; None: there is none."""

    def __init__(self, again: dt.date | None) -> None:
        super().__init__("as many as one person may have were had" + (f" before {again}" if again else ""))
        self.again = again


class CannotPayError(RewardError):
    """The wallet that pays has too little; `to_go`: how many points are missing."""

    def __init__(self, to_go: int) -> None:
        super().__init__(f"{to_go} points are missing")
        self.to_go = to_go


class RanOutError(RewardError):
    """None is left."""


class NoSuchRedemptionError(RewardError):
    """There is no such request, as far as this person is told."""


class OwnRequestError(RewardError):
    """Nobody decides what they asked for themselves."""


class NotApprovedError(RewardError):
    """What was asked for is still to be decided: it cannot be handed over yet."""


class NoDeclineReasonError(RewardError):
    """A decline says why, in at most 500 characters."""


class AlreadyDecidedError(RewardError):
    """It went another way already: `state` is what it is now, `by` the author who made it so (None: its person)."""

    def __init__(self, state: str, by: str | None) -> None:
        super().__init__(f"it is {state} already, by {by or 'whoever asked'}")
        self.state, self.by = state, by
