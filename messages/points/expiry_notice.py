"""What a member is told, once, of points that run out."""

from loyalty.points.expiry_notice import ExpiryFacts
from messages.actions import PointsAction
from messages.kit.blocks import Button, Message, buttons, message, section
from messages.kit.reader import Mrkdwn, Reader
from messages.points.expiry import expiry_line


def expiry_message(reader: Reader, facts: ExpiryFacts) -> Message:
    """Return the message of thirty days before."""
    return message(
        section(Mrkdwn(f"*{expiry_line(reader, facts.expiring)}*")),
        section(reader.say("Whatever you ask for takes the oldest points first. What you already requested is safe.")),
        buttons(Button(label=reader.label("My points"), action=PointsAction.POINTS)),
    )
