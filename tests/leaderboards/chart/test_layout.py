from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderboards.chart import fonts
from leaderboards.chart.chart import Chart, ChartRow
from leaderboards.chart.colours import DARK, LIGHT, RGB, Colour
from leaderboards.chart.layout import layout
from leaderboards.chart.png import WIDTH, Line, Picture, Shape
from tests.leaderboards.chart.test_fonts import NAMES

LONG = "Przedsiębiorstwo Produkcyjno-Handlowo-Usługowe „Błękitna Spółka” Spółka z ograniczoną odpowiedzialnością"


def row(rank: int = 4, name: str = "Ania", points: int = 100, moved: int | None = 0, *, own: bool = False) -> ChartRow:
    return ChartRow(rank=rank, name=name, points=points, label=f"{points:,}", moved=moved, own=own)


def chart(*rows: ChartRow, title: str = "Northwind — this week", new: str = "new", empty: str = "") -> Chart:
    return Chart(title=title, subtitle="10–16 March 2026", rows=rows, new=new, empty=empty)


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


def box(thing: Line | Shape) -> Box:
    """Where its ink lies."""
    if isinstance(thing, Shape):
        return Box(thing.left, thing.top, thing.left + thing.width, thing.top + thing.height)
    ink = fonts.extent(thing.text, thing.size, bold=thing.bold)
    return Box(thing.left, thing.baseline - ink.rise, thing.left + ink.width, thing.baseline + ink.fall)


def shapes(picture: Picture, *colours: Colour) -> list[Shape]:
    return [shape for shape in picture.shapes if shape.colour in colours]


def said(picture: Picture, *, size: int) -> list[str]:
    return [line.text for line in picture.lines if line.size == size and not line.bold]


def behind(line: Line, picture: Picture) -> set[Colour]:
    """All colours that some part of a line may lie on."""
    under = [shape for shape in picture.shapes if box(shape).meets(box(line))]
    bare = not any(box(shape).holds(box(line)) for shape in under)
    return {shape.colour for shape in under} | ({Colour.GROUND} if bare else set())


