import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaderboards.chart.text_wrap import ELLIPSIS, wrap


def wrapped(text: str, *, width: int = 10, most: int = 2) -> tuple[str, ...]:
    """Each character is one wide."""
    return wrap(text, width=width, max_lines=most, measure=len)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("  ", ()),
        ("Ania Nowak", ("Ania Nowak",)),
        ("Ania Nowakowa", ("Ania", "Nowakowa")),
        ("Ania Maria Now", ("Ania", "Maria Now")),
        ("Anna Brzęk-Żak", ("Anna", "Brzęk-Żak")),
        ("Brzęczysz-Żakowa", ("Brzęczysz-", "Żakowa")),
        ("Brzęczyszczykiewicz", ("Brzęczyszc", "zykiewicz")),
        ("Al Brzęczyszczykiewicz", ("Al Brzęczy", "szczykiew…")),
        ("Grzegorz Brzęczyszczykiewicz", ("Grzegorz", "Brzęczysz…")),
        ("김수한무거북이와두루미삼천", ("김수한무거북이와두루", "미삼천")),
    ],
)
def test_a_text_takes_as_few_lines_as_it_can_and_breaks_where_it_hurts_least(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Maximiliane von Hohenstein zu Wertheim", ("Maximiliane von", "Hohenstein zu Wertheim")),
        ("Maria Konstancja Sobieska-Wiśniowiecka z domu", ("Maria Konstancja", "Sobieska-Wiśniowiecka z domu")),
    ],
)
def test_lines_are_about_as_long_as_each_other(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, width=35) == lines


def test_a_letter_keeps_its_accent_and_a_family_stays_together() -> None:
    assert wrapped("a" * 9 + "e\u0301" + "b") == ("a" * 9, "e\u0301b")
    assert wrapped("a" * 9 + "👩\u200d👧" + "b") == ("a" * 9, "👩\u200d👧b")
    assert wrapped("a" * 9 + "👍🏽" + "b") == ("a" * 9, "👍🏽b")


def test_a_cluster_longer_than_a_line_is_broken_all_the_same() -> None:
    assert wrapped("e" + "\u0301" * 15) == ("e" + "\u0301" * 9, "\u0301" * 6)


@settings(deadline=None)
@given(
    text=st.text(st.sampled_from("ab é-—\u0301\u200d김山ض"), max_size=60),
    width=st.integers(2, 20),
    most=st.integers(1, 4),
)
def test_nothing_is_wider_than_the_line_and_only_an_ellipsis_hides_anything(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width=width, most=most)

    assert len(lines) <= most
    assert all(1 <= len(line) <= width for line in lines)
    shown = "".join(lines).replace(" ", "")
    if shown.endswith(ELLIPSIS):
        assert text.replace(" ", "").startswith(shown.removesuffix(ELLIPSIS))
    else:
        assert shown == text.replace(" ", "")
