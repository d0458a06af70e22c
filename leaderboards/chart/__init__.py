"""A leaderboard as a picture."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

MAX_ROWS = 12  # ten, and room for a tie or for one's own row

_one_at_a_time = Lock()  # matplotlib's fonts may not be used by two threads at once


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
    rows: tuple[ChartRow, ...]  # best first, at most MOST_ROWS
    new: str = "new"  # stands beside a row that was not there before; empty: there was no period before
    empty: str = ""  # stands where there are no rows

    def __post_init__(self) -> None:
        """Refuse what would not fit.

        Raises:
            ValueError: there are more than MOST_ROWS rows.
        """
        if len(self.rows) > MAX_ROWS:
            raise ValueError(f"a chart holds at most {MAX_ROWS} rows, this one has {len(self.rows)}")


def draw(chart: Chart, *, dark: bool = False) -> bytes:
    """A PNG, 1,152 pixels wide and as high as its rows; the same chart gives the same bytes."""
    with _one_at_a_time:
        return _drawn(chart, dark)


@lru_cache(maxsize=64)
def _drawn(chart: Chart, dark: bool) -> bytes:  # noqa: FBT001 - a cache's key
    # Imported here because only a drawing should pay for matplotlib: 0.2 s and some 40 MB. What it logs below an error,
    # that a read-only home has no place for its cache for one, nobody could act on.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from leaderboards.chart.colours import DARK, LIGHT  # noqa: PLC0415
    from leaderboards.chart.layout import layout  # noqa: PLC0415
    from leaderboards.chart.png import paint  # noqa: PLC0415

    return paint(layout(chart), DARK if dark else LIGHT)
