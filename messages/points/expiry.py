"""Points that run out: a line beside one's points."""

from loyalty.points.expiry_notice import Expiring
from messages.kit.reader import Marked, Reader


def line(reader: Reader, expiring: Expiring) -> Marked:
    """Return what runs out, and when."""
    return reader.count(
        "{n} point expires on {day} unless you use it.",
        "{n} points expire on {day} unless you use them.",
        expiring.points,
        day=reader.day(expiring.day),
    )
