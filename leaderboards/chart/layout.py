"""Where everything on a chart stands. Importing this imports matplotlib, which measures the texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil

from leaderboards.chart.chart import Chart, ChartRow
from leaderboards.chart.colours import Colour
from leaderboards.chart.fonts import clean, extent
from leaderboards.chart.png import WIDTH, Line, Picture, Shape
from leaderboards.chart.text_wrap import wrap

# A phone shows the picture some 396 pixels wide: 32 become 11.
_NAME, _RANK, _SMALL = 32, 30, 28
_TITLES = (44, 38, 34)  # a long title is set smaller before it takes a third line
_MARGIN = 44
_ROW, _BETWEEN = 56, 10  # a row's height, unless its name needs more, and the space below it
_PAD, _GAP = 18, 28  # from a bar's end to its texts; between a name and the points
_DISC, _ARROW = 46, 18
_MOST_WORD, _MOST_POINTS = 150, 320  # how wide the word for "new" and the points may come out
_PLACES = {1: Colour.FIRST, 2: Colour.SECOND, 3: Colour.THIRD}
_NAMELESS = "–"  # where not one letter of a name can be drawn


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """The lines of one text under each other; baselines count from its top."""

    texts: tuple[str, ...]
    baselines: tuple[float, ...]
    height: float
    size: int
    bold: bool

    def lines(self, left: float, top: float, colour: Colour) -> Iterator[Line]:
        for text, baseline in zip(self.texts, self.baselines, strict=True):
            yield Line(text, left, round(top + baseline), self.size, colour, bold=self.bold)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of every row stand."""

    rank: float  # its middle
    movement: int
    bar: int
    name: int
    name_width: int
    points: int  # its right end
    best: int  # what a bar over the whole track stands for


def layout(chart: Chart) -> Picture:
    """Return the chart's shapes and lines, as high as they need."""
    chart = _cleaned(chart)
    text_lines, bottom = _heading(chart)
    shapes: list[Shape] = []
    columns = _columns(chart)
    for row in chart.rows:
        name = _paragraph(row.name, _NAME, columns.name_width, max_lines=2, bold=row.own)
        top = bottom + _BETWEEN
        bottom = top + max(_ROW, round(name.height) + 20)
        shapes += _shapes(row, columns, top, bottom)
        text_lines += name.lines(columns.name, (top + bottom - name.height) / 2, _ink(row))
        text_lines += _figures(row, columns, (top + bottom) / 2, chart.new)
    return Picture(bottom + _MARGIN, tuple(shapes), tuple(text_lines))


def _cleaned(chart: Chart) -> Chart:
    rows = (
        replace(row, name=clean(row.name) or _NAMELESS, label=_short(row.label, _NAME, _MOST_POINTS, bold=True))
        for row in chart.rows
    )
    return replace(
        chart,
        title=clean(chart.title),
        subtitle=clean(chart.subtitle),
        empty=clean(chart.empty),
        new=_short(chart.new, _SMALL, _MOST_WORD),
        rows=tuple(rows),
    )


def _heading(chart: Chart) -> tuple[list[Line], int]:
    """Return title, subtitle and what stands where there are no rows; and where they end."""
    width = WIDTH - 2 * _MARGIN
    size = next(
        (size for size in _TITLES if len(_wrapped(chart.title, size, width, max_lines=3, bold=True)) < 3), _TITLES[-1]
    )
    title = _paragraph(chart.title, size, width, max_lines=4, bold=True)
    subtitle = _paragraph(chart.subtitle, _SMALL, width, max_lines=3)
    empty = _paragraph("" if chart.rows else chart.empty, _NAME, width, max_lines=3)
    text_lines: list[Line] = []
    bottom = _MARGIN - 12
    for paragraph, colour, space in ((title, Colour.INK, 4), (subtitle, Colour.MUTED, 20), (empty, Colour.INK, 0)):
        text_lines += paragraph.lines(_MARGIN, bottom, colour)
        bottom += round(paragraph.height) + space
    return text_lines, bottom


def _columns(chart: Chart) -> _Columns:
    ranks = _widest((str(row.rank) for row in chart.rows), _RANK, bold=True)
    rank = max(_DISC, ranks)
    movement = _MARGIN + rank + 18
    bar = movement + _movements(chart)
    points = WIDTH - _MARGIN - _PAD
    return _Columns(
        rank=_MARGIN + rank / 2,
        movement=movement,
        bar=bar,
        name=bar + _PAD,
        name_width=points - _widest((row.label for row in chart.rows), _NAME, bold=True) - _GAP - bar - _PAD,
        points=points,
        best=max((row.points for row in chart.rows), default=0),
    )


