"""Breaking a text into lines that fit. Knows no fonts: whoever calls says how wide a text comes out."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable

ELLIPSIS = "…"
_JOINER = "\u200d"
_Wide = Callable[[str], float]


def wrap(text: str, *, width: float, max_lines: int, measure: _Wide) -> tuple[str, ...]:
    """Return at most `max_lines` lines of at most `width`, as `measure` has it; the rest becomes an ellipsis.

    Breaks between words into lines about as long as each other, else after a hyphen or between two letters, never
    between a letter and its accent.
    """
    lines = _filled(text, width, max_lines, measure)
    if len(lines) > 1:
        for slack in (1.1, 1.2, 1.3):
            even = _filled(text, min(width, measure(text) / len(lines) * slack), len(lines), measure, soft=" ")
            if " ".join(even) == text:
                return even
    return lines


def _filled(text: str, width: float, max_lines: int, measure: _Wide, *, soft: str = " -–—/") -> tuple[str, ...]:
    """Return lines as full as can be, only the last one short; `soft` are the characters a line had best end with."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < max_lines:
        if measure(rest) <= width:
            return (*lines, rest)
        if len(lines) == max_lines - 1:
            lines.append(_shortened(rest, width, measure))
            break
        cut = _break(rest, width, measure, soft)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(lines)


def _shortened(text: str, width: float, measure: _Wide) -> str:
    fits = _fitting(text, width, lambda start: measure(start.rstrip() + ELLIPSIS))
    return text[:fits].rstrip() + ELLIPSIS


def _break(text: str, width: float, measure: _Wide, soft: str) -> int:
    """Return where the line ends: after the last soft end in its second half, else after the last letter that fits."""
    fits = _fitting(text, width, lambda start: measure(start.rstrip()))
    ends = (place for place in range(fits, fits // 2, -1) if text[place - 1] in soft or text[place] == " ")
    return next(ends, fits)


def _fitting(text: str, width: float, measure: _Wide) -> int:
    """Return how many characters of the text fit, in whole letters where one fits at all, and at least one."""
    for places in (_letters(text), range(1, len(text))):
        fits = bisect_right(places, width, key=lambda place: measure(text[:place]))
        if fits:
            return places[fits - 1]
    return 1


def _letters(text: str) -> list[int]:
    """Return the places between two letters, where neither an accent nor a joined sign is torn off."""
    return [
        place
        for place in range(1, len(text))
        if unicodedata.category(text[place])[0] != "M"
        and unicodedata.category(text[place]) != "Sk"
        and _JOINER not in (text[place - 1], text[place])
    ]
