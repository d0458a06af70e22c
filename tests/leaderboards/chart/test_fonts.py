from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.ft2font import FT2Font

from leaderboards.chart import fonts

NAMES = {
    "Polish": "Zażółć Gęślą-Jaźń",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Greek": "Ελένη Παπαδοπούλου",
    "Ukrainian": "Олена Коваленко",
    "Korean": "김서연 (Kim Seo-yeon)",
    "Japanese": "山田 太郎 ひらがな カタカナ",
    "Arabic": "نور الهدى",
    "Persian": "می\u200cخواهم",
    "Hebrew": "שָׁלוֹם כהן",
    "Thai": "สมชาย วงศ์สวัสดิ์",
    "Devanagari": "प्रिया क्षत्रिय",
    "Bengali": "তানিয়া",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "Gujarati": "પ્રિયા",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Kannada": "ಕನ್ನಡ",
    "Malayalam": "മലയാളം",
    "Sinhala": "සිංහල",
    "Burmese": "မြန်မာ",
    "Khmer": "ខ្មែរ",
    "Lao": "ລາວ",
    "Georgian": "მარიამ",
    "Armenian": "Հայկ",
    "Amharic": "አማርኛ",
    "company": "$\\foo$ Inc",
    "emoji": "Dana 🎉🚀",
}


def ink(text: str, size: int = 32) -> tuple[int, int, int, int]:
    """Left, right, rise, fall of what is really drawn when a text starts 50 pixels from the left."""
    canvas = RendererAgg(900, 200, fonts.DPI)
    canvas.draw_text(canvas.new_gc(), 50, 100, text, fonts.font(text, size), 0, ismath=False)
    rows, columns = np.nonzero(np.asarray(canvas.buffer_rgba())[..., 3])
    return columns.min() - 50, columns.max() + 1 - 50, 100 - rows.min(), rows.max() + 1 - 100


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_letter_of_a_name_is_drawn_and_none_as_a_box(name: str) -> None:
    assert fonts.clean(name) == name
    assert "DejaVu Sans" not in fonts.font(name, 32).get_family()
    left, right, rise, fall = ink(name)  # a letter without a look is a warning, and warnings are errors here
    extent = fonts.extent(name, 32)
    assert left >= -2
    assert right <= extent.width + 2
    assert abs(rise - extent.rise) < 1.5
    assert abs(fall - extent.fall) < 1.5


def test_letters_of_one_alphabet_look_different_from_each_other() -> None:
    for name in NAMES.values():
        letters = sorted({letter for letter in fonts.clean(name) if letter.isalpha()})[:6]
        assert len({(letter, *map(float, ink(letter))) for letter in letters}) == len(letters)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Ania\n\tNowak ", "Ania Nowak"),
        ("12\u00a0480 and 12\u202f480", "12\u00a0480 and 12\u202f480"),
        ("a\u202egnp.exe\u202cb", "agnp.exeb"),
        ("\x00\x07a\u200bb\ufeff", "ab"),
        ("\ud800a\U000f0000\ufdd0", "a"),
        ("ᏣᎳᎩ Bo", "Bo"),
        ("e\u0301", "é"),
        ("Z\u0300\u0301\u0302\u0316\u0317", "Z\u0316\u0300"),
        ("\u0301a \u0301b", "a b"),
        ("김\u030c", "김"),
        ("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f"),
        ("\ue000\n", ""),
    ],
)
def test_what_cannot_be_drawn_on_one_line_is_left_out(raw: str, clean: str) -> None:
    assert fonts.clean(raw) == clean


def test_piled_up_accents_stay_within_reach_of_their_line() -> None:
    extent = fonts.extent(fonts.clean("Z" + "".join(map(chr, range(0x300, 0x340))) * 3), 32)

    assert extent.rise < 64
    assert extent.fall < 32


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=12))
def test_no_text_at_all_makes_matplotlib_complain(text: str) -> None:
    clean = fonts.clean(text)

    assert fonts.clean(clean) == clean
    assert fonts.extent(clean, 32).width >= 0


def test_a_wide_text_is_wider_than_a_narrow_one_and_bold_wider_than_regular() -> None:
    assert fonts.extent("Ania Nowak", 32).width > fonts.extent("Ania", 32).width
    assert fonts.extent("Ania", 44).width > fonts.extent("Ania", 32).width
    assert fonts.extent("Ania", 32, bold=True).width > fonts.extent("Ania", 32).width


@pytest.mark.parametrize("path", [*fonts.FILES, fonts.SEMIBOLD], ids=lambda path: Path(path).stem)
def test_every_font_is_free_to_be_bundled(path: str) -> None:
    face = FT2Font(path)
    licence = b" ".join(text for (_, _, _, entry), text in face.get_sfnt().items() if entry == 13).replace(b"\0", b"")

    assert b"Open Font License" in licence or face.family_name == "DejaVu Sans"
