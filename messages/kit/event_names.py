"""How a product's own name for an event is said: `Report Scheduled`, `report_scheduled` and `reportScheduled` alike."""

import re

_JOINTS = re.compile(r"[\s_.:/-]+|(?<=[a-z0-9])(?=[A-Z])")


def spoken(event: str) -> str:
    """Return the name as words within a sentence: report scheduled. What is written all in capitals stays: CSV."""
    words = [word for word in _JOINTS.split(event) if word]
    return " ".join(word.lower() if word[1:].islower() or len(word) == 1 else word for word in words) or event


def titled(event: str) -> str:
    """Return the name as words that begin a line: Report scheduled."""
    words = spoken(event)
    return words[:1].upper() + words[1:]
