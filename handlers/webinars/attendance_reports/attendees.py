"""Attendees out of people's times."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from handlers.webinars.attendance_reports.cells.durations import UNKNOWN
from handlers.webinars.attendance_reports.outcome import Attendee
from handlers.webinars.attendance_reports.tables.people import Person, Span
from handlers.webinars.attendance_reports.tables.unread import UnreadRows
from handlers.webinars.attendance_reports.times.moments import EPOCH
from handlers.webinars.attendance_reports.times.spans import SpanReader
from handlers.webinars.attendance_reports.union import union


class _Instants(dict[int, datetime]):
    """Instants by their seconds; those of many people are the same, and made once."""

    def __init__(self, shift: int) -> None:
        super().__init__()
        self._epoch = EPOCH + timedelta(seconds=shift)

    def __missing__(self, moment: int) -> datetime:
        found = self[moment] = self._epoch + timedelta(seconds=moment)
        return found


class AttendeeMaker:
    """Makes attendees of people."""

    def __init__(self, spans: SpanReader, shift: int, unread: UnreadRows) -> None:
        self._spans = spans
        self._unread = unread
        self._instants = _Instants(shift)

    def attendees(self, people: Iterable[Person]) -> tuple[Attendee, ...]:
        """Everybody who came; whoever was there on another day only is left out."""
        moments, slack, first, last = self._spans.moments, self._spans.slack, self._spans.first, self._spans.last
        instants = self._instants
        made: list[Attendee] = []
        for person in people:
            numbers = person.flat_stays
            if len(numbers) == 4 and person.seconds < 0:  # nearly everybody, by the shortest way
                joined, left, length, _ = numbers
                start, end = moments[joined], moments[left]
                if first <= start < end <= last and (length < 0 or end - start - length <= slack):
                    interval = (instants[start], instants[end])
                    made.append(Attendee(person.name, person.email, (interval,), (end - start) // 60, person.role))
                    continue
            plain = self._spans.read_plain(person)
            made += [self._attendee(person, union(plain), UNKNOWN)] if plain else self._by_rows(person)
        return tuple(made)

    def _by_rows(self, person: Person) -> Sequence[Attendee]:
        """Somebody with several stays, or none, or one that is in doubt; nobody, if they were elsewhere."""
        presence = self._spans.read(person)
        for line, reason in presence.doubts:
            self._unread.add(line, reason, person.name)
        if presence.elsewhere:
            return []
        together = union(presence.spans)
        seconds = presence.seconds if together or not presence.spans else max(presence.seconds, 0)
        return [self._attendee(person, together, seconds)]

    def _attendee(self, person: Person, spans: Sequence[Span], seconds: int) -> Attendee:
        """Somebody at these times, which stand apart; or for so many seconds, if that is longer."""
        instants = self._instants
        intervals = tuple([(instants[start], instants[end]) for start, end in spans])
        length = sum([end - start for start, end in spans]) if spans else UNKNOWN
        longest = max(length, seconds)
        return Attendee(person.name, person.email, intervals, longest // 60 if longest >= 0 else None, person.role)
