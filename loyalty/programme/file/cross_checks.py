"""What does not hold between the parts of a programme: references to nothing, rules that never fire, clashes."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from loyalty.programme.errors import Path
from loyalty.programme.file.cross_checks_rewards import check_rewards
from loyalty.programme.file.error_messages import Finding
from loyalty.programme.file.valid_parts import ValidParts
from loyalty.programme.money import NEVER, promises_money
from loyalty.programme.rulebook import holds, is_number, units
from loyalty.programme.schema import AccountTerms, Boards, Condition, Exclude, Milestone, PerUnit, Rule, TeamPoints
from loyalty.suggestions import nearest

_PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")
_NEVER_FIRES = "this rule can never fire"


def check(parts: ValidParts) -> Iterator[Finding]:
    """Yield everything that does not hold, but of fields that were said to be wrong already."""
    return (finding for finding in _all_findings(parts) if finding.path not in parts.replaced)


def _all_findings(parts: ValidParts) -> Iterator[Finding]:
    yield from _duplicate_keys(parts.keys)
    yield from _one_channel_each(parts)
    yield from check_rewards(parts)
    for path, part in parts.sound.items():
        if isinstance(part, Rule):
            yield from _rule_findings(path, part, parts.cohorts)
        elif isinstance(part, Milestone):
            yield from _milestone_findings(path, part)
        elif isinstance(part, Boards) and part.post and part.period == "day" and part.post.weekday is not None:
            yield Finding((*path, "post"), f'a daily board goes out every day: write post: "{part.post.at:%H:%M}"')
        elif isinstance(part, Exclude):
            yield from _exclude_findings(path, part)


def _duplicate_keys(keys: Mapping[Path, str]) -> Iterator[Finding]:
    seen = set[tuple[object, str]]()
    for path, key in keys.items():
        if (path[0], key) in seen:
            yield Finding((*path, "key"), f"another one above has the key `{key}`: each wants its own")
        seen.add((path[0], key))


def _one_channel_each(parts: ValidParts) -> Iterator[Finding]:
    owners = dict[str, str]()
    for path, part in parts.sound.items():
        if isinstance(part, AccountTerms) and part.channel:
            owner = owners.setdefault(part.channel, part.key)
            if owner != part.key:
                yield Finding((*path, "channel"), f"{part.channel} is `{owner}`'s: each account has its own channel")


def _rule_findings(path: Path, rule: Rule, cohorts: Mapping[str, str | None]) -> Iterator[Finding]:
    if rule.from_ and rule.until and rule.until <= rule.from_:
        said = f"{rule.until} is not after `from`, {rule.from_}, and `until` is the first day without it"
        yield Finding((*path, "until"), f"{said}: {_NEVER_FIRES}")
    yield from _audience_findings(path, rule, cohorts)
    for name, wanted in rule.where.items():
        said = _why_impossible(wanted)
        if said:
            yield Finding((*path, "where", name), f"{said}: {_NEVER_FIRES}")
        elif isinstance(rule.points, PerUnit) and rule.points.of == name and not _countable(wanted, rule.points):
            yield Finding((*path, "where", name), f"what this allows gives no points by `{name}`: {_NEVER_FIRES}")


def _audience_findings(path: Path, rule: Rule, cohorts: Mapping[str, str | None]) -> Iterator[Finding]:
    for index, account in enumerate(rule.accounts):
        if account not in cohorts:
            yield Finding((*path, "accounts", index), f"there is no account `{account}`{nearest(account, cohorts)}")
    if rule.cohort is None:
        return
    known = {cohort for cohort in cohorts.values() if cohort}
    if rule.cohort not in known:
        yield Finding((*path, "cohort"), f"no account is in the cohort `{rule.cohort}`{nearest(rule.cohort, known)}")
    elif rule.accounts and not any(cohorts.get(account) == rule.cohort for account in rule.accounts):
        yield Finding((*path, "cohort"), f"none of its accounts is in the cohort `{rule.cohort}`: {_NEVER_FIRES}")


def _why_impossible(wanted: Condition | str | float) -> str:
    """Return why no value can be what is wanted, an empty text where one can."""
    if not isinstance(wanted, Condition):
        return ""
    if wanted == Condition():
        return "say a value, {in: […]}, {at_least: …}, {at_most: …} or {exists: true}; as it is"
    if wanted.exists is False and wanted != Condition(exists=False):
        return "a property that does not exist has no value"
    low, high = wanted.at_least, wanted.at_most
    if low is not None and high is not None and low > high:
        return f"nothing is at least {low} and at most {high}"
    if wanted.in_ is not None and not any(holds(wanted, choice) for choice in wanted.in_):
        return "`in` names no value that could hold"
    return ""


def _countable(wanted: Condition | str | float, points: PerUnit) -> bool:
    """Return whether some value that is wanted gives points by the property."""
    if not isinstance(wanted, Condition):
        return is_number(wanted) and units(wanted, Fraction(points.each)) > 0
    return (
        wanted.exists is not False
        and (wanted.at_most is None or _countable(wanted.at_most, points))
        and (wanted.in_ is None or any(_countable(choice, points) for choice in wanted.in_))
    )


def _milestone_findings(path: Path, milestone: Milestone) -> Iterator[Finding]:
    if milestone.says is None and milestone.badge is None:
        yield Finding(path, 'it has neither `badge` nor `says`: nobody would see it; write says: "{name} …"')
    for key, words in (("badge", milestone.badge), ("says", milestone.says)):
        for place, text in words.placed((*path, key)) if words else ():
            if promises_money(text):
                yield Finding(place, f'"{text}" promises money: {NEVER}')
    for place, text in milestone.says.placed((*path, "says")) if milestone.says else ():
        yield from (Finding(place, said) for said in _placeholders(text, team=isinstance(milestone.when, TeamPoints)))


def _placeholders(text: str, *, team: bool) -> Iterator[str]:
    for placeholder in _PLACEHOLDER.findall(text):
        if team and placeholder == "{name}":
            yield "`{name}` names nobody where all reach it together: write {account}"
        elif placeholder not in {"{name}", "{account}"}:
            yield f"`{placeholder}` is not filled in: {{name}} and {{account}} are"


def _exclude_findings(path: Path, exclude: Exclude) -> Iterator[Finding]:
    for index, pattern in enumerate(exclude.people):
        if not pattern.strip("*"):
            yield Finding((*path, "people", index), f'"{pattern}" excludes everybody: no rule could ever fire')
