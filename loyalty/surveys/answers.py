"""One answer to one question, as it may be recorded."""

from collections.abc import Sequence

from loyalty.surveys.questions import RATED, Answer, Question

MAX_TEXT_CHARS = 3_000


class AnswerError(ValueError):
    """What was given is no answer to the question."""


def read_answer(question: Question, given: object) -> Answer:
    """Return what was given as the question's answer. Raises AnswerError where it is none."""
    if question.kind in RATED:
        return _number(question, given)
    if question.kind == "text":
        return _text(question, given)
    return _chosen(question, given) if question.kind == "choices" else _option(question, given)


def _number(question: Question, given: object) -> int:
    low, high = question.bounds
    # True is an int to Python, not to people.
    if isinstance(given, bool) or not isinstance(given, int) or not low <= given <= high:
        raise AnswerError(f"{question.key}: {given!r} is no answer; give a whole number from {low} to {high}")
    return given


def _option(question: Question, given: object) -> str:
    if not isinstance(given, str) or given not in question.options:
        raise AnswerError(f"{question.key}: {given!r} is no option; choose of {', '.join(question.options)}")
    return given


def _chosen(question: Question, given: object) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Sequence) or not given:
        raise AnswerError(f"{question.key}: {given!r} chooses nothing; choose one or more, or pass over the question")
    chosen = {_option(question, each) for each in given}
    return tuple(option for option in question.options if option in chosen)


def _text(question: Question, given: object) -> str:
    if not isinstance(given, str):
        raise AnswerError(f"{question.key}: {given!r} is no text")
    # PostgreSQL stores no NUL, and no half of a pair of surrogates can be written down.
    text = given.replace("\0", "").encode(errors="replace").decode().strip()
    if not text:
        raise AnswerError(f"{question.key}: the text is empty; write something, or pass over the question")
    if len(text) > MAX_TEXT_CHARS:
        raise AnswerError(f"{question.key}: {len(text):,} characters; write at most {MAX_TEXT_CHARS:,}")
    return text
