"""Results are those counted by hand, and say of hidden groups nothing but that they are."""

import datetime as dt
import json
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from loyalty.surveys.disclosure.proof import verify
from loyalty.surveys.questions import Condition, Question
from loyalty.surveys.release import Release, release
from loyalty.surveys.results import results, trend_point
from loyalty.surveys.survey import CellAnswers, Survey
from tests.loyalty.surveys.algebra import given_away, indicator
from tests.loyalty.surveys.random_surveys import survey as drawn_survey

SCORE = Question("score", "nps")
CLOSED = dt.datetime(2026, 3, 31, 16, tzinfo=dt.UTC)


def cell(account: str, role: str, scores: dict[int | str, int], *, invited: int = 20, skipped: int = 0) -> CellAnswers:
    by = {"account": account, "role": role}
    return CellAnswers(by, invited, sum(scores.values()), skipped, {"score": scores})


NORTHWIND = cell("northwind", "analyst", {10: 4, 9: 2, 8: 2, 3: 2})
HANEUL = cell("haneul", "analyst", {9: 1, 7: 1, 6: 1, 0: 2}, skipped=1)

ATTRIBUTED = Survey(
    key="q1-nps", privacy="attributed", state="closed", questions=(SCORE,), dimensions=("account", "role"),
    cells=(NORTHWIND, HANEUL), accounts={"northwind": 90_000, "haneul": 10_000, "acme": 100_000},
    managers={"ewa": ["northwind", "acme"], "jun": ["haneul"]}, closed=CLOSED,
)  # fmt: skip


def shown(survey: Survey, manager: str | None = None) -> dict[str, Any]:
    """The results, from a release that was stored and read again."""
    kept = json.loads(json.dumps(release(survey).as_json()))
    return results(survey, Release.from_json(kept), manager=manager)


def test_an_attributed_nps_by_hand() -> None:
    found = shown(ATTRIBUTED)
    nps = found["nps"]
    # 7 promoters and 5 detractors of 15; 40 and −40; nine tenths and one tenth of these. With the three added,
    # (7.75 − 5.75) / 18 = 0.111, and 1.96 √((0.75 − 0.111²) / 18) = 0.397 to each side.
    assert nps["by_answer"] == {"score": 13.3, "low": -28.6, "high": 50.8, "n": 15, "method": "adjusted_wald"}
    assert nps["by_account"] == {"score": 0.0, "low": None, "high": None, "accounts": 2, "method": "too_few_accounts"}
    assert nps["by_value"] == {
        "score": 32.0, "low": None, "high": None, "value_share": 0.5, "method": "too_few_accounts",
    }  # fmt: skip
    assert found["response"] == {"asked": 40, "answered": 15, "skipped": 1, "rate": 0.375}
    assert found["shown"] == {"accounts": 2, "of": 3}
    assert [(group["by"], group["score"], group["hidden"]) for group in found["groups"]] == [
        ({"account": "haneul"}, -40.0, False),
        ({"account": "northwind"}, 40.0, False),
        ({"role": "analyst"}, 13.3, False),
        ({"account": "haneul", "role": "analyst"}, -40.0, False),
        ({"account": "northwind", "role": "analyst"}, 40.0, False),
    ]
    assert (found["survey"], found["state"], found["closed"]) == ("q1-nps", "closed", "2026-03-31T16:00:00+00:00")


def test_a_manager_sees_their_own_accounts() -> None:
    found = shown(ATTRIBUTED, "jun")
    assert (found["asked"], found["answered"], found["shown"]) == (20, 5, {"accounts": 1, "of": 1})
    assert found["nps"]["by_answer"]["score"] == -40
    assert [group["by"] for group in found["groups"]] == [
        {"account": "haneul"}, {"role": "analyst"}, {"account": "haneul", "role": "analyst"},
    ]  # fmt: skip
    assert found["questions"][0]["mean"] == 4.4
    assert shown(ATTRIBUTED, "nobody")["nps"] == {"by_answer": None, "by_account": None, "by_value": None}


def test_a_confidential_survey_hides_who_would_be_few() -> None:
    few = cell("acme", "buyer", {10: 2, 2: 1})
    survey = replace(
        ATTRIBUTED,
        privacy="confidential",
        cells=(NORTHWIND, HANEUL, few),
        dimensions=("account",),
        managers={"jun": ["haneul"]},
    )
    found = shown(survey)
    nothing = {"answered": None, "hidden": True, "score": None, "low": None, "high": None}
    assert found["groups"][0] == {"by": {"account": "acme"}} | nothing
    assert found["groups"][1] == {"by": {"account": "haneul"}} | nothing
    assert (found["groups"][2]["answered"], found["groups"][2]["score"]) == (10, 40.0)
    assert found["nps"]["by_account"]["accounts"] == 1
    assert found["nps"]["by_value"]["value_share"] == 0.45
    assert shown(survey, "jun")["nps"] == {"by_answer": None, "by_account": None, "by_value": None}
    proof = release(survey).proof
    assert proof is not None
    assert verify(proof) == ()