def _movements(chart: Chart) -> int:
    """Return how wide the column of movements is: nothing where there was no period before."""
    if not chart.new and all(row.moved is None for row in chart.rows):
        return 0
    moves = _widest(("00", *(str(abs(row.moved or 0)) for row in chart.rows)), _SMALL)
    return max(_ARROW + 8 + moves, _widest([chart.new], _SMALL)) + 16


def _shapes(row: ChartRow, columns: _Columns, top: float, bottom: float) -> Iterator[Shape]:
    """Yield the row's bar on its track, its place's disc, its arrow."""
    middle, height = (top + bottom) / 2, bottom - top
    track = WIDTH - _MARGIN - columns.bar
    yield Shape("box", columns.bar, top, track, height, Colour.OWN_TRACK if row.own else Colour.TRACK)
    if row.points > 0:
        reached = track * row.points / columns.best
        yield Shape("box", columns.bar, top, reached, height, Colour.OWN_BAR if row.own else Colour.BAR)
    if row.rank in _PLACES:
        yield Shape("disc", columns.rank - _DISC / 2, middle - _DISC / 2, _DISC, _DISC, _PLACES[row.rank])
    if row.moved == 0:
        yield Shape("level", columns.movement + 2, middle - 1, _ARROW - 4, 3, Colour.MUTED)
    elif row.moved:
        yield Shape("up" if row.moved > 0 else "down", columns.movement, middle - 8, _ARROW, 15, _movement(row))


def _figures(row: ChartRow, columns: _Columns, middle: float, new: str) -> Iterator[Line]:
    """Yield the row's rank, movement and points."""
    rank, own = str(row.rank), Colour.OWN_BAR if row.own else Colour.MUTED
    left = round(columns.rank - extent(rank, _RANK, bold=True).width / 2)
    ink = Colour.PLACE_INK if row.rank in _PLACES else own
    yield Line(rank, left, _baseline(middle, _RANK), _RANK, ink, bold=True)
    if row.moved is None and new:
        yield Line(new, columns.movement, _baseline(middle, _SMALL), _SMALL, Colour.UP)
    elif row.moved:
        left = columns.movement + _ARROW + 8
        yield Line(str(abs(row.moved)), left, _baseline(middle, _SMALL), _SMALL, _movement(row))
    left = round(columns.points - extent(row.label, _NAME, bold=True).width)
    yield Line(row.label, left, _baseline(middle, _NAME), _NAME, _ink(row), bold=True)


def _baseline(middle: float, size: int) -> int:
    """Return the baseline on which capitals and figures of a size stand in the middle."""
    return round(middle + 0.32 * size)


def _ink(row: ChartRow) -> Colour:
    return Colour.OWN_INK if row.own else Colour.INK


def _movement(row: ChartRow) -> Colour:
    return Colour.UP if (row.moved or 0) > 0 else Colour.DOWN


def _paragraph(text: str, size: int, width: float, *, max_lines: int, bold: bool = False) -> _Paragraph:
    """Return a text in at most so many lines, as far apart as their letters need."""
    texts, baselines, height = _wrapped(text, size, width, max_lines=max_lines, bold=bold), [], 0.0
    for line in texts:
        ink = extent(line, size, bold=bold)
        baselines.append(height + max(ink.rise, 0.84 * size))
        height = baselines[-1] + max(ink.fall, 0.22 * size) + 0.1 * size
    return _Paragraph(texts, tuple(baselines), max(0, height - 0.1 * size), size, bold)


def _wrapped(text: str, size: int, width: float, *, max_lines: int, bold: bool = False) -> tuple[str, ...]:
    return wrap(text, width=width, max_lines=max_lines, measure=lambda part: extent(part, size, bold=bold).width)


def _short(text: str, size: int, width: float, *, bold: bool = False) -> str:
    return "".join(_wrapped(clean(text), size, width, max_lines=1, bold=bold))


def _widest(texts: Iterable[str], size: int, *, bold: bool = False) -> int:
    return ceil(max((extent(text, size, bold=bold).width for text in texts), default=0))
