"""Time zones to choose from: by their name, or by their city in the reader's language."""

from zoneinfo import available_timezones

from messages.kit.elements import Choice
from messages.kit.reader import Reader

MAX_SUGGESTIONS = 20


def zone_choice(reader: Reader, zone: str) -> Choice:
    """Return a zone as an option: Warsaw (Europe/Warsaw)."""
    return Choice(reader.label("{city} ({zone})", city=reader.city(zone), zone=zone), zone)


def zone_choices(reader: Reader, typed: str) -> tuple[Choice, ...]:
    """Return the zones whose name or city has what was typed in it; those that begin with it first."""
    wanted = typed.casefold().replace("_", " ").strip()
    found = []
    for zone in sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")):
        city, name = reader.city(zone).casefold(), zone.casefold().replace("_", " ")
        if wanted in city or wanted in name:
            found.append((not (city.startswith(wanted) or name.split("/")[-1].startswith(wanted)), zone))
    return tuple(zone_choice(reader, zone) for _, zone in sorted(found)[:MAX_SUGGESTIONS])
