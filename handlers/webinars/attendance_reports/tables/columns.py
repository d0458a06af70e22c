"""Which column of a table holds what: told by the shapes of cells, by header words only in a tie."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.webinars.attendance_reports.cells.header_words import Word, is_webex, word_of
from handlers.webinars.attendance_reports.cells.kinds import Kind, kind_of
from handlers.webinars.attendance_reports.tables import name_columns, time_columns
from handlers.webinars.attendance_reports.tables.sample import Column

ABSENT = -1
MIN_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a table of people; ABSENT where they do not.

    `name` has two columns where first and last name stand apart; `email` is asked first, `other_email` where it is
    blank. `duration_is_number` and `has_date` tell the platforms apart, `exact` whether durations have seconds.
    """

    width: int
    name: tuple[int, ...]
    email: int = ABSENT
    other_email: int = ABSENT
    joined: int = ABSENT
    left: int = ABSENT
    action: int = ABSENT
    duration: int = ABSENT
    role: int = ABSENT
    attended: int = ABSENT
    duration_is_number: bool = False
    has_date: bool = True
    exact: bool = False
    webex: bool = False

    @property
    def has_stays(self) -> bool:
        """Whether rows have both ends of a stay."""
        return self.left != ABSENT


def find_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table of people; None where the table is something else."""
    columns = [_column(place, cell, rows) for place, cell in enumerate(header)]
    if sum(bool(cell.strip()) for cell in header) < MIN_COLUMNS:
        return None
    times = time_columns.find(columns, rows)
    emails = _emails(columns)
    names = name_columns.find(columns)
    if not names.name or not _is_of_people(columns, times, emails):
        return None
    return Columns(
        width=len(header),
        name=names.name,
        email=emails[0] if emails else ABSENT,
        other_email=emails[1] if len(emails) > 1 else ABSENT,
        role=next((column.place for column in columns if column.word is Word.ROLE), ABSENT),
        attended=names.attended,
        webex=is_webex(header),
        **times.as_fields(),
    )


def _column(place: int, header: str, rows: Sequence[Sequence[str]]) -> Column:
    """The column by what most of its cells are."""
    values = [row[place].strip() for row in rows if place < len(row)]
    counts = Counter(map(kind_of, values))
    counts.pop(Kind.BLANK, None)
    if counts[Kind.TIME_OF_DAY]:  # then `15:05` beside `3:05 PM` is one too
        counts[Kind.TIME_OF_DAY] += counts.pop(Kind.CLOCK, 0)
    kind, most = counts.most_common(1)[0] if counts else (Kind.BLANK, 0)
    mixed = most * 2 <= counts.total() and kind is not Kind.BLANK
    return Column(place, Kind.TEXT if mixed else kind, word_of(header), values)


def _emails(columns: Sequence[Column]) -> list[int]:
    """The columns with e-mails, the one registered with last; the UPN is no e-mail."""
    found = [column for column in columns if column.kind is Kind.EMAIL and column.word is not Word.PRINCIPAL]
    if len(found) > 1 and found[0].word in {Word.NAME, Word.FIRST_NAME}:  # everybody's name is their e-mail
        found = found[1:]
    return [column.place for column in sorted(found, key=lambda column: column.word is Word.REGISTRATION)]


def _is_of_people(columns: Sequence[Column], times: time_columns.Times, emails: Sequence[int]) -> bool:
    """Whether it tells who was there: by times or durations, or by the columns for them, which a policy left blank."""
    if times.left != ABSENT or times.action != ABSENT or times.duration != ABSENT:
        return True
    words = {column.word for column in columns if column.kind is Kind.BLANK}
    blank = [column for column in columns[1:4] if column.kind is Kind.BLANK]
    return bool(words & {Word.JOINED, Word.LEFT, Word.DURATION}) or (bool(emails) and len(blank) == 3)