@pytest.mark.parametrize("privacy", ["confidential", "anonymous"])
def test_until_it_is_closed_there_is_nothing_to_watch(privacy: Any) -> None:
    found = shown(replace(ATTRIBUTED, privacy=privacy, state="open", closed=None))
    assert (found["nps"], found["groups"], found["trend"], found["themes"]) == (None, [], [], [])
    assert found["questions"][0] == {
        "key": "score", "kind": "nps", "answered": None, "mean": None, "low": None, "high": None, "distribution": None,
    }  # fmt: skip
    assert found["response"]["answered"] == 15


def test_where_all_of_the_invited_answered_nothing_is_left_to_chance() -> None:
    cells = (replace(NORTHWIND, invited=10), replace(HANEUL, invited=5))
    everybody = replace(ATTRIBUTED, cells=cells, accounts={"northwind": 90_000, "haneul": 10_000})
    nps = shown(everybody)["nps"]
    assert nps["by_answer"] == {"score": 13.3, "low": 13.3, "high": 13.3, "n": 15, "method": "census"}
    assert nps["by_account"] == {"score": 0.0, "low": 0.0, "high": 0.0, "accounts": 2, "method": "census"}
    assert nps["by_value"] == {"score": 32.0, "low": 32.0, "high": 32.0, "value_share": 1.0, "method": "census"}


def test_the_trend_has_a_point_where_the_total_is_shown() -> None:
    point = {"survey": "q1-nps", "closed": "2026-03-31T16:00:00+00:00", "score": 13.3, "low": -28.6, "high": 50.8}
    assert trend_point(ATTRIBUTED, release(ATTRIBUTED)) == point
    agreed = replace(ATTRIBUTED, privacy="confidential", cells=(cell("northwind", "analyst", {9: 8, 3: 1}),))
    assert trend_point(agreed, release(agreed)) is None
    assert results(ATTRIBUTED, release(ATTRIBUTED), trend=[point])["trend"] == [point]


MORE = Question("more", "csat", (Condition("score", at_most=6),))
USE = Question("use", "choices", options=("reports", "alerts", "export"))
ALERTS = Question("alerts", "ces", (Condition("use", value="alerts"),))
WHY = Question("why", "text")


def many(**changes: Any) -> Survey:
    """A confidential survey of several questions, in one cell."""
    facts: dict[str, Any] = {
        "by": {"account": "northwind", "role": "analyst"}, "invited": 30, "answered": 20,
        "answers": {
            "score": {10: 8, 7: 5, 2: 7}, "more": {1: 3, 2: 4}, "use": {"reports": 12, "alerts": 8, "export": 1},
            "alerts": {3: 4, 7: 4},
        },
        "given": {"use": 20, "why": 12},
    }  # fmt: skip
    cells = (CellAnswers(**(facts | changes)),)
    questions = (SCORE, MORE, USE, ALERTS, WHY)
    return replace(ATTRIBUTED, privacy="confidential", questions=questions, cells=cells, dimensions=())


def questions_of(survey: Survey) -> dict[str, Any]:
    return {question["key"]: question for question in shown(survey)["questions"]}


def test_every_question_has_its_mean_and_distribution() -> None:
    found = questions_of(many())
    assert (found["more"]["answered"], found["more"]["mean"]) == (7, 1.57)
    assert found["more"]["distribution"] == [
        {"value": 1, "answers": 3}, {"value": 2, "answers": 4}, {"value": 3, "answers": 0}, {"value": 4, "answers": 0},
        {"value": 5, "answers": 0},
    ]  # fmt: skip
    assert (found["alerts"]["mean"], found["why"]["answered"], found["why"]["distribution"]) == (5.0, 12, None)
    assert found["use"]["mean"] is None


def test_an_option_that_all_but_one_passed_over_is_not_shown() -> None:
    assert questions_of(many())["use"]["distribution"] == [
        {"value": "reports", "answers": 12}, {"value": "alerts", "answers": 8}, {"value": "export", "answers": None},
    ]  # fmt: skip


def test_a_question_is_hidden_with_the_one_that_it_hangs_on() -> None:
    assert [*many().cells[0].answers] == ["score", "more", "use", "alerts"]
    agreed = questions_of(many(answers={"score": {2: 20}, "more": {1: 10, 2: 10}}))
    assert (agreed["score"]["answered"], agreed["more"]["answered"]) == (None, None)
    option = questions_of(many(answers={"use": {"alerts": 19, "reports": 9}, "alerts": {3: 9, 7: 10}}))
    assert (option["use"]["answered"], option["alerts"]["answered"]) == (20, None)


