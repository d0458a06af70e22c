"""Points that run out: a line beside one's points."""

from loyalty.points.expiry_notice import ExpiringPoints
from messages.kit.reader import Mrkdwn, Reader


def expiry_line(reader: Reader, expiring: ExpiringPoints) -> Mrkdwn:
    """Return what runs out, and when."""
    return reader.count(
        "{n} point expires on {day} unless you use it.",
        "{n} points expire on {day} unless you use them.",
        expiring.points,
        day=reader.day(expiring.day),
    )
