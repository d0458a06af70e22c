"""What applying a programme would change, in words, before anything is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from loyalty.programme.field_types import Amount
from loyalty.programme.schema import Programme
from loyalty.programme.schema_base import SchemaPart

What = Literal["added", "changed", "removed", "stays", "left"]
_SIGN: dict[What, str] = {"added": "+", "changed": "~", "removed": "-", "stays": "=", "left": "="}
_SECTIONS = ("boards", "shoutouts", "contact", "webinars", "exclude", "gifts")
_ENDS = {
    "reward": "what was asked for stays promised, nobody can ask any more",
    "member tier": "nobody holds it any more",
    "account tier": "no account holds it any more",
}
_OPEN = {"for": "everybody", "stock": "as many as are asked for"}  # fields where no value is no bound
_NOTHING: dict[str, Any] = {}
_WORD = re.compile(r"[\w@./:+*-]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field's value before and after, as the file would write them; None is no value."""

    name: str
    old: Any
    new: Any

    def said(self) -> tuple[str, str]:
        """Return both values in words."""
        none = _OPEN.get(self.name, "none")
        return written(self.old, none), written(self.new, none)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one thing.

    `what`: `added`, `changed`, `removed`; `stays`, an account that the file no longer names; `left`, fields whose value
    (`old`) was set elsewhere since and is not replaced by the file's (`new`). `kind`: setting (`key` is its section),
    account, rule, milestone, reward, member tier, account tier.
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
                said = (self._of(field) + field.said()[1] for field in self.fields)
                return f"new {thing}: {', '.join(said)}"
            case "changed":
                said = (self._of(field) + " → ".join(field.said()) for field in self.fields)
                return f"{thing}: {', '.join(said)}"
            case "removed":
                return f"{thing} ends: {_ENDS.get(self.kind, 'what it gave stays')}"
            case "stays":
                return f"{thing} is not in the file any more: it stays; take it out by hand"
            case "left":
                as_is = "as it is in Slack" if self.kind == "account" else "as it was set by hand"
                told = ((field.name, *field.said()) for field in self.fields)
                said = (f"{name} left {as_is}: {old}; the file says {new}" for name, old, new in told)
                return f"{thing}: {', '.join(said)}"

    def _of(self, field: Field) -> str:
        """Return a field's name for its value to follow; nothing where the thing itself is one value."""
        return "" if self.kind == "setting" and field.name == self.key else f"{field.name} "


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
    old: Programme | None,
    new: Programme,
    *,
    changed_elsewhere: Mapping[str, Mapping[str, Any]] = _NOTHING,
    stock_elsewhere: Mapping[str, int | None] = _NOTHING,
) -> Plan:
    """Return what changes from the version in force, None where there is none yet, to a new one.

    `changed_elsewhere`: by account key, what of its `mode`, `channel`, `managers` and `owners` was set since;
    `stock_elsewhere`: the same of rewards' stock, by the reward's key.
    """
    before, after = _things(old), _things(new)
    elsewhere = {("account", key): values for key, values in changed_elsewhere.items()} | {
        ("reward", key): {"stock": total} for key, total in stock_elsewhere.items() if ("reward", key) in before
    }
    entries: list[Change] = []
    for (kind, key), part in after.items():
        entries += _compared(kind, key, before.get((kind, key)), part, elsewhere.get((kind, key), {}))
    entries += _order(old, new)
    for kind, key in before:
        if (kind, key) not in after:
            entries.append(Change("stays" if kind == "account" else "removed", kind, key))
    return Plan(tuple(entries))


class _Cap(SchemaPart):
    """The value cap, which stands at the top by itself."""

    value_cap: Amount | None


def _things(programme: Programme | None) -> dict[tuple[str, str], SchemaPart]:
    """Return every part that a plan speaks of, by kind and key; a section of settings has its name for a key."""
    if programme is None:
        return {}
    return {
        ("setting", "programme"): programme.settings,
        **{("setting", name): getattr(programme, name) for name in _SECTIONS},
        ("setting", "value_cap"): _Cap(value_cap=programme.value_cap),
        **{("account", account.key): account for account in programme.accounts},
        **{("rule", rule.key): rule for rule in programme.earn},
        **{("milestone", milestone.key): milestone for milestone in programme.milestones},
        **{("reward", reward.key): reward for reward in programme.rewards},
        **{("member tier", tier.key): tier for tier in programme.tiers.members},
        **{("account tier", tier.key): tier for tier in programme.tiers.accounts},
    }


def _order(old: Programme | None, new: Programme) -> Iterator[Change]:
    """Yield another order of the accounts' tiers: which of them is higher is told by nothing else."""
    before, after = ([tier.key for tier in programme.tiers.accounts] if programme else [] for programme in (old, new))
    if before != after and set(before) == set(after):
        yield Change("changed", "setting", "account tiers", (Field("order", before, after),))


def _compared(
    kind: str, key: str, old: SchemaPart | None, new: SchemaPart, elsewhere: Mapping[str, Any]
) -> Iterator[Change]:
    before, after = _fields(old), _fields(new)
    said = after if old else new.model_dump(by_alias=True, exclude_defaults=True)
    names = [name for name in said if name != "key" and name not in elsewhere and before.get(name) != after[name]]
    changed = tuple(Field(name, before.get(name), after[name]) for name in names)
    if changed or (old is None and kind != "setting"):
        yield Change("changed" if old else "added", kind, key, changed)
    spoken_of = new.model_fields_set | (old.model_fields_set if old else set())
    kept = {name: _plain(now) for name, now in elsewhere.items() if name in spoken_of}
    left = tuple(Field(name, now, after[name]) for name, now in kept.items() if not _same(now, after[name]))
    if left:
        yield Change("left", kind, key, left)


def _fields(part: SchemaPart | None) -> dict[str, Any]:
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


def written(value: Any, none: str = "none") -> str:
    """Return a field's value much as the file writes it, on one line; no value is `none`, or what is said for it."""
    if value is None or value in ([], {}):
        return none
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
