"""The kinds of value that a programme's keys hold, each with what it says of a wrong one."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Annotated, Any, get_args

from pydantic import BeforeValidator, PlainSerializer, PlainValidator

from loyalty.programme.durations import Duration, Months, read_duration, write_duration
from loyalty.programme.errors import WrongValueError, shown
from loyalty.programme.money import NEVER, is_amount
from loyalty.programme.times import PostTime, Quiet, read_day, read_hour, read_post_time, read_quiet, read_zone
from loyalty.suggestions import nearest

MAX_NUMBER = 1_000_000_000  # points, counts and bounds
MAX_NAME_CHARS = 150
MAX_TEXT_CHARS = 500

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")
_TEAM = re.compile(r"T[A-Z0-9]{1,31}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,63}")


def whole(least: int, why: str = "", most: int = MAX_NUMBER) -> BeforeValidator:
    """Return a check for whole numbers from `least` to `most`; `why` tells what a smaller one would mean."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongValueError(f"a whole number is wanted, not {shown(value)}{_hint(value)}")
        if value < least:
            raise WrongValueError(f"{value} is too little: {why or f'at least {least} is wanted'}")
        if value > most:
            raise WrongValueError(f"{value} is too much: at most {most:,} is wanted")
        return value

    return BeforeValidator(check)


def _hint(value: object) -> str:
    if isinstance(value, str) and is_amount(value):
        return f": {NEVER}"
    digits = re.sub(r"[ _,]", "", value) if isinstance(value, str) else ""
    return f": write {int(digits)}" if re.fullmatch(r"[0-9]{1,10}", digits) else ""


def _bare(value: object) -> str:
    alone = isinstance(value, str) and is_amount(value)
    return ": write the number alone, without a currency" if alone else _hint(value)


def _number(value: object, hint: Callable[[object], str] = _hint) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise WrongValueError(f"a number is wanted, not {shown(value)}{hint(value)}")
    if abs(value) > MAX_NUMBER:
        raise WrongValueError(f"{value} is too much: at most {MAX_NUMBER:,} is wanted")
    return value


def _decimal(least: Decimal | None, hint: Callable[[object], str] = _hint) -> Callable[[object], Decimal]:
    """Return a reader of numbers as they are written (0.1 is a tenth): above 0, or from `least` on."""

    def check(value: object) -> Decimal:
        number = value if isinstance(value, Decimal) else Decimal(repr(_number(value, hint)))
        if least is None and number <= 0:
            raise WrongValueError(f"{value} is too little: a number above 0 is wanted")
        if least is not None and number < least:
            raise WrongValueError(f"{value} is too little: at least {least} is wanted")
        return number

    return check


