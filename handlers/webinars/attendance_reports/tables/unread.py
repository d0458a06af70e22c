"""The rows of which something was left out: the first of them, and how many there are."""

from handlers.webinars.attendance_reports.outcome import Unread, UnreadRow

MAX_UNREAD_ROWS = 50
_MAX_EXCERPT = 40


class UnreadRows:
    """What is noted while reading."""

    def __init__(self) -> None:
        self.first: list[UnreadRow] = []
        self.count = 0

    def add(self, line: int, reason: Unread, found: str = "") -> None:
        """Note the row, with the beginning of what was found in it."""
        self.count += 1
        if len(self.first) < MAX_UNREAD_ROWS:
            self.first.append(UnreadRow(line, reason, found.strip()[:_MAX_EXCERPT]))
