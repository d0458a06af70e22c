"""What the texts of a survey are about: words that many use, and who uses them more."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from loyalty.surveys.disclosure.cells import Privacy
from loyalty.surveys.disclosure.suppression import MIN_GROUP_ANSWERS
from loyalty.surveys.figures.nps import Class
from loyalty.surveys.release import MIN_TEXTS
from loyalty.surveys.texts.lemmas import Lemmatizer, lemma_of, lemmas_of, one_word

MIN_ATTRIBUTED_ANSWERS = 2
MAX_THEMES = 20
PRIOR_TEXTS = 10
CLEAR_STANDARD_ERRORS = 1.96
"""Over it a difference is seldom chance."""

_Counts = dict[str | None, Counter[str]]
"""How many texts have each theme: of all, of promoters, of detractors."""

_Sizes = Counter[str | None]
"""How many texts there are: of all, of promoters, of detractors."""


@dataclass(frozen=True, slots=True)
class Text:
    """What one person wrote, in the language that they speak with us, and their class; None where it is not known."""

    words: str
    language: str
    writer: Class | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, how many texts have it, and how many of promoters and detractors; None where that is not shown.

    `lean` says how much more promoters say it than detractors, in standard errors of the log-odds: over 1.96 or under
    −1.96 it is seldom chance.
    """

    theme: str
    answers: int
    promoters: int | None
    detractors: int | None
    lean: float | None

    def as_json(self) -> dict[str, str | int | None]:
        """Return the theme as results have it."""
        return {
            "theme": self.theme,
            "answers": self.answers,
            "promoters": self.promoters,
            "detractors": self.detractors,
        }


def themes(texts: Sequence[Text], *, privacy: Privacy, lemma: Lemmatizer = lemma_of) -> list[Theme]:
    """Return the themes of the texts, those of most texts first; none under ten texts.

    Where nobody may be known by it, a theme is of five texts at least. Of anonymous texts nobody knows whose they are.
    """
    if len(texts) < MIN_TEXTS:
        return []
    had = _themes_of_each(texts, lemma)
    counts: _Counts = {None: Counter(), "promoter": Counter(), "detractor": Counter()}
    for text, own in zip(texts, had, strict=True):
        for side in {None, text.writer} & counts.keys():
            counts[side].update(own)
    sizes: _Sizes = Counter({None: len(texts)})
    sizes.update(text.writer for text in texts if text.writer)
    fewest = MIN_ATTRIBUTED_ANSWERS if privacy == "attributed" else MIN_GROUP_ANSWERS
    ordered = sorted(counts[None].items(), key=lambda each: (-each[1], each[0]))
    return [_theme(name, counts, sizes, privacy) for name, answers in ordered if answers >= fewest][:MAX_THEMES]


def _themes_of_each(texts: Sequence[Text], lemma: Lemmatizer) -> list[set[str]]:
    """Return the themes of each text, each once: named by the lemma that most texts have of those that are one word."""
    lemmas = [(text.language, set(lemmas_of(text.words, text.language, lemma))) for text in texts]
    names: dict[tuple[str, str], str] = {}
    for language in {language for language, _ in lemmas}:
        texts_with = Counter(each for own, found in lemmas if own == language for each in found)
        same = one_word(texts_with, language, lemma)
        names |= {(language, each): name for each, name in _names(texts_with, same).items()}
    return [{names[language, each] for each in found} for language, found in lemmas]


def _names(texts_with: Counter[str], same: dict[str, str]) -> dict[str, str]:
    groups: dict[str, list[str]] = {}
    for each, first in same.items():
        groups.setdefault(first, []).append(each)
    return {
        each: min(group, key=lambda name: (-texts_with[name], len(name), name))
        for group in groups.values()
        for each in group
    }


def _theme(name: str, counts: _Counts, sizes: _Sizes, privacy: Privacy) -> Theme:
    answers, promoters, detractors = (counts[each][name] for each in (None, "promoter", "detractor"))
    parts = (promoters, detractors, answers - promoters - detractors)
    if privacy == "anonymous" or (privacy == "confidential" and min(parts) < MIN_GROUP_ANSWERS):
        return Theme(name, answers, None, None, None)
    return Theme(name, answers, promoters, detractors, _lean(name, counts, sizes))


def _lean(name: str, counts: _Counts, sizes: _Sizes) -> float:
    """Return the log-odds of promoters over those of detractors, by its standard error, with a prior.

    The prior is ten texts on each side that have the theme as often as all do (after Monroe, Colaresi and Quinn, 2008):
    it keeps a word that two people used from leading the list.
    """
    share = (counts[None][name] + 0.5) / (sizes[None] + 1)
    odds, error = 0.0, 0.0
    for side, sign in (("promoter", 1), ("detractor", -1)):
        with_it = counts[side][name] + PRIOR_TEXTS * share
        without = sizes[side] - counts[side][name] + PRIOR_TEXTS * (1 - share)
        odds += sign * log(with_it / without)
        error += 1 / with_it + 1 / without
    return odds / sqrt(error)


def distinctive(found: Iterable[Theme]) -> list[Theme]:
    """Return the themes that promoters or detractors say clearly more than the others, the clearest first."""
    clear = [theme for theme in found if theme.lean is not None and abs(theme.lean) > CLEAR_STANDARD_ERRORS]
    return sorted(clear, key=lambda theme: (-abs(theme.lean or 0), theme.theme))
