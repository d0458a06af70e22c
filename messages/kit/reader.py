"""How something is said to one reader: their language, their clock. All sentences come from the catalogues here.

A sentence stands in English where it is said; `locale/` has the others. Values are put in by name: numbers as the
language writes them, text of people and products escaped, so that no name can ping a channel.
"""

import datetime as dt
import gettext
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from messages.kit import escaping

SPOKEN = ("en", "pl", "ko")
"""The languages there are; whoever reads another one is spoken to in English."""
_LOCALES = {"en": "en_GB", "pl": "pl", "ko": "ko"}
_WEEKDAY = {"en": "EEEE d MMMM", "pl": "EEEE, d MMMM", "ko": "M월 d일 EEEE"}
_GROUPED = 1000
"""Below it a number has no groups, and is written alike in all of these languages."""


_COMMAND = "`/"
"""How a command begins in a sentence."""
_deployment = {"prefix": ""}


def begin_commands_with(prefix: str) -> None:
    """Let sentences name commands as they are called in this deployment: /acme-points where `prefix` is `acme-`."""
    _deployment["prefix"] = prefix


class Mrkdwn(str):
    """Text in Slack's own markup, escaped already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads a message: their language (a locale like pl-PL will do) and their time zone."""

    language: str = "en"
    timezone: str = "UTC"

    def say(self, sentence: str, /, **values: Any) -> Mrkdwn:
        """Return a sentence in Slack's markup."""
        return self._fill(self._words.gettext(sentence), values)

    def count(self, one: str, many: str, number: int, /, **values: Any) -> Mrkdwn:
        """Return the sentence that goes with `number`, which stands in it as {n}."""
        return self._fill(self._words.ngettext(one, many, number), values | {"n": number})

    def label(self, words: str, /, **values: Any) -> str:
        """Return words for a place without markup: a button, a heading, an image's alternative text."""
        return self._words.gettext(words).format_map({name: self._plain(value) for name, value in values.items()})

    def plain_count(self, one: str, many: str, number: int, /) -> str:
        """Return the words that go with `number`, for a place without markup."""
        return self._words.ngettext(one, many, number).format_map({"n": self.number(number)})

    def number(self, number: int) -> str:
        """Return a number as the language writes it: 2,460."""
        written = str(number) if abs(number) < _GROUPED else format_decimal(number, locale=self.locale)
        return written.replace("-", "−")

    def signed(self, points: int) -> str:
        """Return a number with its sign: +15, −40."""
        return f"+{self.number(points)}" if points > 0 else self.number(points)

    def day(self, day: dt.date) -> str:
        """Return a day without its year: 5 March."""
        return _day(day, self._spoken)

    def weekday(self, day: dt.date) -> str:
        """Return a day with its weekday: Thursday 5 March."""
        return format_date(day, _WEEKDAY[self._spoken], locale=self.locale)

    def city(self, timezone: str) -> str:
        """Return what a time zone is called by its city: Warsaw."""
        return get_timezone_location(timezone, locale=self.locale, return_city=True)

    def clock_day(self, at: dt.datetime) -> str:
        """Return the day of an instant, on the reader's clock."""
        return self.day(at.astimezone(ZoneInfo(self.timezone)).date())

    def date(self, day: dt.date) -> str:
        """Return a day with its year: 5 March 2026."""
        return format_date(day, "long", locale=self.locale)

    def month(self, day: dt.date) -> str:
        """Return a month with its year: March 2026."""
        return format_date(day, "LLLL y" if self._spoken != "ko" else "y년 M월", locale=self.locale)

    def months(self, first: dt.date, last: dt.date) -> str:
        """Return a run of months, both ends in it: January–March 2026."""
        if (first.year, first.month) == (last.year, last.month):
            return self.month(first)
        korean = self._spoken == "ko"
        if first.year != last.year:
            return f"{self.month(first)} {'~' if korean else '–'} {self.month(last)}"
        if korean:
            return f"{self.month(first)}~{last.month}월"
        return f"{format_date(first, 'LLLL', locale=self.locale)}–{self.month(last)}"

    def days(self, first: dt.date, last: dt.date, *, year: bool = False) -> str:
        """Return a run of days, both ends in it: 10–16 March; with its year where it is another: 10–16 March 2025."""
        end = self.date(last) if year else self.day(last)
        if first == last:
            return end
        if self._spoken == "ko":
            return format_interval(first, last, skeleton="yMMMMd" if year else "MMMMd", locale=self.locale)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{end}"
        return f"{self.date(first) if year and first.year != last.year else self.day(first)} – {end}"

    def moment(self, at: dt.datetime, *, now: dt.datetime) -> Mrkdwn:
        """Return when something was, on the reader's clock: today 10:12; of another year with its year."""
        zone = ZoneInfo(self.timezone)
        local, today = at.astimezone(zone), now.astimezone(zone).date()
        time = Mrkdwn(f"{local:%H:%M}")
        if local.date() == today:
            return self.say("today {time}", time=time)
        if local.date() == today - dt.timedelta(days=1):
            return self.say("yesterday {time}", time=time)
        day = self.day(local.date()) if local.year == today.year else self.date(local.date())
        return self.say("{day}, {time}", day=day, time=time)

    def _fill(self, sentence: str, values: dict[str, Any]) -> Mrkdwn:
        filled = sentence.format_map({name: self._marked(value) for name, value in values.items()})
        if _COMMAND not in filled:
            return Mrkdwn(filled)
        # A value may be a sentence that was said before, its commands named already.
        named = _COMMAND + _deployment["prefix"]
        return Mrkdwn(filled.replace(named, _COMMAND).replace(_COMMAND, named))

    def _marked(self, value: Any) -> str:
        return value if isinstance(value, Mrkdwn) else escape(self._plain(value))

    def _plain(self, value: Any) -> str:
        return self.number(value) if isinstance(value, int) else escaping.bidi_isolated(str(value))

    @property
    def _spoken(self) -> str:
        return _spoken_to(self.language)

    @property
    def locale(self) -> Locale:
        """The locale that writes their dates and numbers."""
        return _locale(self._spoken)

    @property
    def _words(self) -> gettext.NullTranslations:
        return catalogue(self._spoken)


def join_text(texts: Iterable[Mrkdwn], by: str = "\n") -> Mrkdwn:
    """Return texts as one, a line each or with `by` between them."""
    return Mrkdwn(by.join(texts))


def escape(text: str) -> Mrkdwn:
    """Return what people or products wrote so that Slack shows it and does nothing with it."""
    return Mrkdwn(escaping.escape(text))


@lru_cache(maxsize=1000)
def _spoken_to(language: str) -> str:
    spoken = language.replace("_", "-").split("-")[0].lower()
    return spoken if spoken in SPOKEN else "en"


@lru_cache(maxsize=4096)
def _day(day: dt.date, spoken: str) -> str:
    return format_skeleton("MMMMd", dt.datetime.combine(day, dt.time()), tzinfo=dt.UTC, locale=_locale(spoken))


@lru_cache(maxsize=len(SPOKEN))
def _locale(spoken: str) -> Locale:
    return Locale.parse(_LOCALES[spoken])


@lru_cache(maxsize=len(SPOKEN))
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the sentences of a language, read from its catalogue; English is what stands in the code."""
    if language == "en":
        return gettext.NullTranslations()
    path = files("messages") / "locale" / language / "LC_MESSAGES" / "laurels.po"
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
