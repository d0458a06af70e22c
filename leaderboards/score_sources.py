"""Where a board's figures come from: scores that are kept, or, for a season, the sum of its months."""

from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session

from leaderboards import standings
from leaderboards.periods import Frame, Period
from leaderboards.seasons import SeasonStandings
from leaderboards.standings import OwnStanding, Standing


class Source(Protocol):
    """Where an account's standings of one frame come from."""

    def everyone(self) -> list[Standing]:
        """Return all who rank, joined or not, best first."""

    def top(self, limit: int, /) -> list[Standing]:
        """Return at least the best `limit` on the boards, best first, with all who are tied with the last of these."""

    def counted(self) -> int:
        """Return how many rank on the boards."""

    def place(self, person_id: int, /) -> OwnStanding:
        """Return the person's own place."""

    def team_total(self) -> int:
        """Return what all the account's people earned, joined or not, and their pool was given."""

    def active(self) -> int:
        """Return how many of the account's people earned more than 0, joined or not."""


def source_of(session: Session, account_id: int, frame: Frame) -> Source:
    """Return who knows where people stand in a frame."""
    if frame.period == "season":
        return SeasonStandings(session, account_id, frame.span)
    return _Kept(session, account_id, frame.period, frame)


@dataclass(frozen=True, slots=True)
class _Kept:
    session: Session
    account_id: int
    period: Period
    frame: Frame

    def everyone(self) -> list[Standing]:
        return standings.everyone(self.session, self.account_id, self.period, self.frame.span.start)

    def top(self, limit: int, /) -> list[Standing]:
        return standings.top(self.session, self.account_id, self.period, self.frame.span.start, limit)

    def counted(self) -> int:
        return standings.counted(self.session, self.account_id, self.period, self.frame.span.start)

    def place(self, person_id: int, /) -> OwnStanding:
        return standings.place(self.session, self.account_id, self.period, self.frame.span.start, person_id)

    def team_total(self) -> int:
        return standings.team_total(self.session, self.account_id, self.period, self.frame.span.start)

    def active(self) -> int:
        return standings.active(self.session, self.account_id, self.period, self.frame.span.start)
