"""What applying a programme would change, in words, before anything is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from loyalty.programme.part import Part
from loyalty.programme.values import Programme

FIRST_VALUES = ("mode", "channel", "managers", "owners")  # of an account: once changed elsewhere, the file leaves them

What = Literal["added", "changed", "removed", "stays", "left"]
_SIGN: dict[What, str] = {"added": "+", "changed": "~", "removed": "-", "stays": "=", "left": "="}
_NOTHING: dict[str, Any] = {}
_WORD = re.compile(r"[\w@./:+*-]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field's value before and after, as the file would write them; None is no value."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one thing.

    `what`: `added`, `changed`, `removed`; `stays`, an account that the file no longer names; `left`, fields whose value
    (`old`) was set elsewhere since and is not replaced by the file's (`new`).
    """

    what: What
    kind: str
    key: str
    fields: tuple[Field, ...] = ()

    def line(self) -> str:
        """Return the change as a line that says everything without its sign, too."""
        return f"{_SIGN[self.what]} {self._said()}"

    def _said(self) -> str:
        thing = self.key if self.kind == "setting" else f"{self.kind} {self.key}"
        match self.what:
            case "added":
                return f"new {thing}: {', '.join(f'{field.name} {written(field.new)}' for field in self.fields)}"
            case "changed":
                said = (f"{field.name} {written(field.old)} → {written(field.new)}" for field in self.fields)
                return f"{thing}: {', '.join(said)}"
            case "removed":
                return f"{thing} ends: what it gave stays"
            case "stays":
                return f"{thing} is not in the file any more: it stays; take it out by hand"
            case "left":
                said = (
                    f"{field.name} left as it is in Slack: {written(field.old)}; the file says {written(field.new)}"
                    for field in self.fields
                )
                return f"{thing}: {', '.join(said)}"


@dataclass(frozen=True, slots=True)
class Plan:
    """All that applying a file would do, and what it would leave alone."""

    entries: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return what would be another way afterwards."""
        return tuple(entry for entry in self.entries if entry.what in {"added", "changed", "removed"})

    def lines(self) -> list[str]:
        """Return the plan in words, a line a thing."""
        return [*([] if self.changes else ["Nothing would change."]), *(entry.line() for entry in self.entries)]

    def as_json(self) -> dict[str, Any]:
        """Return the plan for `--json`: `changes` and `kept`, each `what`, `kind`, `key`, `fields`."""
        kept = [asdict(entry) for entry in self.entries if entry not in self.changes]
        return {"changes": [asdict(entry) for entry in self.changes], "kept": kept}


def plan(
    old: Programme | None, new: Programme, *, changed_elsewhere: Mapping[str, Mapping[str, Any]] = _NOTHING
) -> Plan:
    """Return what changes from the version in force, None where there is none yet, to a new one.

    `changed_elsewhere`: by account key, the current values of those of `FIRST_VALUES` that were set after the file's.
    """
    before, after = _things(old), _things(new)
    entries: list[Change] = []
    for (kind, key), part in after.items():
        elsewhere = changed_elsewhere.get(key, {}) if kind == "account" else {}
        entries += _compared(kind, key, before.get((kind, key)), part, elsewhere)
    for kind, key in before:
        if (kind, key) not in after:
            entries.append(Change("stays" if kind == "account" else "removed", kind, key))
    return Plan(tuple(entries))


def _things(programme: Programme | None) -> dict[tuple[str, str], Part]:
    """Return every part that a plan speaks of, by kind and key; a section of settings has its name for a key."""
    if programme is None:
        return {}
    sections = (programme.programme, programme.boards, programme.shoutouts, programme.contact, programme.exclude)
    named = zip(("programme", "boards", "shoutouts", "contact", "exclude"), sections, strict=True)
    return {
        **{("setting", name): part for name, part in named},
        **{("account", account.key): account for account in programme.accounts},
        **{("rule", rule.key): rule for rule in programme.earn},
        **{("milestone", milestone.key): milestone for milestone in programme.milestones},
    }


def _compared(kind: str, key: str, old: Part | None, new: Part, elsewhere: Mapping[str, Any]) -> Iterator[Change]:
    before, after = _fields(old), _fields(new)
    said = after if old else new.model_dump(by_alias=True, exclude_defaults=True)
    names = [name for name in said if name != "key" and name not in elsewhere and before.get(name) != after[name]]
    changed = tuple(Field(name, before.get(name), after[name]) for name in names)
    if changed or (old is None and kind != "setting"):
        yield Change("changed" if old else "added", kind, key, changed)
    kept = {name: _plain(now) for name, now in elsewhere.items() if name in new.model_fields_set}
    left = tuple(Field(name, now, after[name]) for name, now in kept.items() if not _same(now, after[name]))
    if left:
        yield Change("left", kind, key, left)


def _fields(part: Part | None) -> dict[str, Any]:
    """Return a part's fields as the file writes them."""
    written_out = part.model_dump(mode="json", by_alias=True) if part else {}
    return {name: _said_only(value) for name, value in written_out.items()}


def _said_only(value: Any) -> Any:
    """Return a field's value without what it leaves open, like a limit's `times` where it is one of points."""
    if isinstance(value, dict):
        return {key: _said_only(each) for key, each in value.items() if each is not None}
    return value


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | set | frozenset) else value


def _same(one: Any, other: Any) -> bool:
    return sorted(one) == sorted(other) if isinstance(one, list) and isinstance(other, list) else one == other


def written(value: Any) -> str:
    """Return a field's value much as the file writes it, on one line; no value is `none`."""
    if value is None or value in ([], {}):
        return "none"
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(written(each) for each in value) + "]"
        case str():
            return value if _WORD.fullmatch(value) else f'"{value}"'
        case _:
            return str(value)
