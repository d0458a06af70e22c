"""What is typed after a command: words in any language that is spoken here, and what a mistyped one may have meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar
from unicodedata import normalize

W = TypeVar("W", bound=str)


@dataclass(frozen=True, slots=True)
class Typed(Generic[W]):
    """The words that were understood; or the first that was not, and the known one that is most like it."""

    words: tuple[W, ...] = ()
    unknown: str | None = None
    nearest: str | None = None


def read(text: str, known: Mapping[W, Sequence[str]]) -> Typed[W]:
    """Return what was typed, by the spellings of each word."""
    if not text:
        return Typed()
    spellings = {_plain(spelling): word for word, all_of_it in known.items() for spelling in all_of_it}
    words = []
    for typed in text.split():
        word = spellings.get(_plain(typed))
        if word is None:
            near = get_close_matches(_plain(typed), list(spellings), n=1, cutoff=0.5)
            return Typed(unknown=typed, nearest=near[0] if near else None)
        words.append(word)
    return Typed(tuple(words))


def _plain(text: str) -> str:
    return normalize("NFC", text).casefold().strip("/.,!?\"'`")
