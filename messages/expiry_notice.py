"""What a member is told, once, of points that run out."""

from loyalty.expiry_notice import ExpiryFacts
from messages.expiry import line
from messages.kit import Message, Press, buttons, message, section
from messages.points import Action
from messages.words import Marked, Reader


def told(reader: Reader, facts: ExpiryFacts) -> Message:
    """Return the message of thirty days before."""
    return message(
        section(Marked(f"*{line(reader, facts.expiring)}*")),
        section(reader.say("Whatever you ask for takes the oldest points first. What you already requested is safe.")),
        buttons(Press(label=reader.label("My points"), action=Action.POINTS)),
    )
