"""Lemmas of what somebody wrote, in their own language, and which of them are one word."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from simplemma import lemmatize

from loyalty.surveys.texts.korean import korean_words
from loyalty.surveys.texts.stop_words import STOP_WORDS

MIN_WORD_CHARS = 2

Lemmatizer = Callable[[str, str], str]
"""What gives a word's lemma, by word and language."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_VERBAL_NOUN = re.compile(r"(?P<stem>\w{4,}?)(?:i?enie|anie|ić|yć|eć|ać)")
"""A Polish verb or the noun that is made of it: szkolić and szkolenie."""


def lemma_of(word: str, language: str) -> str:
    """Return the word's lemma by simplemma, whose frugal reading takes 50 MB for Polish, where the other takes 400."""
    return lemmatize(word, language, low_memory=True).casefold()


def lemmas_of(text: str, language: str, lemma: Lemmatizer = lemma_of) -> list[str]:
    """Return the lemmas of the text that may name a theme, in their order; of other languages, the words."""
    composed = unicodedata.normalize("NFC", text)
    if language == "ko":
        found = korean_words()(composed)
    else:
        words = _WORD.findall(composed.casefold())
        stop = STOP_WORDS.get(language, frozenset())
        kept = [word for word in words if word not in stop]
        found = [lemma(word, language) for word in kept] if language in STOP_WORDS else kept
    stop = STOP_WORDS.get(language, frozenset())
    return [word for word in found if len(word) >= MIN_WORD_CHARS and word not in stop]


def one_word(lemmas: Iterable[str], language: str, lemma: Lemmatizer = lemma_of) -> dict[str, str]:
    """Return for each lemma the one that stands for all that are the same word: the first by the alphabet.

    A lemma's own lemma is the same word (meetings gives meeting, meeting gives meet), and in Polish the noun made of a
    verb (szkoleń gives szkolić, szkolenia gives szkolenie): one theme would be counted as two.
    """
    every = sorted(set(lemmas))
    same: dict[str, str] = {each: each for each in every}
    stems: dict[str, str] = {}
    for each in every:
        if language in {"en", "pl"}:
            _join(same, each, lemma(each, language))
        if language == "pl" and (found := _VERBAL_NOUN.fullmatch(each)):
            _join(same, each, stems.setdefault(found["stem"], each))
    return {each: _first(same, each) for each in every}


def _join(same: dict[str, str], one: str, other: str) -> None:
    same.setdefault(other, other)
    low, high = sorted((_first(same, one), _first(same, other)))
    same[high] = low


def _first(same: dict[str, str], lemma: str) -> str:
    while same[lemma] != lemma:
        lemma = same[lemma]
    return lemma
