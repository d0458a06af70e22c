"""An answer is recorded where it is one to its question, and refused with what would be."""

import pytest

from loyalty.surveys.answers import AnswerError, read_answer
from loyalty.surveys.questions import Answer, Question

NPS = Question("score", "nps")
SCALE = Question("size", "scale", lowest=-2, highest=2)
ROLE = Question("role", "choice", options=("admin", "analyst"))
USE = Question("use", "choices", options=("reports", "alerts", "export"))
WHY = Question("why", "text")


@pytest.mark.parametrize(
    ("question", "given", "answer"),
    [
        (NPS, 0, 0),
        (NPS, 10, 10),
        (SCALE, -2, -2),
        (ROLE, "admin", "admin"),
        (USE, ["export", "reports"], ("reports", "export")),
        (WHY, "  Too slow\r\non Mondays \0", "Too slow\r\non Mondays"),
        (WHY, "x" * 3000, "x" * 3000),
        (WHY, "a\ud800", "a?"),
    ],
)
def test_answers_are_taken_as_they_are_meant(question: Question, given: object, answer: Answer) -> None:
    assert read_answer(question, given) == answer


@pytest.mark.parametrize(
    ("question", "given", "sentence"),
    [
        (NPS, 11, "score: 11 is no answer; give a whole number from 0 to 10"),
        (NPS, True, "score: True is no answer; give a whole number from 0 to 10"),
        (NPS, "7", "score: '7' is no answer; give a whole number from 0 to 10"),
        (SCALE, 3, "size: 3 is no answer; give a whole number from -2 to 2"),
        (ROLE, "buyer", "role: 'buyer' is no option; choose of admin, analyst"),
        (USE, [], "use: [] chooses nothing; choose one or more, or pass over the question"),
        (USE, "reports", "use: 'reports' chooses nothing; choose one or more, or pass over the question"),
        (USE, ["sso"], "use: 'sso' is no option; choose of reports, alerts, export"),
        (WHY, 5, "why: 5 is no text"),
        (WHY, " \0 ", "why: the text is empty; write something, or pass over the question"),
        (WHY, "x" * 50_000, "why: 50,000 characters; write at most 3,000"),
    ],
)
def test_what_is_no_answer_is_refused(question: Question, given: object, sentence: str) -> None:
    with pytest.raises(AnswerError) as refusal:
        read_answer(question, given)
    assert str(refusal.value) == sentence
