"""What every format asks of a value: the limits, and the sentences for what does not keep them."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

MAX_TEXT_CHARS = 200
MAX_PROPERTIES = 200
MAX_PROPERTY_DEPTH = 8
MAX_PROPERTIES_BYTES = 65_536
_SIZE_OF_OTHERS = 8
FIRST_YEAR, LAST_YEAR = 1970, 9998
_LEAST, _MOST = -(2**63), 2**63 - 1

# Line breaks and tabs belong in a text that somebody wrote, not in a name or an id. PostgreSQL stores no NUL; half a
# surrogate pair cannot be written as UTF-8 at all.
_UNFIT_FOR_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_UNFIT_FOR_TEXTS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_UNFIT = "with a control character or half a character in it"
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)
_INSTANT_IS = "right is a date, a time and its offset, such as 2026-03-02T09:30:00+01:00"
_KINDS = {str: "a text", bool: "true or false", int: "a number", float: "a number", dict: "an object", list: "a list"}


class FormatError(ValueError):
    """What was wrong with one item, and what would be right, in words for the person who sent it."""


def text(value: Any, field: str) -> str:
    """The value, where it is a text of 1 to 200 characters without control characters or space around it."""
    # Nearly every value takes this way: what prints and has no space at its ends breaks no rule below.
    if type(value) is str and 0 < len(value) <= MAX_TEXT_CHARS and value.isprintable() and value.strip() == value:
        return value
    return _doubtful_text(value, field)


def _doubtful_text(value: Any, field: str) -> str:
    right = f"right is a text of 1 to {MAX_TEXT_CHARS} characters"
    if value is None:
        raise FormatError(f"{field} is missing: {right}")
    if not isinstance(value, str):
        raise FormatError(f"{field} is {kind(value)}: {right}")
    if not value.strip():
        raise FormatError(f"{field} is empty: {right}")
    if len(value) > MAX_TEXT_CHARS:
        raise FormatError(f"{field} is {len(value)} characters long: {right}")
    if _UNFIT_FOR_NAMES.search(value):
        raise FormatError(f"{field} is {excerpt(value)}, {_UNFIT}: {right}")
    if value.strip() != value:
        raise FormatError(f"{field} is {excerpt(value)}: leave out the space around it")
    return value


def instant(value: Any, field: str) -> datetime:
    """The moment that an ISO 8601 text names, with the offset it was written with."""
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise FormatError(f"{field} is {_why_no_instant(value)}")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise FormatError(f"{field} is {excerpt(value)}, which no calendar has: {_INSTANT_IS}") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise FormatError(f"{field} is in the year {moment.year}: right is {FIRST_YEAR} to {LAST_YEAR}")
    return moment


def _why_no_instant(value: Any) -> str:
    if value is None or value == "":
        return f"missing: {_INSTANT_IS}"
    if not isinstance(value, str):
        return f"{kind(value)}: {_INSTANT_IS}"
    if _INSTANT.fullmatch(value + "Z"):
        return f"{excerpt(value)}, without an offset: {_INSTANT_IS}"
    if value[16:19] == ":60":
        return f"{excerpt(value)}, a leap second: write it as second 59"
    return f"{excerpt(value)}: {_INSTANT_IS}"


def properties(value: Any, field: str) -> Mapping[str, Any]:
    """The object, where it keeps the limits; empty where there is none.

    Limits: 200 keys, 8 levels, 65,536 characters in all (keys and texts as long as they are, any other value as 8),
    200 characters in a key, whole numbers of 64 bits, finite numbers, no control characters but, in values, line
    breaks and tabs.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise FormatError(f"{field} is {kind(value)}: right is an object, such as {{}}")
    if len(value) > MAX_PROPERTIES:
        raise FormatError(f"{field} has {len(value)} keys: right is {MAX_PROPERTIES} at most")
    size = _size(value, field, 1) if value else 0
    if size > MAX_PROPERTIES_BYTES:
        raise FormatError(f"{field} has about {size:,} characters: right is {MAX_PROPERTIES_BYTES:,} at most")
    return value


def _size(value: Any, field: str, level: int) -> int:
    """About how many characters the value has, once nothing in it breaks a rule."""
    value_type = type(value)
    if value_type is int or value_type is float:
        _check_number(value, field)
    elif value_type is str:
        return _text_size(value, field)
    elif value_type is dict:
        _check_level(field, level)
        size = 0
        for key, inner in value.items():
            size += _key_size(key, field) + _size(inner, field, level + 1)
        return size
    elif value_type is list:
        _check_level(field, level)
        return sum(_size(inner, field, level + 1) for inner in value)
    elif value is not None and value_type is not bool:
        raise FormatError(f"{field} has {kind(value)} in it: right is what JSON can write")
    return _SIZE_OF_OTHERS


def _check_number(value: float, field: str) -> None:
    if isinstance(value, int) and not is_64_bits(value):
        raise FormatError(f"{field} has a whole number of more than 64 bits: right is a shorter one, or a text")
    if not math.isfinite(value):
        raise FormatError(f"{field} has a number that is not finite: right is a number that JSON can write")


def _check_level(field: str, level: int) -> None:
    if level > MAX_PROPERTY_DEPTH:
        raise FormatError(f"{field} is nested deeper than {MAX_PROPERTY_DEPTH} levels: right is a flatter object")


def _key_size(key: Any, field: str) -> int:
    if type(key) is not str:
        raise FormatError(f"{field} has {kind(key)} as a key: right is a text")
    if len(key) > MAX_TEXT_CHARS:
        raise FormatError(f"{field} has a key of {len(key)} characters: right is {MAX_TEXT_CHARS} at most")
    return _text_size(key, field, _UNFIT_FOR_NAMES)


def _text_size(value: str, field: str, unfit: re.Pattern[str] = _UNFIT_FOR_TEXTS) -> int:
    if not value.isprintable() and unfit.search(value):
        raise FormatError(f"{field} has {excerpt(value)}, {_UNFIT}: right is a clean text")
    return len(value)


def is_64_bits(number: int) -> bool:
    """Whether the databases can keep it as a whole number."""
    return _LEAST <= number <= _MOST


def id_or_none(value: Any) -> str:
    """The id, where it is one that could be kept; else empty."""
    try:
        return text(value, "id")
    except FormatError:
        return ""


def kind(value: Any) -> str:
    """What the value is, in words; for what JSON does not have, Python's name of it."""
    return "null" if value is None else _KINDS.get(type(value), type(value).__name__)


def shown(value: Any) -> str:
    """What a field holds, as a sentence goes on after "is": missing, a short text itself, of anything else its kind."""
    return "missing" if value is None else excerpt(value) if isinstance(value, str) else kind(value)


def excerpt(value: str) -> str:
    """The beginning of a text as a sentence may quote it: 30 characters at most, nothing that does not print."""
    return repr(value[:30]) + ("…" if len(value) > 30 else "")
