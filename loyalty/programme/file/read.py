"""The programme file: text into a `Programme`, or everything that is wrong with it."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from loyalty.programme.errors import Path, Problem, ProgrammeError
from loyalty.programme.file.cross_checks import check
from loyalty.programme.file.error_messages import Finding
from loyalty.programme.file.source_tree import Node
from loyalty.programme.file.valid_parts import ValidParts
from loyalty.programme.file.validate import part_by_part, whole
from loyalty.programme.file.yaml_source import parse
from loyalty.programme.schema import Programme

_ITEMS: dict[Path, str] = {
    ("accounts",): "account",
    ("earn",): "rule",
    ("milestones",): "milestone",
    ("rewards",): "reward",
    ("tiers", "members"): "member tier",
    ("tiers", "accounts"): "account tier",
}
_parsed = lru_cache(maxsize=8)(parse)
"""On its way into force a file is read several times. Nobody changes its nodes."""


def read(text: str, *, name: str = "programme.yaml", accounts: Mapping[str, str | None] | None = None) -> Programme:
    """Return what a programme file says; a ProgrammeError carries every problem with its line.

    `accounts` are those known from elsewhere (a CSV, the desk), with their cohorts: a rule may name them too.
    """
    parts, problems = _parts(text, name, accounts or {}, thorough=True)
    if problems:
        raise ProgrammeError(name, problems)
    return whole(parts)


def recall(text: str) -> Programme:
    """Return what a version says, which was checked as it came into force: whom its rules name is not asked again."""
    parts, problems = _parts(text, "programme.yaml", {}, thorough=False)
    if problems:
        raise ProgrammeError("programme.yaml", problems)
    return whole(parts)


def _parts(
    text: str, name: str, accounts: Mapping[str, str | None], *, thorough: bool
) -> tuple[ValidParts, list[Problem]]:
    root, problems = _parsed(text)
    if root is None:
        raise ProgrammeError(name, list(problems))
    parts, part_findings = part_by_part(root.plain(), accounts)
    findings = (*part_findings, *check(parts)) if thorough else part_findings
    return parts, [*problems, *(_problem(root, finding) for finding in findings)]


def canonical(text: str) -> str:
    """Return a file's text as a version keeps it: no byte order mark, newlines alone between lines, one at the end."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return lines.rstrip() + "\n"


def digest(text: str) -> str:
    """Return the SHA-256 of a file's canonical text, as 64 hexadecimal digits: a version's fingerprint."""
    return sha256(canonical(text).encode()).hexdigest()


def _problem(root: Node, finding: Finding) -> Problem:
    path = finding.path
    line = root.line_of_key(path) if finding.of_key else root.line_of(path)
    return Problem(line, _place(root, path[:-1] if finding.of_key else path) + finding.message)


def _place(root: Node, path: Path) -> str:
    """Return where in the file a path leads, for a sentence to follow: "rule `report`: `limit.times`: "."""
    steps = root.found(path)
    item = ""
    section = next((above for above in _ITEMS if steps[: len(above)] == above), ())
    number = steps[len(section)] if section and len(steps) > len(section) else None
    if isinstance(number, int):
        key = root.at((*section, number, "key"))
        item = f"{_ITEMS[section]} {f'`{key}`' if isinstance(key, str) else number + 1}: "
        steps = steps[len(section) + 1 :]
    below = ".".join(step for step in steps if isinstance(step, str))
    return item + (f"`{below}`: " if below else "")
