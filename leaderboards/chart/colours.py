"""The colours of a chart, light and dark, and the shades that lie between them."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import TypeAlias


class Colour(Enum):
    """What a colour is for; a theme says which one that is."""

    GROUND = auto()
    INK = auto()
    MUTED = auto()
    UP = auto()
    DOWN = auto()
    TRACK = auto()
    BAR = auto()
    OWN_TRACK = auto()
    OWN_BAR = auto()
    OWN_INK = auto()
    FIRST = auto()
    SECOND = auto()
    THIRD = auto()
    PLACE_INK = auto()


RGB: TypeAlias = tuple[int, int, int]
Theme: TypeAlias = Mapping[Colour, RGB]


def _theme(**colours: str) -> Theme:
    return MappingProxyType({Colour[name]: _rgb(colour) for name, colour in colours.items()})


def _rgb(colour: str) -> RGB:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


# Every text reads at 4.5:1 or better on all that can lie behind it; a name may lie half on its bar, half on the track.
LIGHT = _theme(
    GROUND="#ffffff",
    INK="#1b1f1d",
    MUTED="#5a625e",
    UP="#1b7a4b",
    DOWN="#7d5b3a",  # brown: to lose a place is no alarm
    TRACK="#f2f4f3",
    BAR="#cde6d7",
    OWN_TRACK="#2f7754",
    OWN_BAR="#0d5232",
    OWN_INK="#ffffff",
    FIRST="#f3c14d",
    SECOND="#c9d1d8",
    THIRD="#e0a67c",
    PLACE_INK="#2a2116",
)
DARK = _theme(
    GROUND="#1d2124",
    INK="#f2f4f3",
    MUTED="#a9b1ad",
    UP="#63d39d",
    DOWN="#cdb391",
    TRACK="#292e31",
    BAR="#2b5842",
    OWN_TRACK="#3fab7e",
    OWN_BAR="#79dfae",
    OWN_INK="#0d1f16",
    FIRST="#e6b647",
    SECOND="#b4bcc3",
    THIRD="#cf9467",
    PLACE_INK="#1d160d",
)

# Which colours meet at an edge, and how far apart the shades lie that smooth it.
_STEP = 12
_MEETINGS = {
    Colour.GROUND: tuple(colour for colour in Colour if colour.name not in {"GROUND", "OWN_INK", "PLACE_INK"}),
    Colour.INK: (Colour.TRACK, Colour.BAR),
    Colour.OWN_INK: (Colour.OWN_TRACK, Colour.OWN_BAR),
    Colour.PLACE_INK: (Colour.FIRST, Colour.SECOND, Colour.THIRD),
    Colour.TRACK: (Colour.BAR,),
    Colour.OWN_TRACK: (Colour.OWN_BAR,),
}


def shades(theme: Theme) -> tuple[RGB, ...]:
    """Return at most 256 colours: the theme's own and, where two of them meet, the steps between them."""
    own = tuple(dict.fromkeys(theme.values()))
    steps = (
        step
        for one, others in _MEETINGS.items()
        for other in others
        for step in _steps(theme[one], theme[other])
        # A step as good as one of the theme's own would be taken for it, and tint whole areas.
        if all(_apart(step, colour) >= _STEP for colour in own)
    )
    return own + tuple(dict.fromkeys(steps))


def _steps(start: RGB, end: RGB) -> Iterator[RGB]:
    """Yield the colours between two colours."""
    count = _apart(start, end) // _STEP
    for step in range(1, count):
        red, green, blue = (round(a + (b - a) * step / count) for a, b in zip(start, end, strict=True))
        yield red, green, blue


def _apart(colour: RGB, other: RGB) -> int:
    """Return how far two colours lie apart, at most 255."""
    return max(abs(a - b) for a, b in zip(colour, other, strict=True))
