"""A webinar's file: text into what is to be made, or everything that is wrong with it, line by line."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from sqlmodel import Session, col, select

from loyalty.accounts.accounts import account_keys
from loyalty.errors import LoyaltyError
from loyalty.programme.errors import Path, Problem, shown
from loyalty.programme.file.error_messages import Finding, findings
from loyalty.programme.file.source_tree import Node
from loyalty.programme.file.yaml_source import parse
from loyalty.programme.versions import NoProgrammeError, in_force
from loyalty.suggestions import nearest
from loyalty.webinars.create import EveryWeeks, OnDates, series_specs
from loyalty.webinars.details import AudienceSpec, WebinarSpec
from loyalty.webinars.errors import BadWebinarError
from loyalty.webinars.file.schema import WebinarFile, WebinarPart
from loyalty.webinars.local_time import start_instant
from loyalty.webinars.validate import audience_faults, webinar_faults
from storage.tables import Person

_AT: Path = ("webinar",)
_ELSEWHERE: Mapping[str, Path] = {"minutes": ("ends",), "link": ("place",), "series": ("dates",), "timezone": ("at",)}
"""Where else in a file a field may be said."""

_POINTS = Finding((*_AT, "points"), "the programme says what coming is worth, by a rule for the event Webinar Attended")


class WebinarFileError(LoyaltyError):
    """A file that is no webinar, with every problem found, in the order of its lines."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(f"{name}:{problem.line}: {problem.message}" for problem in self.problems))


@dataclass(frozen=True, slots=True)
class WebinarPlan:
    """What a file says is to be made: a webinar or a series, and who is invited by account."""

    spec: WebinarSpec
    repeat: EveryWeeks | OnDates | None
    audiences: Mapping[int, AudienceSpec]


def read_webinar_file(session: Session, source: str, *, name: str, now: dt.datetime) -> WebinarPlan:
    """Return what a file says; a `WebinarFileError` carries every problem with its line. Wants the operator's scope."""
    root, problems = parse(source, of="webinar", at_least="webinar: {key: …, title: …, at: …}")
    if root is None:
        raise WebinarFileError(name, problems)
    part, found = _part(root)
    if part is not None:
        plan, further = _plan(session, part, now)
        found += further
    problems += [_problem(root, finding) for finding in found]
    if problems or part is None:
        raise WebinarFileError(name, problems)
    return plan


def _part(root: Node) -> tuple[WebinarPart | None, list[Finding]]:
    plain = root.plain()
    if not isinstance(plain, dict):
        return None, [Finding((), f"a mapping with `webinar:` is wanted, not {shown(plain)}")]
    try:
        return WebinarFile.model_validate(plain, by_alias=True, by_name=False).webinar, []
    except ValidationError as error:
        return None, [_POINTS if each.path == _POINTS.path else each for each in findings(WebinarFile, error, ())]


def _plan(session: Session, part: WebinarPart, now: dt.datetime) -> tuple[WebinarPlan, list[Finding]]:
    found = [*_shape(part)]
    spec, keys = _spec(part), account_keys(session)
    people, wrong = _people(session, part, keys)
    found += [*wrong, *_unknown("accounts", "account", part.accounts, keys)]
    found += _unknown("tiers", "tier", part.tiers, _tiers(session))
    audiences = {
        keys[account]: AudienceSpec(
            roles=part.roles, tiers=part.tiers, people=tuple(people.get(keys[account], ())), reach=part.where
        )
        for account in part.accounts
        if account in keys
    }
    plan = WebinarPlan(spec, _repeat(part), audiences)
    if not found:
        faults = (*webinar_faults(spec, now=now), *audience_faults(session, audiences, now=now), *_series_faults(plan))
        found = [_finding(part, fault) for fault in faults]
    return plan, found


def _series_faults(plan: WebinarPlan) -> Iterator[BadWebinarError]:
    if plan.repeat is None:
        return
    try:
        series_specs(plan.spec, plan.repeat)
    except BadWebinarError as fault:
        yield fault


def _shape(part: WebinarPart) -> Iterator[Finding]:
    """Yield what is missing, or said twice."""
    if part.minutes is None and part.ends is None:
        yield Finding(_AT, "`minutes` is missing: how long it lasts, or `ends:`")
    if part.minutes is not None and part.ends is not None:
        yield Finding((*_AT, "ends"), "it says `minutes` as well: one of the two says how long it lasts")
    if part.link is None and part.place is None:
        yield Finding(_AT, "`link` is missing: an address that begins with https://, or `place:`")
    if part.link is not None and part.place is not None:
        yield Finding((*_AT, "place"), "it says `link` as well: one of the two says where it takes place")
    if not part.accounts:
        yield Finding(_AT, "`accounts` is missing: who is invited, like [northwind]")
    yield from _repetition(part)


