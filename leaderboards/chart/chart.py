"""What a picture of a leaderboard says: a title, and a row for each place."""

from dataclasses import dataclass

MAX_ROWS = 12  # ten, and room for a tie or for one's own row


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One place: `label` is `points` as the reader's language writes them."""

    rank: int
    name: str
    points: int
    label: str
    moved: int | None  # places gained (+) or lost (-) since the last period; 0: none; None: was not there
    own: bool = False  # the reader's own row, only ever set in a picture that nobody else sees


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a picture says. All words come from the caller, in the reader's language."""

    title: str  # "Northwind — this week"
    subtitle: str  # "10–16 March 2026 · 42 people earned 12,480 points"
    rows: tuple[ChartRow, ...]  # best first, at most MAX_ROWS
    new: str = "new"  # stands beside a row that was not there before; empty: there was no period before
    empty: str = ""  # stands where there are no rows

    def __post_init__(self) -> None:
        """Refuse what would not fit.

        Raises:
            ValueError: there are more than MAX_ROWS rows.
        """
        if len(self.rows) > MAX_ROWS:
            raise ValueError(f"a chart holds at most {MAX_ROWS} rows, this one has {len(self.rows)}")
