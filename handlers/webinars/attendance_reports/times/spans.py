"""A person's times in seconds, out of what their rows say."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.webinars.attendance_reports.cells.durations import UNKNOWN
from handlers.webinars.attendance_reports.outcome import Unread
from handlers.webinars.attendance_reports.tables.people import Person, Span
from handlers.webinars.attendance_reports.times.actions import Actions
from handlers.webinars.attendance_reports.times.dates import Window
from handlers.webinars.attendance_reports.times.moments import NEVER

_FAR_SECONDS = 26 * 3600  # no two zones are further apart
_EXACT_SLACK_SECONDS = 5  # a second a join, as Teams rounds
_MINUTE_SLACK_SECONDS = 120  # minutes rounded, of times without seconds


class Presence(NamedTuple):
    """Spans, the longest total that a row gives instead, and the lines of which something was left out."""

    spans: list[Span]
    seconds: int
    doubts: list[tuple[int, Unread]]

    @property
    def elsewhere(self) -> bool:
        """Whether there is nothing but times of another day."""
        another_day = any(reason is Unread.ANOTHER_DAY for _, reason in self.doubts)
        return another_day and not self.spans and self.seconds == UNKNOWN


class SpanReader:
    """Reads stays by the moments that were found for written instants."""

    def __init__(self, people: Sequence[Person], moments: Sequence[int], window: Window, *, exact: bool) -> None:
        self.moments = moments
        self.slack = _EXACT_SLACK_SECONDS if exact else _MINUTE_SLACK_SECONDS
        self.first = round(window.starts.timestamp()) - _FAR_SECONDS
        self.last = round(window.ends.timestamp()) + _FAR_SECONDS
        near = [moment if self.first <= moment <= self.last else NEVER for moment in moments]
        self._actions = Actions([person for person in people if person.actions], near)

    def read_plain(self, person: Person) -> list[Span]:
        """When the person was there, where each row has both times, and none is in doubt; else nothing."""
        if person.actions or person.seconds != UNKNOWN:
            return []
        moments, first, last = self.moments, self.first, self.last
        spans: list[Span] = []
        for joined, left, length, _ in person.stays:
            start, end = moments[joined], moments[left]
            if not first <= start < end <= last or (length >= 0 and end - start - length > self.slack):
                return []
            spans.append((start, end))
        return spans

    def read(self, person: Person) -> Presence:
        """When the person was there. A row whose duration is shorter than its times is of several stays: a total."""
        spans, seconds = [], person.seconds
        doubts: list[tuple[int, Unread]] = []
        for joined, left, length, line in person.stays:
            start = self.moments[joined]
            end = self.moments[left] if left >= 0 else start + length
            reason = self._reason(start, end)
            if reason is not None:
                doubts.append((line, reason))
            if reason is None and (length == UNKNOWN or end - start - length <= self.slack):
                spans.append((start, end))
            elif reason is not Unread.ANOTHER_DAY:
                seconds = max(seconds, length)
        if person.actions:
            spans += self._actions.spans(person)
            doubts += [] if spans else [(person.line, Unread.ANOTHER_DAY)]
        return Presence(spans, seconds, doubts)

    def _reason(self, start: int, end: int) -> Unread | None:
        """Why they are no times of a stay; None where they are."""
        if self.first <= start <= end <= self.last:
            return None
        if NEVER in {start, end}:
            return Unread.TIME
        near = self.first <= start <= self.last and self.first <= end <= self.last
        return Unread.LEFT_BEFORE_JOINED if near else Unread.ANOTHER_DAY