def contrast(one: RGB, other: RGB) -> float:
    """WCAG 2.2's contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: RGB) -> float:
    linear = [level / 3294.6 if level <= 10 else ((level / 255 + 0.055) / 1.055) ** 2.4 for level in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


anything = st.one_of(
    st.sampled_from(
        [*NAMES.values(), LONG, "W" * 60, "i" * 200, "क्षत्रिय" * 12, "🎉" * 40, "Z" + "\u0300\u0316\u0338" * 9, ""]
    ),
    st.text(st.sampled_from("".join(NAMES.values()) + " \u0301\u0316"), max_size=80),
)
rows = st.builds(
    row,
    st.sampled_from([1, 2, 3, 4, 12, 345, 88_888, 8_888_888]),
    anything,
    st.one_of(st.just(0), st.integers(-50, 10**9)),
    st.one_of(st.none(), st.integers(-999, 999)),
    own=st.booleans(),
)
charts = st.builds(
    lambda rows, title, new: chart(*rows, title=title, new=new, empty="Nobody yet"),
    st.lists(rows, max_size=12),
    anything,
    st.sampled_from(["new", "nowość", "신규", "novidade", "W" * 40]),
)


@settings(deadline=None, max_examples=80)
@given(charts)
def test_nothing_overlaps_nothing_is_cut_and_everything_reads(chart: Chart) -> None:
    picture = layout(chart)
    whole = Box(0, 0, WIDTH, picture.height)
    texts, drawn = list(map(box, picture.lines)), list(map(box, picture.shapes))
    signs = [box(shape) for shape in picture.shapes if shape.kind in {"up", "down", "level"}]
    tracks = list(map(box, shapes(picture, Colour.TRACK, Colour.OWN_TRACK)))
    assert all(whole.holds(one) for one in texts + drawn)
    assert not any(one.meets(other) for one, other in combinations(texts + signs, 2))
    assert not any(one.meets(other) for one, other in combinations(tracks, 2))
    for line in picture.lines:
        for theme in (LIGHT, DARK):
            assert min(contrast(theme[line.colour], theme[colour]) for colour in behind(line, picture)) >= 4.5


@settings(deadline=None, max_examples=30)
@given(charts)
def test_a_rows_texts_lie_on_its_track_and_the_points_never_touch_the_name(chart: Chart) -> None:
    picture = layout(chart)
    for track in map(box, shapes(picture, Colour.TRACK, Colour.OWN_TRACK)):
        *names, points = sorted((line for line in picture.lines if track.meets(box(line))), key=lambda line: line.left)
        assert all(track.holds(box(line)) for line in (*names, points))
        assert 1 <= len(names) <= 2
        assert all(box(points).left - box(name).right >= 20 for name in names)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_name_reads_at_eleven_pixels_on_a_phone_396_wide(name: str) -> None:
    picture = layout(chart(row(name=name)))

    shown = next(line for line in picture.lines if line.text == name)
    assert shown.size * 396 / WIDTH >= 11


@pytest.mark.parametrize("name", ["Maximiliane von Schönburg-Hohenstein zu Löwenstein-Wertheim", "Ma" * 30, "m" * 60])
def test_a_name_of_sixty_letters_is_shown_whole_on_two_lines_in_a_higher_row(name: str) -> None:
    short, long = layout(chart(row(), row())), layout(chart(row(), row(name=name)))

    lines = said(long, size=32)[1:]
    assert (len(lines), "".join(lines).replace(" ", "")) == (2, name.replace(" ", ""))
    assert long.height > short.height


def test_a_name_that_needs_three_lines_ends_in_an_ellipsis() -> None:
    first, second = said(layout(chart(row(name="山田太郎" * 30))), size=32)

    assert ("山田太郎" * 30).startswith(first + second.removesuffix("…"))
    assert second.endswith("…")


def test_a_name_of_which_nothing_can_be_drawn_is_a_dash() -> None:
    assert said(layout(chart(row(name="\ue000\u202e"))), size=32) == ["–"]


@pytest.mark.parametrize("name", ["Z" + "\u0300\u0315\u0316\u031b\u035c\u035d", "ညွှန်ကြား", "﴾ﷺ﴿"])
def test_a_name_taller_or_deeper_than_most_has_a_row_of_its_height(name: str) -> None:
    picture = layout(chart(row(name=name), row(name=f"{name} {LONG} {name}")))

    for track in map(box, shapes(picture, Colour.TRACK)):
        names = [box(line) for line in picture.lines if line.size == 32 and not line.bold and track.meets(box(line))]
        assert all(name.top - track.top >= 9 and track.bottom - name.bottom >= 9 for name in names)
        assert not any(one.meets(other) for one, other in combinations(names, 2))


@pytest.mark.parametrize(
    "title",
    ["Northwind", LONG + " — ten tydzień", "山田太郎" * 20, "W" * 60],
    ids=["short", "long", "Japanese", "wide"],
)
def test_a_title_is_never_cut(title: str) -> None:
    picture = layout(replace(chart(row()), title=title, subtitle=title))

    heading = [line for line in picture.lines if line.baseline < box(picture.shapes[0]).top]
    for bold in (True, False):
        lines = [line.text for line in heading if line.bold is bold]
        assert "".join(lines).replace(" ", "") == title.replace(" ", "")


@pytest.mark.parametrize(("title", "size"), [("Ab", 44), ("Ab " * 40, 38), ("Ab " * 60, 34)])
def test_the_longer_a_title_the_smaller_it_is_set(title: str, size: int) -> None:
    assert layout(chart(title=title)).lines[0].size == size


def test_a_picture_is_as_high_as_its_rows() -> None:
    heights = [layout(chart(*[row()] * count)).height for count in (1, 2, 10)]

    assert [heights[1] - heights[0], heights[2] - heights[0]] == [66, 9 * 66]


def test_columns_stand_where_they_stand_whoever_is_on_the_chart() -> None:
    one = layout(chart(row(name="Ania"), row(rank=10, points=9, moved=-12)))
    other = layout(chart(row(rank=1, name=LONG, points=1_000_000, moved=None)))

    assert {track.left for track in shapes(one, Colour.TRACK)} == {track.left for track in shapes(other, Colour.TRACK)}


def test_bars_are_as_long_as_their_points_and_nothing_stands_for_none() -> None:
    picture = layout(chart(row(points=200), row(points=100), row(points=1), row(points=0), row(points=-5)))

    track = shapes(picture, Colour.TRACK)[0].width
    assert [bar.width for bar in shapes(picture, Colour.BAR)] == [track, track / 2, track / 200]


def test_where_nobody_has_points_there_are_no_bars() -> None:
    assert shapes(layout(chart(row(points=0), row(points=0))), Colour.BAR) == []


def test_ties_share_a_colour_and_later_places_are_plain() -> None:
    picture = layout(chart(row(1), row(1), row(3), row(3), row(5)))

    discs = [shape.colour for shape in picture.shapes if shape.kind == "disc"]
    ranks = [(line.text, line.colour) for line in picture.lines if line.size == 30]
    assert discs == [Colour.FIRST, Colour.FIRST, Colour.THIRD, Colour.THIRD]
    assert ranks == [(place, Colour.PLACE_INK) for place in ("1", "1", "3", "3")] + [("5", Colour.MUTED)]


def test_movement_is_told_by_shape_by_colour_and_by_number() -> None:
    picture = layout(chart(row(moved=2), row(moved=-13), row(moved=0), row(moved=None), new="nowość"))

    signs = [(shape.kind, shape.colour) for shape in picture.shapes if shape.kind in {"up", "down", "level"}]
    words = [(line.text, line.colour) for line in picture.lines if line.size == 28][1:]
    assert signs == [("up", Colour.UP), ("down", Colour.DOWN), ("level", Colour.MUTED)]
    assert words == [("2", Colour.UP), ("13", Colour.DOWN), ("nowość", Colour.UP)]


def test_where_there_was_no_period_before_nothing_is_new_and_bars_begin_beside_the_ranks() -> None:
    without, with_new = (layout(chart(row(name="Ania", moved=None), new=new)) for new in ("", "new"))

    assert [line.text for line in without.lines if line.size == 28][1:] == []
    assert [line.text for line in with_new.lines if line.size == 28][1:] == ["new"]
    assert shapes(without, Colour.TRACK)[0].left < shapes(with_new, Colour.TRACK)[0].left


def test_ones_own_row_has_its_own_colours_and_a_bold_name() -> None:
    picture = layout(chart(row(name="Ania"), row(name="Jun", own=True)))

    assert [shape.colour for shape in picture.shapes if shape.kind == "box"] == [
        *(Colour.TRACK, Colour.BAR),
        *(Colour.OWN_TRACK, Colour.OWN_BAR),
    ]
    names = [(line.text, line.colour, line.bold) for line in picture.lines if line.text in {"Ania", "Jun"}]
    assert names == [("Ania", Colour.INK, False), ("Jun", Colour.OWN_INK, True)]


def test_where_there_are_no_rows_the_picture_says_so() -> None:
    picture = layout(chart(empty="Nobody has points yet."))

    assert picture.shapes == ()
    assert [line.text for line in picture.lines] == [
        "Northwind — this week",
        "10–16 March 2026",
        "Nobody has points yet.",
    ]
    assert said(layout(chart(row(), empty="Nobody has points yet.")), size=32) == ["Ania"]
