"""A leaderboard as a PNG."""

import logging
from functools import lru_cache
from threading import Lock

from leaderboards.chart.chart import Chart

_drawing_lock = Lock()  # matplotlib's fonts may not be used by two threads at once


def draw(chart: Chart, *, dark: bool = False) -> bytes:
    """Return a PNG, 1,152 pixels wide and as high as its rows need; the same chart gives the same bytes."""
    with _drawing_lock:
        return _cached_png(chart, dark)


@lru_cache(maxsize=64)
def _cached_png(chart: Chart, dark: bool) -> bytes:  # noqa: FBT001 - a cache's key
    # Imported here because only a drawing should pay for matplotlib: 0.2 s and some 40 MB. Below an error it logs
    # nothing that anybody could act on, such as that a read-only home has no place for its cache.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from leaderboards.chart.colours import DARK, LIGHT  # noqa: PLC0415
    from leaderboards.chart.layout import layout  # noqa: PLC0415
    from leaderboards.chart.png import paint  # noqa: PLC0415

    return paint(layout(chart), DARK if dark else LIGHT)
