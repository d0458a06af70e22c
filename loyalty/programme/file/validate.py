"""A file's values checked part by part, so that what is wrong in one place hides nothing that is wrong in another."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from loyalty.programme.errors import Path, shown
from loyalty.programme.field_types import Amount
from loyalty.programme.file.error_messages import Finding, findings, unknown_key
from loyalty.programme.file.valid_parts import ValidParts
from loyalty.programme.schema import Programme
from loyalty.programme.schema_base import SchemaPart
from loyalty.programme.schema_tiers import Tiers

Items = Sequence[tuple[Path, type[SchemaPart], Any]]

_FIELDS = {info.alias or name: info.annotation for name, info in Programme.model_fields.items()}


def _lists(model: type[SchemaPart], above: Path = ()) -> Iterator[tuple[Path, type[SchemaPart]]]:
    for key, info in model.model_fields.items():
        if get_origin(info.annotation) is tuple:
            yield (*above, key), get_args(info.annotation)[0]


_GROUPS: dict[str, type[SchemaPart]] = {"tiers": Tiers}  # nothing but lists below them
_ITEMS = dict([*_lists(Programme), *(found for key, model in _GROUPS.items() for found in _lists(model, (key,)))])
_SINGLE: dict[str, type[SchemaPart]] = {
    key: kind for key, kind in _FIELDS.items() if isinstance(kind, type) and key not in _GROUPS
}
_SCALARS: dict[str, TypeAdapter[Any]] = {"value_cap": TypeAdapter(Amount)}
_SPARE = {
    "key": "spare",
    "name": "spare",
    "timezone": "UTC",
    "event": "spare",
    "points": 1,
    "when": {"streak": 1},
    "badge": "spare",
    "says": "spare",
    "kind": "course",
    "worth": "spare",
    "cost": 1,
    "value": 0,
    "over": "1200 months",
}


def part_by_part(data: Any, accounts: Mapping[str, str | None]) -> tuple[ValidParts, list[Finding]]:
    """Return the parts of a file that hold by themselves, and what is wrong with the others.

    A section with nothing below its name is as good as none. `accounts` are known from elsewhere, with their cohorts.
    """
    if not isinstance(data, dict):
        wanted = "a mapping with `programme:`, `accounts:`, `earn:` is wanted"
        return ValidParts({}, {}, {}), [Finding((), f"{wanted}, not {shown(data)}")]
    problems = [Finding((key,), unknown_key(Programme, (key,)), of_key=True) for key in data if key not in _FIELDS]
    if data.get("programme") is None:
        problems.append(Finding((), "`programme` is missing: {name: …}"))
    sound: dict[Path, Any] = _check_scalars(data, problems)
    replaced = set[Path]()
    items = list(_all_items(data, problems))
    singles = [((key,), _SINGLE[key], data[key]) for key in _SINGLE if data.get(key) is not None]
    for path, model, value in (*singles, *items):
        part, part_problems, without = _validated(model, value, path)
        problems += part_problems
        replaced |= without
        if part is not None:
            sound[path] = part
    return ValidParts(sound, _keys(items), {**accounts, **_cohorts(items)}, frozenset(replaced)), problems


def whole(parts: ValidParts) -> Programme:
    """Return the programme made of parts that all hold."""
    values = {str(path[0]): part for path, part in parts.sound.items() if len(path) == 1}
    groups: dict[str, dict[str, Any]] = {key: {} for key in _GROUPS}
    for section in _ITEMS:
        *above, name = map(str, section)
        into = groups[above[0]] if above else values
        into[name] = tuple(part for path, part in parts.sound.items() if path[:-1] == section)
    return Programme(**values, **{key: model(**groups[key]) for key, model in _GROUPS.items()})


def _check_scalars(data: dict[str, Any], problems: list[Finding]) -> dict[Path, Any]:
    sound: dict[Path, Any] = {}
    for key, kind in _SCALARS.items():
        if data.get(key) is None:
            continue
        try:
            sound[(key,)] = kind.validate_python(data[key])
        except ValidationError as error:
            sound[(key,)] = None
            problems.append(Finding((key,), str(error.errors()[0]["ctx"]["error"])))
    return sound


def _all_items(data: dict[str, Any], problems: list[Finding]) -> Iterator[tuple[Path, type[SchemaPart], Any]]:
    """Yield every item of every list, in the order of the file."""
    for key, value in data.items():
        if key in _GROUPS and value is not None:
            yield from _items_of_group(key, value, problems)
        elif (key,) in _ITEMS:
            yield from _items_of((key,), value, problems)


def _items_of_group(key: str, value: Any, problems: list[Finding]) -> Iterator[tuple[Path, type[SchemaPart], Any]]:
    if not isinstance(value, dict):
        problems.append(Finding((key,), f"a mapping is wanted, not {shown(value)}"))
        return
    for below, items in value.items():
        if (key, below) in _ITEMS:
            yield from _items_of((key, below), items, problems)
        else:
            problems.append(Finding((key, below), unknown_key(Programme, (key, below)), of_key=True))


def _items_of(section: Path, value: Any, problems: list[Finding]) -> Iterator[tuple[Path, type[SchemaPart], Any]]:
    if isinstance(value, list):
        yield from (((*section, index), _ITEMS[section], item) for index, item in enumerate(value))
    elif value is not None:
        problems.append(Finding(section, f"a list is wanted, not {shown(value)}"))


def _validated(model: type[SchemaPart], value: Any, path: Path) -> tuple[SchemaPart | None, list[Finding], set[Path]]:
    """Return a part, what is wrong with it, and in which fields.

    Then the part is what the rest says, for further checks.
    """
    try:
        return model.model_validate(value, by_alias=True, by_name=False), [], set()
    except ValidationError as error:
        problems = findings(model, error, path)
        fields = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
    without = {(*path, field) for field in fields}
    try:
        return model.model_validate(_repaired(value, fields), by_alias=True, by_name=False), problems, without
    except ValidationError:
        return None, problems, without


def _repaired(value: Any, fields: Collection[str]) -> Any:
    """Return a part without its wrong fields, the ones it cannot do without replaced."""
    if not isinstance(value, dict):
        return None
    right = {key: field_value for key, field_value in value.items() if key not in fields}
    return right | {key: spare for key, spare in _SPARE.items() if key in fields}


def _keyed(items: Items) -> Iterator[tuple[Path, dict[str, Any]]]:
    return ((path, item) for path, _, item in items if isinstance(item, dict) and isinstance(item.get("key"), str))


def _keys(items: Items) -> dict[Path, str]:
    return {path: item["key"] for path, item in _keyed(items)}


def _cohorts(items: Items) -> dict[str, str | None]:
    accounts = [item for path, item in _keyed(items) if path[0] == "accounts"]
    return {item["key"]: item["cohort"] if isinstance(item.get("cohort"), str) else None for item in accounts}
