"""Words of Korean text: by kiwipiepy where the extra `korean` is installed, else stems without their particles."""

import re
from collections.abc import Callable
from functools import lru_cache

# Nouns, names (loanwords such as 대시보드 are tagged so), roots and foreign words; verbs and adjectives by their lemma.
_NOUN_TAGS = ("NNG", "NNP", "XR", "SL")
_VERB_TAGS = ("VV", "VA")

_LOANWORDS = ("웨비나", "온보딩", "대시보드", "워크스페이스", "플러그인")
"""Words of the field that are cut in pieces where they are not named."""

_PARTICLES = """
은 는 이 가 을 를 에 의 와 과 도 만 로 으로 에서 에서는 에서도 에는 에도 으로는 으로도
까지 부터 에게 한테 께서 처럼 보다 마다 조차 라도 이라도 이나 이랑 랑 들 들이 들을 들은 들도
"""
_VERB_ENDINGS = """
이다 입니다 이에요 예요 이었어요 였어요 인데 이고 이며
하다 하고 하는 하면 하게 하기 하지 한 할 함 합니다 해요 해서 해 했다 했어요 했습니다 하네요 하지만
되다 되고 되는 되면 되어 된 됩니다 돼요 됐어요 되지
"""
# Longest first, so that 에서는 goes before 는.
_ENDINGS = sorted(f"{_PARTICLES} {_VERB_ENDINGS}".split(), key=len, reverse=True)
_MIN_STEM_SYLLABLES = 2

# What stands in Latin letters is a stem by itself, with its particle right behind it: API를.
_STEMMED = re.compile(r"(?P<latin>[a-z][a-z0-9]+)[가-힣]*|(?P<hangul>[가-힣]+)")

Words = Callable[[str], list[str]]


@lru_cache(maxsize=1)
def korean_words() -> Words:
    """Return what reads Korean text into lemmas or stems; by kiwipiepy a process takes half a gigabyte."""
    try:
        from kiwipiepy import Kiwi  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError:
        return stems
    kiwi = Kiwi(num_workers=1)
    for word in _LOANWORDS:
        kiwi.add_user_word(word, "NNP")

    def words(text: str) -> list[str]:
        return [
            token.lemma if token.tag.startswith(_VERB_TAGS) else token.form.casefold()
            for token in kiwi.tokenize(text)
            if token.tag in _NOUN_TAGS or token.tag.startswith(_VERB_TAGS)
        ]

    return words


def stems(text: str) -> list[str]:
    """Return the words of Korean text, each without the particle or ending that it has."""
    return [found["latin"] or _stem(found["hangul"]) for found in _STEMMED.finditer(text.casefold())]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM_SYLLABLES:
            return word.removesuffix(ending)
    return word
