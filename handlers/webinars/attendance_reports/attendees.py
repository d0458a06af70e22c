"""Attendees out of people's times in seconds."""

from datetime import datetime, timedelta

from handlers.webinars.attendance_reports.durations import UNKNOWN
from handlers.webinars.attendance_reports.moments import EPOCH
from handlers.webinars.attendance_reports.outcome import Attendee
from handlers.webinars.attendance_reports.spans import Presence
from handlers.webinars.attendance_reports.union import union


class AttendeeMaker(dict[int, datetime]):
    """Makes attendees; the instants of many are the same, and made once."""

    def __init__(self, shift: int) -> None:
        super().__init__()
        self._shift = timedelta(seconds=shift)

    def __missing__(self, moment: int) -> datetime:
        found = self[moment] = EPOCH + timedelta(seconds=moment) + self._shift
        return found

    def attendee(self, presence: Presence) -> Attendee:
        """Who it is, when and for how long they were there."""
        person, spans = presence.person, presence.spans
        together = spans if len(spans) == 1 else union(spans)
        seconds = max(sum(end - start for start, end in together) if spans else UNKNOWN, presence.seconds)
        return Attendee(
            person.name,
            person.email,
            tuple([(self[start], self[end]) for start, end in together if start < end]),
            seconds // 60 if seconds != UNKNOWN else None,
            person.role,
        )