def _repetition(part: WebinarPart) -> Iterator[Finding]:
    series = part.series
    if series is not None and (series.every is None) != (series.times is None):
        yield Finding((*_AT, "series"), "`every` and `times` go together, like every: 1 week, times: 4")
    ways = [bool(part.dates), series is not None and series.every is not None, bool(series and series.dates)]
    if sum(ways) > 1:
        yield Finding(
            (*_AT, "series"), "it is repeated in more than one way: say `every` and `times`, or `dates`, once"
        )
    if series is not None and part.course is not None and series.key != part.course.key:
        said = f"the course is `{part.course.key}` and the series `{series.key}`: a course is its series, of one key"
        yield Finding((*_AT, "course", "key"), said)


def _spec(part: WebinarPart) -> WebinarSpec:
    series = part.series.key if part.series else part.course.key if part.course else None
    return WebinarSpec(
        key=part.key,
        kind=part.kind,
        title=part.title,
        why=part.why,
        local_start=part.at,
        timezone=part.timezone,
        minutes=_minutes(part),
        fold=None if part.which is None else 0 if part.which == "first" else 1,
        link=part.link,
        place=part.place,
        seats=part.seats,
        remind=part.remind,
        min_minutes=part.min_minutes,
        recording=part.recording,
        survey=part.survey,
        series=series,
        complete=part.course.complete if part.course else None,
        organizer=part.organizer.lower() if part.organizer else None,
    )


def _minutes(part: WebinarPart) -> int:
    """Return how long it lasts, by the instants of its ends: a night on which clocks change is an hour longer."""
    if part.ends is None:
        return part.minutes or 0
    fold = 1 if part.which == "second" else 0
    try:
        starts, ends = (start_instant(local, part.timezone, None) for local in (part.at, part.ends))
    except BadWebinarError:
        # What is wrong with the start is said by itself; the length is then as the clocks show it.
        starts, ends = (local.replace(tzinfo=dt.UTC, fold=fold) for local in (part.at, part.ends))
    return int((ends - starts).total_seconds()) // 60


def _repeat(part: WebinarPart) -> EveryWeeks | OnDates | None:
    if part.series is not None and part.series.every is not None:
        return EveryWeeks(part.series.every, part.series.times or 1)
    dates = part.dates or (part.series.dates if part.series else ())
    return OnDates(dates) if dates else None


def _people(session: Session, part: WebinarPart, keys: Mapping[str, int]) -> tuple[dict[int, list[int]], list[Finding]]:
    """Return the people that are named, by account, and which are not there."""
    named, wrong = dict[int, list[int]](), list[Finding]()
    for index, each in enumerate(part.people):
        account, slash, person = each.partition("/")
        if not slash:
            account, person = (part.accounts[0] if len(part.accounts) == 1 else ""), each
        account_id = keys.get(account) if account in part.accounts else None
        found = None if account_id is None else _person(session, account_id, person)
        if account_id is not None and found is not None:
            named.setdefault(account_id, []).append(found)
            continue
        said = "write ACCOUNT/PERSON, an account that is invited and the product's user id"
        there = f"there is no person `{person}` in `{account}`" if account_id else f"`{each}` is of no invited account"
        wrong.append(Finding((*_AT, "people", index), f"{there}: {said}"))
    return named, wrong


def _person(session: Session, account_id: int, external_id: str) -> int | None:
    mine = (col(Person.account_id) == account_id, col(Person.external_id) == external_id)
    return session.exec(select(Person.id).where(*mine, col(Person.erased_at).is_(None))).first()


def _tiers(session: Session) -> tuple[str, ...]:
    try:
        tiers = in_force(session).programme.tiers
    except NoProgrammeError:
        return ()
    return tuple(tier.key for tier in tiers.members)


def _unknown(field: str, what: str, said: Collection[str], known: Collection[str]) -> Iterator[Finding]:
    for index, each in enumerate(said):
        if each not in known:
            yield Finding((*_AT, field, index), f"there is no {what} `{each}`{nearest(each, known)}")


def _finding(part: WebinarPart, fault: BadWebinarError) -> Finding:
    said = part.model_fields_set
    path: Path = (fault.field,)
    if fault.field not in said and _ELSEWHERE.get(fault.field, path)[0] in said:
        path = _ELSEWHERE[fault.field]
    twice = "" if fault.field != "at" or "say which" not in str(fault) else ", like which: first"
    return Finding((*_AT, *path), f"{fault}{twice}")


def _problem(root: Node, finding: Finding) -> Problem:
    path = finding.path
    line = root.line_of_key(path) if finding.of_key else root.line_of(path)
    steps = root.found(path[:-1] if finding.of_key else path)
    below = ".".join(step for step in steps[1:] if isinstance(step, str))
    return Problem(line, (f"`{below}`: " if below else "") + finding.message)
