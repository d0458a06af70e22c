"""Standings without a database."""

from leaderboards.standings import Standing


def ranked(*points: int) -> list[Standing]:
    """Return people with these points, best first; `p3` is the third argument's, numbered 3."""
    order = sorted(enumerate(points, 1), key=lambda each: (-each[1], each[0]))
    return [
        Standing(1 + sum(other > earned for other in points), number, f"p{number}", f"p{number}", earned)
        for number, earned in order
    ]
