import io

import numpy as np
import pytest
from PIL import Image

from leaderboards.chart.colours import DARK, LIGHT, Colour, Theme
from leaderboards.chart.fonts import extent
from leaderboards.chart.png import WIDTH, Line, Picture, Shape, _canvas, paint

PICTURE = Picture(
    300,
    (
        Shape("box", 100, 20, 900, 56, Colour.TRACK),
        Shape("box", 100, 20, 450, 56, Colour.BAR),
        Shape("box", 100, 90, 900, 56, Colour.OWN_TRACK),
        Shape("box", 100, 90, 4, 56, Colour.OWN_BAR),
        Shape("disc", 30, 20, 46, 46, Colour.FIRST),
        Shape("up", 30, 100, 18, 15, Colour.UP),
        Shape("down", 60, 100, 18, 15, Colour.DOWN),
        Shape("level", 30, 130, 14, 3, Colour.MUTED),
    ),
    (
        Line("Zażółć $\\foo$ Gęślą-Jaźń, half on its bar and half beside", 120, 58, 32, Colour.INK),
        Line("own", 120, 128, 32, Colour.OWN_INK, bold=True),
        Line("1", 45, 54, 30, Colour.PLACE_INK, bold=True),
        Line("small print", 120, 200, 28, Colour.MUTED),
    ),
)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def painted(picture: Picture, theme: Theme) -> Image.Image:
    return Image.open(io.BytesIO(paint(picture, theme)))


@THEMES
def test_areas_have_exactly_the_colours_of_the_theme(theme: Theme) -> None:
    image = painted(PICTURE, theme).convert("RGB")

    spots = {
        (5, 295): Colour.GROUND,
        (540, 25): Colour.BAR,
        (560, 25): Colour.TRACK,
        (500, 100): Colour.OWN_TRACK,
        (102, 118): Colour.OWN_BAR,
        (53, 23): Colour.FIRST,
        (39, 111): Colour.UP,
        (69, 103): Colour.DOWN,
        (36, 131): Colour.MUTED,
    }
    assert {spot: image.getpixel(spot) for spot in spots} == {spot: theme[colour] for spot, colour in spots.items()}


@THEMES
def test_triangles_point_up_and_down(theme: Theme) -> None:
    image = painted(PICTURE, theme).convert("RGB")

    tips = [image.getpixel(spot) for spot in ((31, 101), (31, 114), (61, 101), (61, 114))]
    assert [tip == theme[Colour.GROUND] for tip in tips] == [True, False, False, True]


def test_a_short_bar_keeps_within_the_round_corners_of_its_track() -> None:
    image = painted(PICTURE, LIGHT).convert("RGB")

    assert image.getpixel((100, 90)) == image.getpixel((100, 145)) == LIGHT[Colour.GROUND]
    assert image.getpixel((105, 118)) == LIGHT[Colour.OWN_TRACK]


@THEMES
def test_256_colours_look_like_all_of_them(theme: Theme) -> None:
    every = np.asarray(_canvas(PICTURE, theme).buffer_rgba())[..., :3].astype(int)

    apart = np.abs(np.asarray(painted(PICTURE, theme).convert("RGB")).astype(int) - every).max(axis=2)
    assert apart.max() <= 16
    assert apart.mean() < 0.2


@THEMES
def test_text_is_drawn_where_it_is_said_to_be(theme: Theme) -> None:
    bare = np.asarray(painted(Picture(300, PICTURE.shapes, ()), theme).convert("RGB")).astype(int)

    inked = np.abs(np.asarray(painted(PICTURE, theme).convert("RGB")).astype(int) - bare).max(axis=2) > 40
    for line in PICTURE.lines:
        ink = extent(line.text, line.size, bold=line.bold)
        rows = slice(round(line.baseline - ink.rise) - 1, round(line.baseline + ink.fall) + 1)
        columns = slice(round(line.left) - 1, round(line.left + ink.width) + 1)
        assert inked[rows, columns].any()
        inked[rows, columns] = False
    assert not inked.any()


def test_the_picture_is_a_png_with_a_palette_as_wide_as_a_chart() -> None:
    image = painted(PICTURE, LIGHT)

    assert (image.format, image.mode, image.size) == ("PNG", "P", (WIDTH, 300))
