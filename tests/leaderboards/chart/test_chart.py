import gc
import hashlib
import io
import os
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from leaderboards.chart.chart import MAX_ROWS, Chart, ChartRow
from leaderboards.chart.render import _cached_png, _drawing_lock, draw

ROWS = (
    ChartRow(rank=1, name="Zażółć Gęślą-Jaźń", points=1_240, label="1,240", moved=2),
    ChartRow(rank=2, name="김서연 (Kim Seo-yeon)", points=1_105, label="1,105", moved=0),
    ChartRow(rank=3, name="$\\foo$ Inc", points=980, label="980", moved=-1),
    ChartRow(rank=3, name="نور الهدى", points=980, label="980", moved=None),
)
NORTHWIND = Chart(title="Northwind — this week", subtitle="10–16 March 2026", rows=ROWS)
HANBIT = Chart(title="한빛 — 이번 주", subtitle="2026년 3월 10–16일", rows=ROWS[1:2], new="신규")


HERE = "from tests.leaderboards.chart.test_chart import NORTHWIND, digest, draw"


def digest(png: bytes) -> str:
    return hashlib.sha256(png).hexdigest()


def size(png: bytes) -> tuple[int, int]:
    """Width and height, as the PNG's header has them."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def in_another_process(code: str, **environment: str) -> str:
    """What the code prints in a fresh Python in which a warning is an error; its error stream has to stay empty."""
    asked = [sys.executable, "-W", "error", "-c", code]
    inherited = os.environ | environment
    done = subprocess.run(asked, check=True, capture_output=True, text=True, env=inherited)  # noqa: S603 - our own Python
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def nothing_drawn_yet() -> None:
    _cached_png.cache_clear()


def test_a_chart_is_a_png_1152_wide_and_as_high_as_its_rows() -> None:
    heights = [size(draw(replace(NORTHWIND, rows=ROWS[:count])))[1] for count in (1, 2, 4)]

    assert draw(NORTHWIND).startswith(b"\x89PNG\r\n\x1a\n")
    assert size(draw(NORTHWIND)) == (1152, heights[2])
    assert [heights[1] - heights[0], heights[2] - heights[0]] == [66, 3 * 66]


def test_light_is_light_and_dark_is_dark() -> None:
    corners = [
        Image.open(io.BytesIO(draw(NORTHWIND, dark=dark))).convert("L").getpixel((2, 2)) for dark in (False, True)
    ]

    assert corners == [255, 32]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_same_chart_gives_the_same_bytes_drawn_again_and_in_another_process(*, dark: bool) -> None:
    first = draw(NORTHWIND, dark=dark)
    _cached_png.cache_clear()
    draw(HANBIT, dark=not dark)

    drawn = f"hashlib.sha256(draw(NORTHWIND, dark={dark})).hexdigest()"
    code = f"from tests.leaderboards.chart.test_chart import *; print({drawn})"
    assert draw(NORTHWIND, dark=dark) == first
    assert in_another_process(code) == hashlib.sha256(first).hexdigest()


def test_whatever_changes_changes_the_picture() -> None:
    changed = [
        NORTHWIND,
        replace(NORTHWIND, title="Hanbit — this week"),
        replace(NORTHWIND, new="nowość"),
        replace(NORTHWIND, rows=(replace(ROWS[0], own=True), *ROWS[1:])),
        replace(NORTHWIND, rows=(replace(ROWS[0], moved=-2), *ROWS[1:])),
        replace(NORTHWIND, rows=(replace(ROWS[0], name="Ania"), *ROWS[1:])),
        replace(NORTHWIND, rows=(ROWS[0], replace(ROWS[1], points=600), *ROWS[2:])),
    ]

    assert len({draw(chart) for chart in changed} | {draw(NORTHWIND, dark=True)}) == 8


def test_a_chart_asked_for_again_is_not_drawn_again_and_few_are_kept() -> None:
    assert draw(NORTHWIND) is draw(replace(NORTHWIND))
    assert _cached_png.cache_info().maxsize == 64


def test_threads_draw_what_one_thread_draws() -> None:
    charts = [replace(chart, title=f"Week {week}") for week in range(4) for chart in (NORTHWIND, HANBIT)]
    alone = [draw(chart) for chart in charts]
    _cached_png.cache_clear()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, charts)) == alone


def test_one_chart_is_drawn_at_a_time() -> None:
    with ThreadPoolExecutor(1) as pool:
        with _drawing_lock:
            other = pool.submit(draw, NORTHWIND)
            with pytest.raises(TimeoutError):
                other.result(0.2)
        assert other.result() == draw(NORTHWIND)


def test_drawings_leave_nothing_behind() -> None:
    counts = []
    for _ in range(6):
        for label in ("1,240", "1,250", "1,260"):
            draw(replace(NORTHWIND, rows=(replace(ROWS[0], label=label), *ROWS[1:])))
        _cached_png.cache_clear()
        gc.collect()
        counts.append(len(gc.get_objects()))

    assert counts[-1] <= counts[1]


def test_only_a_drawing_pays_for_matplotlib_and_none_for_pyplot() -> None:
    loaded = "import sys; print(*sorted({'matplotlib', 'PIL', 'numpy', 'matplotlib.pyplot'} & set(sys.modules)))"
    imports = "from leaderboards.chart.chart import Chart; from leaderboards.chart.render import draw"
    drawn = f"{imports}; draw(Chart(title='', subtitle='', rows=()))"

    assert in_another_process(f"{imports}; {loaded}") == ""
    assert in_another_process(f"{drawn}; {loaded}") == "PIL matplotlib numpy"


def test_a_home_that_cannot_be_written_to_is_no_trouble(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "a file")
    Path(nowhere).write_text("not a folder")

    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), nowhere)
    assert in_another_process(f"{HERE}; print(digest(draw(NORTHWIND)))", MPLCONFIGDIR="", **homes) == digest(
        draw(NORTHWIND)
    )


def test_more_rows_than_a_chart_holds_are_refused() -> None:
    draw(replace(NORTHWIND, rows=ROWS[:1] * MAX_ROWS))

    with pytest.raises(ValueError, match="a chart holds at most 12 rows, this one has 13"):
        replace(NORTHWIND, rows=ROWS[:1] * (MAX_ROWS + 1))
