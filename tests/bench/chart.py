"""A chart of ten rows against plain matplotlib: one Figure and its axes kept warm, the same texts and bars set anew."""

import io
import resource
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from PIL import Image

from leaderboards.chart import fonts
from leaderboards.chart.chart import Chart, ChartRow
from leaderboards.chart.layout import layout
from leaderboards.chart.png import WIDTH, Picture
from leaderboards.chart.render import draw

ROUNDS = 40
NAMES = (
    "Zażółć Gęślą-Jaźń",
    "김서연 (Kim Seo-yeon)",
    "Priya Raman",
    "Olena Коваленко",
    "山田 太郎",
    "Dana Levi",
    "Jun Park",
)
FIRST = """
from time import perf_counter as now
start = now()
from leaderboards.chart.chart import Chart, ChartRow
from leaderboards.chart.render import draw
draw(Chart(title="Northwind", subtitle="", rows=(ChartRow(rank=1, name="Ania", points=1, label="1", moved=0),)))
print(now() - start)
"""


def board(week: int) -> Chart:
    """Ten rows whose points differ by week, so that no chart is drawn twice."""
    rows = (
        ChartRow(rank=n + 1, name=NAMES[n % 7], points=points, label=f"{points:,}", moved=n % 3 - 1)
        for n, points in enumerate(range(2_000 + week, 1_000 + week, -100))
    )
    return Chart(title="Northwind — this week", subtitle=f"42 people earned {12_480 + week:,} points", rows=tuple(rows))


def floor(like: Picture) -> Callable[[Picture], bytes]:
    """What draws a picture with as many texts and bars on one warm Figure."""
    figure = Figure(figsize=(WIDTH / 72, like.height / 72), dpi=72)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(like.height, 0))
    axes.set_axis_off()
    texts = [axes.text(0, 0, "", parse_math=False) for _ in like.lines]
    bars = [FancyBboxPatch((0, 0), 1, 1, boxstyle="round,pad=0,rounding_size=10") for _ in like.shapes]
    for bar in bars:
        axes.add_patch(bar)

    def drawn(picture: Picture) -> bytes:
        for text, line in zip(texts, picture.lines, strict=True):
            text.set(text=line.text, position=(line.left, line.baseline))
            text.set_fontproperties(fonts.font(line.text, line.size, bold=line.bold))
        for bar, shape in zip(bars, picture.shapes, strict=True):
            bar.set_bounds(shape.left, shape.top, shape.width, shape.height)
        canvas.draw()
        out, size = io.BytesIO(), canvas.get_width_height()
        image = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
        image.save(out, "PNG", compress_level=1)
        return out.getvalue()

    return drawn


def timed(work: Callable[..., bytes], given: Chart | Picture) -> float:
    """Milliseconds."""
    start = perf_counter()
    work(given)
    return (perf_counter() - start) * 1000


def main() -> None:
    """Print one line: ours, the floor, their ratio, the first drawing, the memory."""
    first = subprocess.run([sys.executable, "-c", FIRST], check=True, capture_output=True, text=True).stdout  # noqa: S603
    pictures = [layout(board(week)) for week in range(ROUNDS)]
    plain = floor(pictures[0])
    plain(pictures[0])
    pairs = [(timed(draw, board(1_000 + week)), timed(plain, pictures[week])) for week in range(ROUNDS)]
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for week in range(200):
        draw(board(2_000 + week))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"chart, 10 rows: ours {ours:.0f} ms, floor {theirs:.0f} ms: {ours / theirs:.2f} x, at most 1.2;",
        f"first drawing, imports included, {float(first):.1f} s; {grown:+.1f} MB after 200 more",
    )
