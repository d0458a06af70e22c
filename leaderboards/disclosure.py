"""What every public line keeps to: no ranks among a few, nobody last, ties together."""

from collections.abc import Sequence
from itertools import takewhile

from leaderboards.standings import Standing

MIN_RANKED = 4
"""Below so many ranked people there are no ranks and no names."""


def top_without_splitting_ties(standings: Sequence[Standing], limit: int) -> tuple[Standing, ...]:
    """Return the first, at most `limit`; those tied across the edge are out together.

    `standings` are best first, and may end after the first one that is out.
    """
    if len(standings) <= limit:
        return tuple(standings)
    first_out = standings[limit].rank
    return tuple(takewhile(lambda standing: standing.rank < first_out, standings))


def above_last(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return all but the last and whoever is tied with them; nobody where fewer than `MIN_RANKED` rank."""
    return top_without_splitting_ties(standings, len(standings) - 1) if len(standings) >= MIN_RANKED else ()
