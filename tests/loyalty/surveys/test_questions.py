"""Questions are asked in their order, as earlier answers have it; what can never be asked is found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.surveys.check_questions import Problem, check
from loyalty.surveys.questions import Answer, Condition, Question, kept_answers, next_question

SCORE = Question("score", "nps")
WHY = Question("why", "text", (Condition("score", at_most=6),))
USE = Question("use", "choices", options=("reports", "alerts", "export"))
ALERTS = Question("alerts", "csat", (Condition("use", value="alerts"), Condition("score", at_least=3)))
SURVEY = (SCORE, WHY, USE, ALERTS)


def test_the_next_question_follows_from_the_answers() -> None:
    answers: dict[str, Answer | None] = {}
    asked = []
    given_answers: dict[str, Answer | None] = {"score": 6, "why": None, "use": ("reports", "alerts"), "alerts": 4}
    while question := next_question(SURVEY, answers):
        asked.append(question.key)
        answers[question.key] = given_answers[question.key]
    assert asked == ["score", "why", "use", "alerts"]
    assert next_question(SURVEY, {"score": 9}) == USE
    assert next_question(SURVEY, {"score": 9, "use": ("reports",)}) is None
    assert next_question(SURVEY, {"score": None, "use": ("alerts",)}) is None


def test_an_answer_falls_away_with_the_one_that_it_hung_on() -> None:
    answers: dict[str, Answer | None] = {"score": 9, "why": "Slow", "use": ("alerts",), "alerts": None}
    assert kept_answers(SURVEY, answers) == {"score": 9, "use": ("alerts",)}


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (Condition("score", at_least=3, at_most=5), [3, 4, 5]),
        (Condition("score", among=(1, 9)), [1, 9]),
        (Condition("score", value=0), [0]),
    ],
)
def test_conditions_allow_what_they_say(condition: Condition, wanted: list[int]) -> None:
    assert [answer for answer in range(11) if condition.holds({"score": answer})] == wanted


def test_a_good_survey_has_no_problems() -> None:
    assert check(SURVEY, privacy="confidential") == ()


def sentences(*questions: Question) -> list[str]:
    return [problem.sentence for problem in check(questions, privacy="attributed")]


def test_a_condition_that_never_holds_is_named_with_the_reason() -> None:
    assert check([SCORE, Question("more", "csat", (Condition("score", at_least=11),))], privacy="attributed") == (
        Problem("more", "it is never asked: it wants score at least 11, and the answers to score are 0 to 10"),
    )
    assert sentences(USE, Question("more", "csat", (Condition("use", among=("sso", "api")),))) == [
        "it is never asked: it wants use one of sso, api, and the answers to use are reports, alerts, export"
    ]
    assert sentences(Question("more", "csat", (Condition("score", value=3),)), SCORE) == [
        "it hangs on score, which is not asked before it; ask that first"
    ]
    assert sentences(SCORE, WHY, Question("more", "csat", (Condition("why", value="x"),))) == [
        "it hangs on why, a text; let it hang on a number or a choice"
    ]


def test_conditions_that_cannot_hold_together_are_named() -> None:
    low = Question("low", "ces", (Condition("score", at_most=6),))
    assert sentences(
        SCORE, low, Question("more", "csat", (Condition("low", value=7), Condition("score", value=9)))
    ) == ["it is never asked: it wants score 9 and score at most 6 (since low does), which cannot be at once"]
    both = (Condition("use", value="alerts"), Condition("use", value="export"))
    assert sentences(USE, Question("more", "csat", both)) == []
    one = Question("role", "choice", options=("alerts", "export"))
    assert (
        len(
            sentences(
                one, Question("more", "csat", (Condition("role", value="alerts"), Condition("role", value="export")))
            )
        )
        == 1
    )


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(-1, 4), st.integers(0, 6)), max_size=3))
def test_a_question_is_named_exactly_where_no_answers_lead_to_it(tests: list[tuple[int, int, int]]) -> None:
    first, second = Question("q0", "scale", lowest=0, highest=4), Question("q1", "scale", (Condition("q0", at_most=2),))
    conditions = tuple(Condition(f"q{on}", at_least=low, at_most=high) for on, low, high in tests)
    last = Question("q2", "csat", conditions)
    reached = any(
        last.is_asked(kept_answers((first, second), {"q0": one, "q1": other}))
        for one in range(5)
        for other in range(1, 6)
    )
    named = {problem.question for problem in check((first, second, last), privacy="attributed")}
    assert named == (set() if reached else {"q2"})


def test_a_text_of_an_anonymous_survey_is_asked_of_everybody() -> None:
    assert check([SCORE, WHY], privacy="anonymous") == (
        Problem("why", "a text of an anonymous survey would show what was answered before; ask it of everybody"),
    )
    assert check([SCORE, Question("why", "text")], privacy="anonymous") == ()


def test_shapes_are_looked_at() -> None:
    assert sentences() == ["0 questions; a survey has 1 to 10"]
    assert sentences(*(Question(f"q{number}", "csat") for number in range(11))) == [
        "11 questions; a survey has 1 to 10"
    ]
    assert sentences(SCORE, SCORE) == ["there are two questions score; give each a key of its own"]
    assert sentences(Question("a", "choice", options=("x",))) == ["1 options; give 2 to 20"]
    assert sentences(Question("a", "choices", options=("x", "x"))) == ["an option stands twice; give each once"]
    assert sentences(Question("a", "nps", options=("x", "y"))) == [
        "nps has no options; make it a choice, or leave them out"
    ]
    assert sentences(Question("a", "scale", lowest=3, highest=3)) == ["a scale from 3 to 3; give it 2 to 11 steps"]