def test_fewer_than_ten_texts_are_not_even_counted() -> None:
    assert questions_of(many(given={"why": 9}))["why"]["answered"] is None
    attributed = replace(many(given={"why": 9}), privacy="attributed")
    assert questions_of(attributed)["why"]["answered"] == 9


def test_a_survey_without_an_nps_shows_groups_by_the_mean_of_its_first_rated_question() -> None:
    csat = Question("happy", "csat")
    cells = (CellAnswers({"account": "haneul"}, 20, 8, answers={"happy": {2: 2, 4: 3, 5: 3}}),)
    found = shown(replace(ATTRIBUTED, questions=(WHY, csat), cells=cells, dimensions=("account",)))
    assert found["nps"] is None
    assert found["groups"][0]["score"] == 3.88
    nothing = shown(replace(ATTRIBUTED, questions=(WHY,), cells=cells, dimensions=("account",)))
    assert (nothing["groups"], nothing["nps"]) == ([], None)


@pytest.mark.parametrize("seed", range(40))
def test_no_question_gives_anybody_away_by_the_totals_of_managers(seed: int) -> None:
    drawn, chance = drawn_survey(seed), random.Random(seed)  # noqa: S311 - drawn again alike, and no secret
    cells = []
    for by, tally in zip(drawn.cells, drawn.tallies, strict=True):
        people = sum(tally.values())
        ratings: Counter[int | str] = Counter(chance.choices((4, 5), k=people))
        cells.append(CellAnswers(by, people + 3, people, answers={"score": {9: people}, "happy": ratings}))
    survey = replace(
        ATTRIBUTED, privacy="confidential", cells=tuple(cells), managers=drawn.managers,
        questions=(SCORE, Question("happy", "csat")), dimensions=drawn.dimensions,
    )  # fmt: skip
    released = release(survey).questions
    assert released["score"] == {}
    groups = [group for group in drawn.everything() if group.name in released["happy"]]
    tallies = [{str(value): number for value, number in each.answers["happy"].items()} for each in cells]
    assert not given_away([indicator(group.cells, len(cells)) for group in groups], tallies)


@pytest.mark.parametrize("seed", range(60))
def test_all_results_of_all_readers_together_give_nobody_away(seed: int) -> None:
    drawn = drawn_survey(seed)
    classes: dict[str, int | str] = {"promoter": 10, "passive": 8, "detractor": 0}
    cells = []
    for by, tally in zip(drawn.cells, drawn.tallies, strict=True):
        scores = {classes[name]: number for name, number in tally.items()}
        cells.append(CellAnswers(by, sum(scores.values()) + 2, sum(scores.values()), answers={"score": scores}))
    survey = replace(
        ATTRIBUTED, privacy="confidential", cells=tuple(cells), managers=drawn.managers, dimensions=drawn.dimensions,
    )  # fmt: skip
    rows = [row for reader in (None, *drawn.managers) for row in rows_of(survey, reader)]
    assert not given_away(rows, drawn.tallies)


def rows_of(survey: Survey, reader: str | None) -> list[list[Fraction]]:
    """Every figure that the reader's results have, as a sum over cells; each is checked to be what its cells give."""
    own = survey.accounts if reader is None else survey.managers[reader]
    mine = [number for number, each in enumerate(survey.cells) if reader is None or each.by["account"] in own]
    found, count, rows = shown(survey, reader), len(survey.cells), []
    if found["nps"]["by_answer"]:
        assert found["nps"]["by_answer"]["n"] == sum(survey.cells[number].answered for number in mine)
        rows.append(indicator(mine, count))
    by_account = [Fraction(0)] * count
    for group in found["groups"]:
        inside = [number for number in mine if group["by"].items() <= dict(survey.cells[number].by).items()]
        answered = sum(survey.cells[number].answered for number in inside)
        if not group["hidden"]:
            assert group["answered"] == answered
            rows.append(indicator(inside, count))
        if not group["hidden"] and [*group["by"]] == ["account"]:
            by_account = [x + Fraction(number in inside, answered) for number, x in enumerate(by_account)]
    accounts = found["nps"]["by_account"] and found["nps"]["by_account"]["accounts"]
    assert (accounts or 0) == sum(1 for x in found["groups"] if not x["hidden"] and [*x["by"]] == ["account"])
    if found["questions"][0]["distribution"]:
        rows.append(indicator(mine, count))
    return [*rows, by_account]
