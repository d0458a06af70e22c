"""What is wrong with a survey's questions: conditions that never hold, bounds, options."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loyalty.surveys.disclosure.cells import Privacy
from loyalty.surveys.questions import Condition, Question

MAX_QUESTIONS = 10
MAX_OPTIONS = 20
MAX_SCALE_STEPS = 11


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: with which question, None for the survey; and a sentence."""

    question: str | None
    sentence: str


def check(questions: Sequence[Question], *, privacy: Privacy) -> tuple[Problem, ...]:
    """Return what is wrong with the questions, in their order; nothing where all is well."""
    return tuple(_problems(questions, privacy))


def _problems(questions: Sequence[Question], privacy: Privacy) -> Iterator[Problem]:
    if not 1 <= len(questions) <= MAX_QUESTIONS:
        yield Problem(None, f"{len(questions)} questions; a survey has 1 to {MAX_QUESTIONS}")
    earlier: dict[str, Question] = {}
    for question in questions:
        sentences = [*_key(question, earlier), *_shape(question), *_conditions(question, earlier)]
        if privacy == "anonymous" and question.kind == "text" and question.conditions:
            sentences.append("a text of an anonymous survey would show what was answered before; ask it of everybody")
        yield from (Problem(question.key, sentence) for sentence in sentences)
        earlier.setdefault(question.key, question)


def _key(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    if question.key in earlier:
        yield f"there are two questions {question.key}; give each a key of its own"


def _shape(question: Question) -> Iterator[str]:
    if question.kind in {"choice", "choices"}:
        if not 2 <= len(question.options) <= MAX_OPTIONS:
            yield f"{len(question.options)} options; give 2 to {MAX_OPTIONS}"
        if len(set(question.options)) < len(question.options):
            yield "an option stands twice; give each once"
    elif question.options:
        yield f"{question.kind} has no options; make it a choice, or leave them out"
    if question.kind == "scale" and not 2 <= question.highest - question.lowest + 1 <= MAX_SCALE_STEPS:
        yield f"a scale from {question.lowest} to {question.highest}; give it 2 to {MAX_SCALE_STEPS} steps"


def _conditions(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    sound = True
    for condition in question.conditions:
        sentence = _never_by_itself(condition, earlier.get(condition.question))
        if sentence:
            sound = False
            yield sentence
    if sound:
        yield from _never_together(question, earlier)


def _never_by_itself(condition: Condition, on: Question | None) -> str | None:
    if on is None:
        return f"it hangs on {condition.question}, which is not asked before it; ask that first"
    if on.kind == "text":
        return f"it hangs on {on.key}, a text; let it hang on a number or a choice"
    if any(condition.allows(answer) for answer in on.possible()):
        return None
    low, high = on.bounds
    answers = ", ".join(on.options) or f"{low} to {high}"
    return f"it is never asked: it wants {condition}, and the answers to {on.key} are {answers}"


def _never_together(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    """Find a question of which no answer meets all that is wanted of it, here and by what this one hangs on."""
    wanted: dict[str, list[tuple[str, Condition]]] = {}
    for asker, condition in _all_conditions(question, earlier):
        wanted.setdefault(condition.question, []).append((asker, condition))
    for key, conditions in wanted.items():
        on = earlier[key]
        # Of several options chosen, each condition may find its own.
        if on.kind == "choices" or any(
            all(condition.allows(answer) for _, condition in conditions) for answer in on.possible()
        ):
            continue
        reasons = " and ".join(
            f"{condition}" + ("" if asker == question.key else f" (since {asker} does)")
            for asker, condition in conditions
        )
        yield f"it is never asked: it wants {reasons}, which cannot be at once"


def _all_conditions(question: Question, earlier: Mapping[str, Question]) -> list[tuple[str, Condition]]:
    """Return the question's conditions and those of all it hangs on, each once with whose it is."""
    found = [(question.key, condition) for condition in question.conditions]
    for _, condition in found:
        on = earlier.get(condition.question)
        if on:
            found += [(on.key, each) for each in on.conditions if (on.key, each) not in found]
    return found
