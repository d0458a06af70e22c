"""A file's values checked part by part, so that what is wrong in one place hides nothing that is wrong in another."""

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from loyalty.programme.checks import Parts
from loyalty.programme.part import Part
from loyalty.programme.problems import shown
from loyalty.programme.sentences import Finding, findings, unknown_key
from loyalty.programme.tree import Path
from loyalty.programme.values import Programme

_FIELDS = {key: info.annotation for key, info in Programme.model_fields.items()}
_ITEMS: dict[str, type[Part]] = {key: get_args(kind)[0] for key, kind in _FIELDS.items() if get_origin(kind) is tuple}
_SINGLE: dict[str, type[Part]] = {key: kind for key, kind in _FIELDS.items() if isinstance(kind, type)}
_SPARE = {
    "key": "spare",
    "name": "spare",
    "timezone": "UTC",
    "event": "spare",
    "points": 1,
    "when": {"streak": 1},
    "badge": "spare",
    "says": "spare",
}


def part_by_part(data: Any, accounts: Mapping[str, str | None]) -> tuple[Parts, list[Finding]]:
    """Return the parts of a file that hold by themselves, and what is wrong with the others.

    A section with nothing below its name is as good as none. `accounts` are known from elsewhere, with their cohorts.
    """
    if not isinstance(data, dict):
        wanted = "a mapping with `programme:`, `accounts:`, `earn:` is wanted"
        return Parts({}, {}, {}), [Finding((), f"{wanted}, not {shown(data)}")]
    found = [Finding((key,), unknown_key(Programme, (key,)), of_key=True) for key in data if key not in _FIELDS]
    if data.get("programme") is None:
        found.append(Finding((), "`programme` is missing: {name: …}"))
    sound: dict[Path, Part] = {}
    for path, model, value in _sections(data, found):
        part, wrong = _validated(model, value, path)
        found += wrong
        if part is not None:
            sound[path] = part
    return Parts(sound, _keys(data), {**accounts, **_cohorts(data)}), found


def whole(parts: Parts) -> Programme:
    """Return the programme made of parts that all hold."""
    items = {key: tuple(part for path, part in parts.sound.items() if path[0] == key) for key in _ITEMS}
    single = {str(path[0]): part for path, part in parts.sound.items() if len(path) == 1}
    return Programme(**items, **single)


def _sections(data: dict[str, Any], found: list[Finding]) -> list[tuple[Path, type[Part], Any]]:
    sections: list[tuple[Path, type[Part], Any]] = []
    for key, value in data.items():
        if key in _SINGLE and value is not None:
            sections.append(((key,), _SINGLE[key], value))
        elif key in _ITEMS and isinstance(value, list):
            sections += [((key, index), _ITEMS[key], item) for index, item in enumerate(value)]
        elif key in _ITEMS and value is not None:
            found.append(Finding((key,), f"a list is wanted, not {shown(value)}"))
    return sections


def _validated(model: type[Part], value: Any, path: Path) -> tuple[Part | None, list[Finding]]:
    """Return a part, and what is wrong with it: then the part is what the rest says, for further checks."""
    try:
        return model.model_validate(value, by_alias=True, by_name=False), []
    except ValidationError as error:
        found = findings(model, error, path)
        wrong = [each["loc"] for each in error.errors()]
    try:
        return model.model_validate(_repaired(value, wrong), by_alias=True, by_name=False), found
    except ValidationError:
        return None, found


def _repaired(value: Any, wrong: list[Path]) -> Any:
    """Return a part without its wrong fields, the ones it cannot do without replaced."""
    if not isinstance(value, dict):
        return None
    fields = {path[0] for path in wrong if path}
    return {key: each for key, each in value.items() if key not in fields} | {
        key: spare for key, spare in _SPARE.items() if key in fields
    }


def _listed(data: dict[str, Any], section: str) -> list[tuple[int, dict[str, Any]]]:
    items = data.get(section)
    every = enumerate(items if isinstance(items, list) else [])
    return [(index, item) for index, item in every if isinstance(item, dict)]


def _keys(data: dict[str, Any]) -> dict[str, list[tuple[int, str]]]:
    return {
        section: [(index, item["key"]) for index, item in _listed(data, section) if isinstance(item.get("key"), str)]
        for section in _ITEMS
    }


def _cohorts(data: dict[str, Any]) -> dict[str, str | None]:
    accounts = [item for _, item in _listed(data, "accounts") if isinstance(item.get("key"), str)]
    return {item["key"]: item["cohort"] if isinstance(item.get("cohort"), str) else None for item in accounts}
