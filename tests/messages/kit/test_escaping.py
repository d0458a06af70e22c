from messages.kit.escaping import bidi_isolated, escape
from messages.kit.reader import Reader


def test_marks_are_no_markup_but_within_a_word_they_stay() -> None:
    assert [escape(text) for text in ("*bold*", "_so_ ~not~", "`code`", "ola_maj@x.example", "2*3", "a`b`c", "_")] == [
        "∗bold∗", "ˍsoˍ ∼not∼", "ˋcodeˋ", "ola_maj@x.example", "2*3", "aˋbˋc", "ˍ",
    ]  # fmt: skip
    assert escape("<!channel> & <https://x.example|here>") == "&lt;!channel&gt; &amp; &lt;https://x.example|here&gt;"


def test_a_name_from_right_to_left_turns_nothing_round_but_itself() -> None:
    assert bidi_isolated("Zoë 김민서 Wójcik") == "Zoë 김민서 Wójcik"
    assert bidi_isolated("דנה") == "\u2068דנה\u2069"
    assert bidi_isolated(bidi_isolated("דנה")) == bidi_isolated("דנה")
    assert bidi_isolated("Ania\u202e 041\u202c") == "Ania 041"
    assert bidi_isolated("\u2069\u2067Ania\u200f") == "\u2068Ania\u200f\u2069"
    assert bidi_isolated("a \u2068דנה\u2069 b") == "\u2068a \u2068דנה\u2069 b\u2069"


def test_it_holds_wherever_a_name_is_put_in() -> None:
    reader = Reader("en")
    assert reader.say("*{told}* (you)", told="*Ania* דנה") == "*\u2068∗Ania∗ דנה\u2069* (you)"
    assert reader.label("Connect {name}", name="*Ania*\u202e") == "Connect *Ania*"
