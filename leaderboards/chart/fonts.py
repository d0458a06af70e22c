"""Which fonts a text is drawn with, and how large it comes out. Importing this imports matplotlib."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from matplotlib import get_data_path
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ft2font import FT2Font

DPI = 72  # one point is one pixel: every size below is in pixels of the picture

# All under the SIL Open Font License 1.1, as each file's name table says (DejaVu's own licence is as free): they may be
# bundled and drawn with. The first that has a character draws it. Noto Sans CJK TC lacks ą ę ł, so it comes late; Noto
# Emoji has one colour, like a letter. Variable fonts give their default weight, 400.
_SOURCE = str(files("font_source_sans_pro") / "files")
_NOTO = str(files("manimgx_fonts"))
_SCRIPTS = (
    *("", "Arabic", "Hebrew", "Thai", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu"),
    *("Kannada", "Malayalam", "Sinhala", "Lao", "Khmer", "Myanmar", "Armenian", "Georgian", "Ethiopic"),
)
SEMIBOLD = f"{_SOURCE}/SourceSansPro-Semibold.ttf"
FILES = (
    f"{_SOURCE}/SourceSansPro-Regular.ttf",
    *(f"{_NOTO}/NotoSans{script}[wght].ttf" for script in _SCRIPTS),
    str(files("cvttf_NotoSansCJK_Regular") / "NotoSansCJKtc-Regular.otf"),
    f"{_NOTO}/NotoEmoji[wght].ttf",
    f"{_NOTO}/NotoSansSymbols[wght].ttf",
    f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf",
)
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # not those that hold "12 480" together
_JOINERS = "\u200c\u200d"  # they shape Persian, Indic scripts and emoji; every other invisible sign is dropped


@dataclass(frozen=True, slots=True)
class Extent:
    """The ink of one line in pixels: its width, how far it rises above the baseline and falls below it."""

    width: float
    rise: float
    fall: float


def clean(text: str) -> str:
    """Return the text on one line, without what no font here can draw, control signs and piled-up accents."""
    drawable = "".join(map(_drawable, _clusters(unicodedata.normalize("NFC", _SPACES.sub(" ", text)))))
    return _SPACES.sub(" ", drawable).strip()


def font(text: str, size: int, *, bold: bool = False) -> FontProperties:
    """Return the fonts for a cleaned text, in pixels: the first choice and only those that the text needs beside it."""
    return _properties(_needed(text), size, bold)


@lru_cache(maxsize=4096)
def extent(text: str, size: int, *, bold: bool = False) -> Extent:
    """Return how large a cleaned text comes out."""
    width, height, fall = _ruler().get_text_width_height_descent(text, font(text, size, bold=bold), ismath=False)
    return Extent(width, height - fall, fall)


def _clusters(text: str) -> list[str]:
    """Return the letters, each with the accents and joiners that follow it."""
    clusters: list[str] = []
    for character in text:
        if clusters and _accent(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _accent(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character)[0] == "M"


def _drawable(cluster: str) -> str:
    """Return a letter with its accents, one of a kind, as far as one font has them all; nothing if none has it."""
    characters, able = cluster[0], _owners(cluster[0])
    if _accent(characters) or not able:
        return ""
    kinds = set()
    for accent in "" if characters.isspace() else cluster[1:]:
        kind = unicodedata.combining(accent) or accent
        if able & _owners(accent) and kind not in kinds:
            able &= _owners(accent)
            kinds.add(kind)
            characters += accent
    return characters


def _needed(text: str) -> tuple[int, ...]:
    """Return the fonts a cleaned text needs, by their place in the list: the first choice and what else it takes."""
    able = (frozenset.intersection(*map(_owners, cluster)) for cluster in _clusters(text))
    return tuple(sorted({0, *(min(fonts, default=0) for fonts in able)}))


@lru_cache(maxsize=8192)
def _owners(character: str) -> frozenset[int]:
    """Return the fonts that have a character, by their place in the list; none for one that is not drawn."""
    if unicodedata.category(character)[0] == "C" and character not in _JOINERS:
        return frozenset()
    return frozenset(place for place, face in enumerate(_faces()) if face.get_char_index(ord(character)))


@cache
def _faces() -> tuple[FT2Font, ...]:
    return tuple(FT2Font(path) for path in FILES)


@lru_cache(maxsize=256)
def _properties(needed: tuple[int, ...], size: int, bold: bool) -> FontProperties:  # noqa: FBT001 - a cache's key
    _register()
    first = "Laurels Semibold" if bold else "Laurels 0"
    return FontProperties(family=[first, *(f"Laurels {place}" for place in needed if place)], size=size)


@cache
def _register() -> None:
    """Make the files known under names of our own: a machine's own copy of a font never gets in."""
    named = {"Laurels Semibold": SEMIBOLD}
    named |= {f"Laurels {place}": path for place, path in enumerate(FILES)}
    fontManager.ttflist += [FontEntry(fname=path, name=name, size="scalable") for name, path in named.items()]


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, DPI)
