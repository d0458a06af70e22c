"""The known word that somebody may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to one, None where none is near."""
    lowered = {known_word.lower(): known_word for known_word in known}
    matches = get_close_matches(word.lower().strip()[:200], lowered, n=1, cutoff=0.6)
    return lowered[matches[0]] if matches else None


def nearest(word: str, known: Iterable[str]) -> str:
    """Return `: did you mean …?` with the nearest known word, an empty text where none is near."""
    known_word = closest(word, known)
    return f": did you mean `{known_word}`?" if known_word else ""
