"""What texts are about is found offline, in each writer's own language."""

import sys
from types import ModuleType
from typing import Any

import pytest

from loyalty.surveys.figures.nps import Class
from loyalty.surveys.texts import korean
from loyalty.surveys.texts.korean import korean_words, stems
from loyalty.surveys.texts.lemmas import lemma_of, lemmas_of, one_word
from loyalty.surveys.texts.themes import Text, Theme, distinctive, themes

LEMMAS = {
    "reports": "report", "loading": "load", "meetings": "meeting", "meeting": "meet",
    "szkoleń": "szkolić", "szkolenia": "szkolenie", "raportów": "raport", "raporty": "raport",
}  # fmt: skip


def lemma(word: str, _language: str) -> str:
    """A few lemmas as simplemma has them."""
    return LEMMAS.get(word, word)


def written(words: str, number: int, writer: Class | None = None, language: str = "en") -> list[Text]:
    return [Text(words, language, writer)] * number


def found(texts: list[Text], **changes: Any) -> list[tuple[str, int]]:
    return [
        (theme.theme, theme.answers) for theme in themes(texts, lemma=lemma, **({"privacy": "attributed"} | changes))
    ]


def test_a_theme_counts_texts_and_stop_words_are_none() -> None:
    texts = [*written("The reports are the best reports", 4), *written("Report!", 3), *written("Why not", 3)]
    assert found(texts) == [("report", 7), ("best", 4)]


def test_nine_texts_have_no_themes() -> None:
    assert found(written("Slow reports", 9)) == []
    assert found(written("Slow reports", 10)) == [("report", 10), ("slow", 10)]


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_a_theme_of_fewer_than_five_is_shown_only_where_names_are_known(privacy: str) -> None:
    texts = [*written("Slow", 4), *written("Reports", 6)]
    assert found(texts) == [("report", 6), ("slow", 4)]
    assert found(texts, privacy=privacy) == [("report", 6)]


def test_lemmas_that_are_one_word_are_one_theme() -> None:
    texts = [*written("Meetings", 3), *written("meeting", 2), *written("Meet", 5)]
    assert found(texts) == [("meet", 10)]
    polish = [*written("Więcej szkoleń", 5, language="pl"), *written("Szkolenia!", 6, language="pl")]
    assert found(polish) == [("szkolenie", 11)]


def test_promoters_and_detractors_are_told_apart_where_they_are_known() -> None:
    texts = [
        *written("reports", 9, "promoter"),
        *written("loading", 8, "detractor"),
        *written("loading", 1, "promoter"),
    ]
    shown = themes(texts, privacy="attributed", lemma=lemma)
    assert [(theme.theme, theme.promoters, theme.detractors) for theme in shown] == [("load", 1, 8), ("report", 9, 0)]
    assert [theme.theme for theme in distinctive(shown)] == ["load", "report"]
    load, report = shown
    assert load.lean is not None
    assert report.lean is not None
    assert load.lean < -1.96
    assert report.lean > 1.96


def test_what_two_people_say_is_not_distinctive() -> None:
    texts = [
        *written("reports", 2, "promoter"),
        *written("alerts", 10, "promoter"),
        *written("alerts", 10, "detractor"),
    ]
    assert distinctive(themes(texts, privacy="attributed", lemma=lemma)) == []


def test_whose_theme_it_is_is_not_said_of_anonymous_texts_nor_of_few() -> None:
    texts = [*written("reports", 6, "promoter"), *written("reports", 5, "detractor"), *written("reports", 4, "passive")]
    assert themes(texts, privacy="anonymous", lemma=lemma) == [Theme("report", 15, None, None, None)]
    assert themes(texts, privacy="confidential", lemma=lemma) == [Theme("report", 15, None, None, None)]
    enough = [*texts, *written("reports", 1, "passive")]
    assert themes(enough, privacy="confidential", lemma=lemma)[0].as_json() == {
        "theme": "report", "answers": 16, "promoters": 6, "detractors": 5,
    }  # fmt: skip


def test_the_language_is_the_writers_own_never_guessed() -> None:
    texts = [*written("Super raporty", 5, language="pl"), *written("raportów", 5, language="pl"), *written("super", 2)]
    assert found(texts) == [("raport", 10), ("super", 7)]
    assert lemmas_of("Berichte, über Alles", "de") == ["berichte", "über", "alles"]


def test_simplemma_gives_what_the_joining_of_lemmas_stands_on() -> None:
    assert [lemma_of(word, "en") for word in ("reports", "meetings", "meeting")] == ["report", "meeting", "meet"]
    assert [lemma_of(word, "pl") for word in ("szkoleń", "szkolenia", "raportów")] == ["szkolić", "szkolenie", "raport"]
    assert one_word(["szkolić", "szkolenie", "raport"], "pl") == {
        "szkolić": "szkolenie", "szkolenie": "szkolenie", "raport": "raport",
    }  # fmt: skip


def test_korean_stems_lose_their_particles() -> None:
    text = "대시보드에서 로딩이 느려요. 엑셀로 내보내기, 웨비나와 온보딩은 편리합니다! API를"
    assert stems(text) == ["대시보드", "로딩", "느려요", "엑셀", "내보내기", "웨비나", "온보딩", "편리", "api"]
    assert stems("가이드") == ["가이드"]


@pytest.fixture
def _fresh_words() -> Any:
    korean_words.cache_clear()
    yield
    korean_words.cache_clear()


@pytest.mark.usefixtures("_fresh_words")
def test_korean_is_read_by_stems_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    texts = [*written("로딩이 느려요", 6, language="ko"), *written("로딩은 진짜 느려요", 5, language="ko")]
    assert found(texts) == [("느려요", 11), ("로딩", 11)]


class Token:
    def __init__(self, form: str, tag: str, lemma: str) -> None:
        self.form, self.tag, self.lemma = form, tag, lemma


class Kiwi:
    """Answers as kiwipiepy 0.24.1 does to one sentence, with names among nouns."""

    words: list[str] = []  # noqa: RUF012 - looked at by the test

    def __init__(self, num_workers: int) -> None:
        self.workers = num_workers

    def add_user_word(self, word: str, tag: str) -> None:
        self.words.append(f"{word}/{tag}")

    def tokenize(self, _text: str) -> list[Token]:
        return [
            Token("대시보드", "NNP", "대시보드"), Token("로딩", "NNP", "로딩"), Token("이", "JKS", "이"),
            Token("느리", "VA", "느리다"), Token("어요", "EF", "어요"), Token("어렵", "VA-I", "어렵다"),
            Token("API", "SL", "API"),
        ]  # fmt: skip


@pytest.mark.usefixtures("_fresh_words")
def test_korean_is_read_by_kiwipiepy_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("kiwipiepy")
    module.Kiwi = Kiwi  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kiwipiepy", module)
    assert korean.korean_words()("대시보드 로딩이 느려요") == ["대시보드", "로딩", "느리다", "어렵다", "api"]
    assert "웨비나/NNP" in Kiwi.words
