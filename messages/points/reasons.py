"""What stands beside a correction as its reason: somebody's own words, or ours in the reader's language."""

from messages.kit.reader import Mrkdwn, Reader

UNDONE = "A correction was undone."
"""The reason that is written down when an account manager undoes a correction by its button."""


def quoted_reason(reader: Reader, note: str) -> Mrkdwn:
    """Return a reason in quotation marks."""
    return reader.say("“{note}”", note=reader.label("A correction was undone.") if note == UNDONE else note)
