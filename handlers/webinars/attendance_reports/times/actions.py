"""Stays out of a report that says of each person when they joined and when they left, a row each: older Teams."""

from collections.abc import Iterable, Sequence

from handlers.webinars.attendance_reports.cells.header_words import Word, word_of
from handlers.webinars.attendance_reports.tables.people import Person, Span
from handlers.webinars.attendance_reports.times.moments import NEVER

Action = tuple[int, str]


class Actions:
    """What everybody did, at the moments that are known; whoever has not left is there until the last of them."""

    def __init__(self, people: Iterable[Person], moments: Sequence[int]) -> None:
        self._moments = moments
        everybody = [timed for person in people if (timed := self._timed(person))]
        firsts = {timed[0][1] for timed in everybody}
        words = {action: word_of(action) for timed in everybody for _, action in timed}
        # Nobody begins by leaving: where no word is known, what comes first for somebody is a join.
        self._joins = {
            action for action, word in words.items() if word is Word.JOINED or (not word and action in firsts)
        }
        self._last = max((timed[-1][0] for timed in everybody), default=0)

    def spans(self, person: Person) -> list[Span]:
        """From the person's first device that joins to the last that leaves, as often as it happens."""
        spans: list[Span] = []
        devices, start = 0, self._last
        for moment, action in self._timed(person):
            if action in self._joins:
                start = moment if devices == 0 else start
                devices += 1
            elif devices:
                devices -= 1
                if devices == 0:
                    spans.append((start, moment))
        return [*spans, (start, self._last)] if devices else spans

    def _timed(self, person: Person) -> list[Action]:
        """The actions in the order of time; those of one moment in that of the report."""
        timed = [(self._moments[number], action) for number, action in person.actions or ()]
        return sorted((item for item in timed if item[0] != NEVER), key=lambda item: item[0])
