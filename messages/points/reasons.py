"""What stands beside a correction as its reason: somebody's own words, or ours in the reader's language."""

from messages.kit.reader import Mrkdwn, Reader

UNDONE = "A correction was undone."
"""The reason of an account manager who takes a correction back by a press; so it is written down."""


def quoted_reason(reader: Reader, note: str) -> Mrkdwn:
    """Return a reason in quotation marks."""
    return reader.say("“{note}”", note=reader.label("A correction was undone.") if note == UNDONE else note)
