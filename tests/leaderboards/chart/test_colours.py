from colorsys import rgb_to_hls

import pytest

from leaderboards.chart.colours import DARK, LIGHT, Colour, Theme, shades


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_theme_and_its_shades_fit_a_png_of_256_colours(theme: Theme) -> None:
    found = shades(theme)

    assert set(theme) == set(Colour)
    assert len(set(found)) == len(found) <= 256
    assert set(theme.values()) <= set(found)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_losing_a_place_is_brown_and_not_red(theme: Theme) -> None:
    hue, _, saturation = rgb_to_hls(*(level / 255 for level in theme[Colour.DOWN]))

    assert 25 < hue * 360 < 45
    assert saturation < 0.5
