from typing import Any

import pytest

from handlers.usage.formats import FormatError, decode


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": 1, "b": {"a": 1}}', {"a": 1, "b": {"a": 1}}),
        (b' \t[1.5, null, "\xc5\x82"]\r\n', [1.5, None, "ł"]),
        (b'"\\ud83d\\ude00"', "😀"),
    ],
)
def test_json_is_decoded(raw: bytes, value: Any) -> None:
    assert decode(raw) == value


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is not JSON: expecting value at character 1 of 0"),
        (b'{"a": 1', "is not JSON: expecting ',' delimiter at character 8 of 7"),
        (b'{"a": 1}}', "is not JSON: extra data at character 9 of 9"),
        (b'{"a": "\n"}', "is not JSON: invalid control character at character 8 of 10"),
        (b'{"a": "\xff"}', "is not UTF-8 at byte 8: save it as UTF-8"),
        (b'{"a": {"b": 1, "b": 1}}', "has the key 'b' twice: right is once"),
        (b'{"a": NaN}', "has NaN, which is no JSON: right is a number, or null"),
        (b"-Infinity", "has -Infinity, which is no JSON: right is a number, or null"),
        (b"[" * 200_000, "is nested too deeply to be read: right is a flatter object"),
        (b'{"a":' * 50_000, "is nested too deeply to be read: right is a flatter object"),
        (b"9" * 5_000, "has a number of too many digits: right is one of 64 bits"),
    ],
)
def test_what_is_no_json_is_refused_in_words(raw: bytes, reason: str) -> None:
    with pytest.raises(FormatError) as refused:
        decode(raw)
    assert str(refused.value) == reason
