import pytest

from loyalty.programme import LocalizedText


@pytest.mark.parametrize(
    ("language", "text"),
    [("pl", "Cześć"), ("pt-BR", "Oi"), ("pt-PT", "Olá"), ("ko", "Hello"), ("en-GB", "Hello")],
)
def test_words_are_given_in_the_language_asked_for_or_the_nearest(language: str, text: str) -> None:
    words = LocalizedText({"pl": "Cześć", "pt": "Olá", "pt-BR": "Oi", "en": "Hello"})
    assert words.get(language) == text


def test_without_english_the_first_stands_in() -> None:
    assert LocalizedText({"pl": "Cześć", "ko": "안녕하세요"}).get("de") == "Cześć"


def test_one_text_is_for_every_language() -> None:
    words = LocalizedText("Northwind")
    assert (words.get("pl"), str(words), words.texts()) == ("Northwind", "Northwind", ((None, "Northwind"),))