def _as_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def text(most: int) -> BeforeValidator:
    """Return a check for texts of at most so many characters that are not blank."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            quote = ": put it in quotes" if isinstance(value, int | float) else ""
            raise WrongValueError(f"a text is wanted, not {shown(value)}{quote}")
        if not value.strip():
            raise WrongValueError("a text is wanted, and this one is blank")
        if len(value) > most:
            raise WrongValueError(f"{len(value)} characters are too many: at most {most} fit")
        return value

    return BeforeValidator(check)


def one_of(choices: Any) -> BeforeValidator:
    """Return a check for the words of a Literal, which names the nearest."""
    words: tuple[str, ...] = get_args(choices)
    wanted = " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]

    def check(value: object) -> str:
        if value not in words:
            raise WrongValueError(f"{wanted} is wanted, not {shown(value)}{nearest(str(value), words)}")
        return str(value)

    return BeforeValidator(check)


def _form(pattern: re.Pattern[str], says: str, better: Callable[[str], str] = lambda _: "") -> BeforeValidator:
    def check(value: object) -> str:
        if not isinstance(value, str):
            quote = ": put it in quotes" if isinstance(value, int) and not isinstance(value, bool) else ""
            raise WrongValueError(f"{says}, not {shown(value)}{quote}")
        if not pattern.fullmatch(value):
            suggestion = better(value)
            fits = suggestion != value and pattern.fullmatch(suggestion)
            raise WrongValueError(f"{says}, not {shown(value)}" + (f": write `{suggestion}`" if fits else ""))
        return value

    return BeforeValidator(check)


def _as_key(wrong: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", wrong.lower()).strip("-")


def _as_language(wrong: str) -> str:
    language, *rest = wrong.strip().replace("_", "-").split("-")
    return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])


def _plain(value: object) -> object:
    if value is None or isinstance(value, dict | list):
        raise WrongValueError(f"a text, a number, true or false is wanted, not {shown(value)}")
    return value


def _made(kind: Any, read: Callable[[Any], Any], *, never: bool = False) -> PlainValidator:
    """Return a check that lets values of a kind pass and reads the others; where `never` may be said, it is None."""

    def check(value: object) -> Any:
        if never and (value is None or value == "never"):
            return None
        return value if isinstance(value, kind) else read(value)

    return PlainValidator(check)


def _read_text_duration(value: object) -> Duration:
    if not isinstance(value, str):
        raise WrongValueError(f"a length of time like 1h or 14 days is wanted, not {shown(value)}")
    return read_duration(value)


def _read_cooldown(value: object) -> timedelta:
    length = _read_text_duration(value)
    if isinstance(length, Months):
        raise WrongValueError(f'"{value}" differs from month to month: a cooldown is counted in s, m, h, days or weeks')
    return length


def _read_expiry(value: object) -> Duration:
    return _read_days(value, 'write "never", or something like 12 months')


def _read_span(value: object) -> Duration:
    return _read_days(value, "write something like 12 months")


def _read_days(value: object, better: str) -> Duration:
    length = _read_text_duration(value)
    if isinstance(length, timedelta) and length < timedelta(days=1):
        raise WrongValueError(f'"{value}" is less than a day: {better}')
    return length


def _read_wait(value: object) -> timedelta:
    length = _read_text_duration(value)
    if isinstance(length, Months) or length < timedelta(days=1):
        raise WrongValueError(f'"{value}" is no number of days: write it like 14 days')
    return length


def _read_share(value: object) -> Decimal:
    share = _decimal(None)(value)
    if share > 1:
        raise WrongValueError(f"{value} is too much: a share is above 0 and at most 1; write 0.5 for half")
    return share


def _read_notice(value: object) -> timedelta:
    length = _read_text_duration(value)
    if isinstance(length, Months) or not timedelta(minutes=5) <= length <= timedelta(days=30):
        raise WrongValueError(f'"{value}" is no time from 5m to 30 days before a start')
    return length


def _hour_text(value: time) -> str:
    return f"{value:%H:%M}"


Key = Annotated[str, _form(_KEY, "lowercase letters, digits and hyphens, at most 64, are wanted", _as_key)]
Name = Annotated[str, text(MAX_NAME_CHARS)]
Pattern = Annotated[str, text(MAX_NAME_CHARS)]
Language = Annotated[str, _form(_LANGUAGE, "a language code like en or pt-BR is wanted", _as_language)]
Email = Annotated[str, _form(_EMAIL, "an e-mail address is wanted")]
Channel = Annotated[str, _form(_CHANNEL, "a channel's id like C012345, from its details in Slack, is wanted")]
Team = Annotated[str, _form(_TEAM, "a workspace's id like T012345, from the address of Slack in a browser, is wanted")]
Zone = Annotated[str, BeforeValidator(read_zone)]

PointsGiven = Annotated[int, whole(1, "a rule that gives nothing can never fire")]
Bound = Annotated[int, whole(1, "nothing could ever be earned under it")]
Goal = Annotated[int, whole(1, "it would be reached before anything was done")]
Cost = Annotated[int, whole(1, "what is given for no points is a gift, not a reward")]
Many = Annotated[int, whole(1, "nobody could ever have it; leave it out where there is no bound")]
Given = Annotated[int, whole(1, "nothing could ever be given; leave it out for no gifts")]
UpTo = Annotated[int, whole(0, "0 lets every request wait for an account manager")]
Days = Annotated[int, whole(0, most=3_650)]
Times = Annotated[int, whole(0, most=100)]
Number = Annotated[int | float, BeforeValidator(_number)]
Unit = Annotated[Decimal, BeforeValidator(_decimal(None)), PlainSerializer(_as_number)]
Amount = Annotated[Decimal, BeforeValidator(_decimal(Decimal(0), _bare)), PlainSerializer(_as_number)]
Plain = Annotated[str | int | float | bool, BeforeValidator(_plain)]

Day = Annotated[date, _made(date, read_day), PlainSerializer(date.isoformat)]
Hour = Annotated[time, _made(time, read_hour), PlainSerializer(_hour_text)]
Cooldown = Annotated[timedelta, _made(timedelta, _read_cooldown), PlainSerializer(write_duration)]
Expiry = Annotated[
    timedelta | Months | None,
    _made(timedelta | Months, _read_expiry, never=True),
    PlainSerializer(lambda value: "never" if value is None else write_duration(value)),
]
Share = Annotated[Decimal, BeforeValidator(_read_share), PlainSerializer(_as_number)]
Notice = Annotated[timedelta, _made(timedelta, _read_notice), PlainSerializer(write_duration)]
Span = Annotated[timedelta | Months, _made(timedelta | Months, _read_span), PlainSerializer(write_duration)]
Wait = Annotated[timedelta, _made(timedelta, _read_wait), PlainSerializer(write_duration)]
Post = Annotated[
    PostTime | None,
    _made(PostTime, read_post_time, never=True),
    PlainSerializer(lambda value: "never" if value is None else str(value)),
]
QuietHours = Annotated[
    Quiet | None,
    _made(Quiet, read_quiet, never=True),
    PlainSerializer(lambda value: "never" if value is None else str(value)),
]
