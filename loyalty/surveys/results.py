"""A survey's results as JSON, from what was released of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from loyalty.surveys.disclosure.groups import Group
from loyalty.surveys.disclosure.proof import Counts
from loyalty.surveys.figures import nps
from loyalty.surveys.figures.intervals import Interval, adjusted_wald, census
from loyalty.surveys.questions import RATED, Question
from loyalty.surveys.release import Release
from loyalty.surveys.scope import Scope, scope_of
from loyalty.surveys.survey import Survey

Json = dict[str, Any]

SCORE_DECIMALS = 1
MEAN_DECIMALS = 2
SHARE_DECIMALS = 3

_NO_FIGURE: dict[str, float | None] = {"score": None, "low": None, "high": None}


def results(
    survey: Survey,
    released: Release,
    *,
    manager: str | None = None,
    trend: Iterable[Json] = (),
    themes: Iterable[Json] = (),
) -> Json:
    """Return the results for a manager's accounts, or for all accounts where none is named.

    Of the survey only what is no answer is read: its questions, how many were invited and took part. Until it is closed
    a confidential or anonymous one has no figures. `trend` has the points of the rounds, `themes` those of the texts.
    """
    scope = scope_of(survey, released, manager)
    return {
        "survey": survey.key,
        "state": survey.state,
        "closed": survey.closed.isoformat() if survey.closed else None,
        "privacy": survey.privacy,
        "asked": scope.asked,
        "answered": scope.answered,
        "response": _response(scope),
        "nps": _nps(scope),
        "questions": [_question(scope, question) for question in survey.questions],
        "groups": _groups(scope),
        "shown": {"accounts": len(scope.accounts()), "of": len(scope.accounts_asked)},
        "trend": list(trend) if scope.is_shown else [],
        "themes": list(themes) if scope.is_shown else [],
    }


def trend_point(survey: Survey, released: Release, *, manager: str | None = None) -> Json | None:
    """Return the survey's point in the trend over rounds; None where its NPS is not shown."""
    found = _nps(scope_of(survey, released, manager))
    if found is None or found["by_answer"] is None:
        return None
    figure = {name: found["by_answer"][name] for name in _NO_FIGURE}
    return {"survey": survey.key, "closed": survey.closed.isoformat() if survey.closed else None, **figure}


def _response(scope: Scope) -> Json:
    rate = round(scope.answered / scope.asked, SHARE_DECIMALS) if scope.asked else None
    return {"asked": scope.asked, "answered": scope.answered, "skipped": scope.skipped, "rate": rate}


def _nps(scope: Scope) -> Json | None:
    main = scope.survey.main()
    if not scope.is_shown or main is None or main.kind != "nps":
        return None
    accounts = scope.accounts()
    answers = sum(sum(each.answers.values()) for each in accounts)
    everybody = len(accounts) == len(scope.accounts_asked) and answers == scope.asked
    return {
        "by_answer": _by_answer(scope),
        "by_account": _by_account(accounts, everybody=everybody),
        "by_value": _by_value(scope, accounts, everybody=everybody),
    }


def _by_answer(scope: Scope) -> Json | None:
    total = scope.groups()[0] if scope.cells else None
    tally = scope.tally(total) if total else None
    if not (total and tally):
        return None
    figure = nps.by_answer(tally, everybody=_is_everybody(scope, total, tally))
    return _rounded(figure, SCORE_DECIMALS) | {"n": sum(tally.values()), "method": figure.method}


def _by_account(accounts: Sequence[nps.AccountAnswers], *, everybody: bool) -> Json | None:
    figure = nps.by_account(accounts, everybody=everybody)
    if figure is None:
        return None
    return _rounded(figure, SCORE_DECIMALS) | {"accounts": len(accounts), "method": figure.method}


def _by_value(scope: Scope, accounts: Sequence[nps.AccountAnswers], *, everybody: bool) -> Json | None:
    figure = nps.by_value(accounts, everybody=everybody)
    if figure is None:
        return None
    whole = sum(worth or 0 for worth in scope.accounts_asked.values())
    share = sum(each.yearly_value or 0 for each in accounts) / whole
    return _rounded(figure, SCORE_DECIMALS) | {"value_share": round(share, SHARE_DECIMALS), "method": figure.method}


def _groups(scope: Scope) -> list[Json]:
    """Return every group that the reader is offered but the total; a hidden one says nothing."""
    main = scope.survey.main()
    if not scope.is_shown or main is None:
        return []
    return [_group(scope, main, group) for group in scope.groups() if group.by]


def _group(scope: Scope, main: Question, group: Group) -> Json:
    tally = scope.tally(group)
    if tally is None:
        return {"by": dict(group.by), "answered": None, "hidden": True, **_NO_FIGURE}
    figure = _main_figure(main, tally, everybody=_is_everybody(scope, group, tally)) if tally else _NO_FIGURE
    return {"by": dict(group.by), "answered": sum(tally.values()), "hidden": False, **figure}


def _is_everybody(scope: Scope, group: Group, tally: Counts) -> bool:
    return sum(tally.values()) == sum(scope.survey.cells[cell].invited for cell in group.cells)


def _main_figure(main: Question, tally: Counts, *, everybody: bool) -> Json:
    if main.kind == "nps":
        return _rounded(nps.by_answer(tally, everybody=everybody), SCORE_DECIMALS)
    answers = {int(value): number for value, number in tally.items()}
    return _rounded(_mean(main, answers, everybody=everybody), MEAN_DECIMALS)


def _question(scope: Scope, question: Question) -> Json:
    shape = {"key": question.key, "kind": question.kind}
    figures = scope.figures(question.key)
    distribution: Mapping[int | str, int | None] = (figures and figures["distribution"]) or {}
    answers = {value: number for value, number in distribution.items() if isinstance(value, int) and number}
    mean = _NO_FIGURE
    if question.kind in RATED and answers:
        everybody = sum(answers.values()) == scope.asked
        mean = _rounded(_mean(question, answers, everybody=everybody), MEAN_DECIMALS)
    return {
        **shape,
        "answered": figures and figures["answered"],
        "mean": mean["score"],
        "low": mean["low"],
        "high": mean["high"],
        "distribution": [{"value": value, "answers": number} for value, number in distribution.items()] or None,
    }


def _mean(question: Question, answers: Mapping[int, int], *, everybody: bool) -> Interval:
    lowest, highest = question.bounds
    found = adjusted_wald({float(value): number for value, number in answers.items()}, lowest=lowest, highest=highest)
    return census(found.value) if everybody else found


def _rounded(figure: Interval, decimals: int) -> dict[str, float | None]:
    ends = {"score": figure.value, "low": figure.low, "high": figure.high}
    # Minus zero becomes zero.
    return {name: None if value is None else round(value, decimals) + 0.0 for name, value in ends.items()}
