"""What may be shown of a survey: worked out once at closing, and all that is kept of it then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loyalty.surveys.disclosure.cells import ACCOUNT, OTHER
from loyalty.surveys.disclosure.groups import Group, offer
from loyalty.surveys.disclosure.proof import Proof, prove
from loyalty.surveys.disclosure.suppression import Suppression, few, suppress, suppress_by
from loyalty.surveys.disclosure.unanimity import Tally
from loyalty.surveys.questions import Condition, Question
from loyalty.surveys.survey import Survey, shown_tally

MIN_TEXTS = 10
"""Of fewer texts nothing is shown, not even how many there are."""

Figures = dict[str, Any]
"""Of one question and one group: `answered`, and `distribution`, None for texts; a value not shown is None."""


@dataclass(frozen=True, slots=True)
class Release:
    """What may be shown: of groups by the main question, with its proof; of each question by the totals' names."""

    proof: Proof | None
    questions: Mapping[str, Mapping[str, Figures]]

    def as_json(self) -> dict[str, Any]:
        """Return the release as JSON, to be stored."""
        questions = {
            key: {
                name: shown | {"distribution": shown["distribution"] and list(map(list, shown["distribution"].items()))}
                for name, shown in by_group.items()
            }
            for key, by_group in self.questions.items()
        }
        return {"proof": self.proof.as_json() if self.proof else None, "questions": questions}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "Release":
        """Return the release that `as_json` made."""
        questions = {
            key: {
                name: shown | {"distribution": shown["distribution"] and dict(shown["distribution"])}
                for name, shown in by_group.items()
            }
            for key, by_group in record["questions"].items()
        }
        return cls(Proof.from_json(record["proof"]) if record["proof"] else None, questions)


def release(survey: Survey) -> Release:
    """Return what may be shown of the survey: everything where it is attributed, else what gives nobody away."""
    proof = _groups(survey)
    shown: dict[str, dict[str, Figures]] = {}
    for question in survey.questions:
        groups = _totals(survey, question, proof)
        for condition in question.conditions:
            # How many were asked tells what was answered before.
            groups = [group for group in groups if _tells_no_more(condition, shown[condition.question].get(group.name))]
        shown[question.key] = {group.name: _figures(survey, question, group) for group in groups}
    return Release(proof, shown)


def _tells_no_more(condition: Condition, earlier: Figures | None) -> bool:
    """Return whether all that the condition rests on is shown itself."""
    counts = (earlier and earlier["distribution"]) or {}
    return earlier is not None and all(
        number is not None for value, number in counts.items() if condition.allows(value)
    )


def _groups(survey: Survey) -> Proof | None:
    main = survey.main()
    if main is None:
        return None
    suppression = _suppressed(survey, _offered(survey), main)
    # What was merged is no account.
    accounts = [
        group.name
        for group in suppression.shown
        if [name for name, _ in group.by] == [ACCOUNT] and group.by[0][1] != OTHER
    ]
    return prove(suppression, _tallies(survey, main), by_account=accounts)


def _offered(survey: Survey) -> tuple[Group, ...]:
    dimensions = survey.dimensions
    if survey.privacy == "attributed" and ACCOUNT not in dimensions:
        # Nothing is hidden, so the figures by account are to be had whatever is broken down by.
        dimensions = (ACCOUNT, *dimensions)
    return offer([cell.by for cell in survey.cells], dimensions, survey.managers)


def _totals(survey: Survey, question: Question, proof: Proof | None) -> list[Group]:
    """Return the totals, everybody's and managers', of which the question may be shown."""
    totals = [group for group in _offered(survey) if not group.by]
    main = survey.main()
    if proof and main and question.key == main.key:
        return [group for group, _ in proof.released if not group.by]
    if survey.privacy != "attributed" and question.kind == "text":
        return [group for group in totals if not group.manager and _number(survey, question, group) >= MIN_TEXTS]
    return list(_suppressed(survey, totals, question).shown)


def _suppressed(survey: Survey, groups: Sequence[Group], question: Question) -> Suppression:
    if survey.privacy == "attributed":
        return Suppression(tuple(groups), ())
    if question.kind == "choices":
        # Each option is looked at by itself; here, only that enough answered.
        sizes = [cell.number(question.key) for cell in survey.cells]
        return suppress_by(groups, sizes, [few(sizes)])
    return suppress(groups, _tallies(survey, question))


def _tallies(survey: Survey, question: Question) -> list[Tally]:
    return [shown_tally(question, cell.answers.get(question.key, {})) for cell in survey.cells]


def _figures(survey: Survey, question: Question, group: Group) -> Figures:
    number = _number(survey, question, group)
    if question.kind == "text":
        return {"answered": number, "distribution": None}
    sums = {
        value: sum(survey.cells[cell].answers.get(question.key, {}).get(value, 0) for cell in group.cells)
        for value in question.possible()
    }
    if question.kind == "choices" and survey.privacy != "attributed":
        shown = set(_options_shown(survey, question, group))
        return {"answered": number, "distribution": {value: sums[value] if value in shown else None for value in sums}}
    return {"answered": number, "distribution": sums}


def _options_shown(survey: Survey, question: Question, group: Group) -> Iterator[str]:
    """Yield the options of which it may be shown how many of the group chose them."""
    totals = [each for each in _offered(survey) if not each.by]
    for option in question.options:
        tallies = []
        for cell in survey.cells:
            chosen = cell.answers.get(question.key, {}).get(option, 0)
            tallies.append({"chosen": chosen, "not": cell.number(question.key) - chosen})
        if group in suppress(totals, tallies).shown:
            yield option


def _number(survey: Survey, question: Question, group: Group) -> int:
    return sum(survey.cells[cell].number(question.key) for cell in group.cells)
