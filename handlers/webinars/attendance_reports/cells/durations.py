"""How long, as reports write it: `3h 26s`, `1 godz. 4 min 3 sek.`, `1 hr 2 min`, `0:48:05`, `48`."""

import re

UNKNOWN = -1
_SECONDS = {
    3600: "h hr hrs hour hours godz godzina godziny godzin std stunde stunden 시간 時間 小时 小時 heure heures "
    "hora horas ora ore u uur t tim timer timmar",
    60: "m min mins minute minutes minuta minuty minut 분 分 分钟 分鐘 minuto minutos minuti minuten minuter",
    1: "s sec secs second seconds sek sekunda sekundy sekund sekunde sekunden 초 秒 seg segundo segundos seconde "
    "secondes secondi seconden sekunder",
}
_UNITS = {word: seconds for seconds, words in _SECONDS.items() for word in words.split()}
_PIECE = r"(\d{1,5})\s*([^\W\d_]{1,9})\.?"
_PIECES = re.compile(_PIECE)
_WITH_UNITS = re.compile(rf"<?\s*(?:{_PIECE}[\s,]*)+")
_CLOCK = re.compile(r"(\d{1,3}):(\d\d):(\d\d)|(\d{1,3}):(\d\d)")
_MINUTES = re.compile(r"(\d{1,5})(?:[.,](\d{1,6}))?")


def seconds_with_units(text: str) -> int:
    """The seconds of a duration with its units; UNKNOWN where it is none."""
    text = text.strip().casefold()
    if not _WITH_UNITS.fullmatch(text):
        return UNKNOWN
    pieces = _PIECES.findall(text)
    if not all(unit in _UNITS for _, unit in pieces):
        return UNKNOWN
    return sum(int(number) * _UNITS[unit] for number, unit in pieces)


def clock_seconds(text: str) -> int:
    """The seconds of `0:48:05` or `1:02` (hours and minutes); UNKNOWN where it is neither."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return UNKNOWN
    hours, minutes, seconds = found[1] or found[4], found[2] or found[5], found[3] or 0
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def plain_minutes(text: str) -> int:
    """The seconds of a plain number of minutes; UNKNOWN where it is none."""
    found = _MINUTES.fullmatch(text.strip())
    return int(found[1]) * 60 + round(float(f"0.{found[2] or 0}") * 60) if found else UNKNOWN


class WrittenDurations(dict[str, int]):
    """Seconds by cell, each cell read once: rows repeat them."""

    def __missing__(self, cell: str) -> int:
        found = max(read(cell) for read in (seconds_with_units, clock_seconds, plain_minutes))
        self[cell] = found
        return found
