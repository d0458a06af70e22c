"""JSON as RFC 8259 means it: no key twice, no NaN, no broken UTF-8."""

import json
from typing import Any, NoReturn

from handlers.usage.formats.validation import FormatError, excerpt


def decode(raw: bytes) -> Any:
    """The value that the bytes write, of one line or of a whole request. Raises FormatError."""
    try:
        return _value(raw.decode().strip(" \t\r\n"))
    except UnicodeDecodeError as error:
        raise FormatError(f"is not UTF-8 at byte {error.start + 1}: save it as UTF-8") from None
    except json.JSONDecodeError as error:
        what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        raise FormatError(f"is not JSON: {what} at character {error.pos + 1} of {len(error.doc)}") from None
    except RecursionError:
        raise FormatError("is nested too deeply to be read: right is a flatter object") from None
    except FormatError:
        raise
    except ValueError:
        # Python refuses to turn thousands of digits into a number.
        raise FormatError("has a number of too many digits: right is one of 64 bits") from None


def _value(text: str) -> Any:
    value, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return value


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise FormatError(f"has the key {excerpt(twice)} twice: right is once")
    return value


def _no_number(name: str) -> NoReturn:
    raise FormatError(f"has {name}, which is no JSON: right is a number, or null")


_DECODER = json.JSONDecoder(object_pairs_hook=_each_key_once, parse_constant=_no_number)
