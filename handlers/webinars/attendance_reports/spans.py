"""Each person's times in seconds, out of what their rows say."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.webinars.attendance_reports.actions import Actions
from handlers.webinars.attendance_reports.dates import Window
from handlers.webinars.attendance_reports.durations import UNKNOWN
from handlers.webinars.attendance_reports.outcome import Unread
from handlers.webinars.attendance_reports.people import Person
from handlers.webinars.attendance_reports.shift import Span
from handlers.webinars.attendance_reports.unread import UnreadRows

_FAR_SECONDS = 26 * 3600  # no two zones are further apart
_EXACT_SLACK_SECONDS = 5  # a second a join, as Teams rounds
_MINUTE_SLACK_SECONDS = 120  # minutes rounded, of times without seconds


@dataclass(slots=True)
class Presence:
    """When somebody was there, and the longest total a row gives instead; `elsewhere` if only on other days."""

    person: Person
    spans: list[Span]
    seconds: int = UNKNOWN
    elsewhere: bool = False


class SpanReader:
    """Reads stays by the moments that were found for written instants."""

    def __init__(self, moments: Sequence[int | None], window: Window, unread: UnreadRows, *, exact: bool) -> None:
        self._moments = moments
        self._unread = unread
        self._slack = _EXACT_SLACK_SECONDS if exact else _MINUTE_SLACK_SECONDS
        self._first = round(window.starts.timestamp()) - _FAR_SECONDS
        self._last = round(window.ends.timestamp()) + _FAR_SECONDS

    def presences(self, people: Sequence[Person]) -> list[Presence]:
        """Everybody's times; those without any on the webinar's day and some on another are left out."""
        everybody = [self._presence(person) for person in people]
        if any(person.actions for person in people):
            self._add_actions(everybody)
        return [presence for presence in everybody if not presence.elsewhere]

    def _add_actions(self, everybody: Sequence[Presence]) -> None:
        """Put what people did as spans; whoever did nothing near the webinar was elsewhere."""
        near = [moment if moment and self._first <= moment <= self._last else None for moment in self._moments]
        actions = Actions([presence.person for presence in everybody], near)
        for presence in everybody:
            presence.spans += actions.spans(presence.person)
            did = [near[number] for number, _ in presence.person.actions]
            presence.elsewhere = bool(did) and not any(did)

    def _presence(self, person: Person) -> Presence:
        found = Presence(person, [], person.seconds)
        for stay in person.stays:
            joined, left, seconds, line = stay
            start = self._moments[joined]
            end = self._moments[left] if left >= 0 else None if start is None else start + seconds
            # Nearly every stay is one without a doubt.
            if start is not None and end is not None and self._first <= start <= end <= self._last:
                if seconds == UNKNOWN or end - start - seconds <= self._slack:
                    found.spans.append((start, end))
                else:
                    found.seconds = max(found.seconds, seconds)
            else:
                self._doubt(found, (start, end), seconds, line)
        found.elsewhere = found.elsewhere and not found.spans and found.seconds == UNKNOWN
        return found

    def _doubt(self, found: Presence, span: tuple[int | None, int | None], seconds: int, line: int) -> None:
        """Note a stay that is none, and take its duration where it is one of that day."""
        start, end = span
        if start is None or end is None:
            reason = Unread.TIME
        elif not self._first <= start <= self._last or not self._first <= end <= self._last:
            reason = Unread.ANOTHER_DAY
        else:
            reason = Unread.LEFT_BEFORE_JOINED
        self._unread.add(line, reason, found.person.name)
        if reason is Unread.ANOTHER_DAY:
            found.elsewhere = True
        else:
            found.seconds = max(found.seconds, seconds)
