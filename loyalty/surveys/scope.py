"""Whose answers a reader's results are of, everybody's or a manager's accounts', and what was released of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from loyalty.surveys.disclosure.groups import Group, offer, offer_of, own_cells
from loyalty.surveys.disclosure.proof import Counts
from loyalty.surveys.figures.nps import AccountAnswers
from loyalty.surveys.release import Figures, Release
from loyalty.surveys.survey import Survey


@dataclass(frozen=True, slots=True)
class Scope:
    """The cells of a reader, by number, the accounts among those asked, and the released answers by group."""

    survey: Survey
    released: Release
    cells: tuple[int, ...]
    accounts_asked: Mapping[str, float | None]

    @property
    def is_shown(self) -> bool:
        """Whether there are figures: a confidential or anonymous survey has none until it is closed."""
        return self.survey.privacy == "attributed" or self.survey.state == "closed"

    @property
    def asked(self) -> int:
        """How many were invited."""
        return sum(self.survey.cells[cell].invited for cell in self.cells)

    @property
    def answered(self) -> int:
        """How many took part."""
        return sum(self.survey.cells[cell].answered for cell in self.cells)

    @property
    def skipped(self) -> int:
        """How many chose to skip it."""
        return sum(self.survey.cells[cell].skipped for cell in self.cells)

    def groups(self) -> list[Group]:
        """Return the groups that the reader is offered, the total first."""
        by = [cell.by for cell in self.survey.cells]
        return list(offer_of(by, self.cells, self.survey.dimensions))

    def tally(self, group: Group) -> Counts | None:
        """Return what was released of the group; None where it is hidden."""
        if not (self.is_shown and self.released.proof):
            return None
        of_same = (
            tally for each, tally in self.released.proof.released if (each.by, each.cells) == (group.by, group.cells)
        )
        return next(of_same, None)

    def accounts(self) -> list[AccountAnswers]:
        """Return the accounts that are shown and have answers: what the weighted figures are made of."""
        proof = self.released.proof
        if not (self.is_shown and proof):
            return []
        mine = frozenset(self.cells)
        return [
            AccountAnswers(group.by[0][1], tally, self.accounts_asked.get(group.by[0][1]))
            for group, tally in proof.released
            if group.name in proof.by_account and group.cells <= mine and any(tally.values())
        ]

    def figures(self, question: str) -> Figures | None:
        """Return what was released of a question for the whole scope; None where it is not shown."""
        if not self.is_shown:
            return None
        by_group = self.released.questions.get(question, {})
        # Managers of the same accounts share what was released of them, under the name of one.
        totals = offer([cell.by for cell in self.survey.cells], (), self.survey.managers)
        names = [group.name for group in totals if group.cells == frozenset(self.cells)]
        return next((by_group[name] for name in names if name in by_group), None)


def scope_of(survey: Survey, released: Release, manager: str | None) -> Scope:
    """Return the scope of a manager, or of everybody where none is named."""
    if manager is None:
        return Scope(survey, released, tuple(range(len(survey.cells))), survey.accounts)
    own = survey.managers.get(manager, ())
    cells = own_cells([cell.by for cell in survey.cells], own)
    asked = {account: worth for account, worth in survey.accounts.items() if account in own}
    return Scope(survey, released, tuple(cells), asked)
