"""Nothing about few, nor about people who agree, comes of all that is shown to everybody together."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.surveys.disclosure import suppression, unanimity
from loyalty.surveys.disclosure.groups import Group, offer
from loyalty.surveys.disclosure.suppression import Suppression, put_back, suppress
from tests.loyalty.surveys.algebra import Row, given_away, greedy, indicator
from tests.loyalty.surveys.random_surveys import CLASSES, Survey, survey

SURVEYS = int(os.environ.get("LAURELS_SURVEYS", "200"))
"""How many surveys the law is tried on; 1,000 by LAURELS_SURVEYS=1000."""

Shown = tuple[Survey, Sequence[Group], Sequence[Group]]


def figures(drawn: Survey, shown: Iterable[Group], weighted: Iterable[Group]) -> list[Row]:
    """Every figure shown: the groups, and the mean of the scores of the accounts in `weighted`, by hand."""
    count = len(drawn.tallies)
    rows = [indicator(group.cells, count) for group in shown]
    mean = [Fraction(0)] * count
    for group in weighted:
        answers = sum(sum(drawn.tallies[cell].values()) for cell in group.cells)
        for cell in group.cells if answers else ():
            mean[cell] += Fraction(1, answers)
    return [*rows, mean]


def accounts_of(groups: Iterable[Group]) -> list[Group]:
    return [group for group in groups if len(group.by) == 1 and group.by[0][0] == "account"]


def as_designed(drawn: Survey) -> Shown:
    shown = suppress(drawn.everything(), drawn.tallies).shown
    return drawn, shown, accounts_of(shown)


def broken(rule: Callable[[Survey], Shown], seeds: Iterable[int]) -> Iterable[int]:
    """The surveys of which something is given away."""
    for seed in seeds:
        drawn, shown, weighted = rule(survey(seed))
        if given_away(figures(drawn, shown, weighted), drawn.tallies):
            yield seed


@pytest.mark.parametrize("part", range(10))
def test_no_reader_and_not_all_together_learn_of_few_or_of_people_who_agree(part: int) -> None:
    assert list(broken(as_designed, range(part, SURVEYS, 10))) == []


@pytest.mark.parametrize("part", range(2))
def test_nor_do_they_where_groups_are_put_back(part: int) -> None:
    def rule(drawn: Survey) -> Shown:
        shown = put_back(suppress(drawn.everything(), drawn.tallies), drawn.tallies).shown
        return drawn, shown, accounts_of(shown)

    assert list(broken(rule, range(part, SURVEYS // 4, 2))) == []


def test_the_law_fails_without_a_least_number_of_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "MIN_GROUP_ANSWERS", 4)
    assert any(True for _ in broken(as_designed, range(100)))


def test_the_law_fails_where_answers_that_agree_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "agreement", lambda _: [])
    assert any(True for _ in broken(as_designed, range(100)))


def test_the_law_fails_where_all_but_one_may_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unanimity, "MAX_DISSENTING_ANSWERS", 0)
    assert any(True for _ in broken(as_designed, range(100)))


def test_the_law_fails_where_only_each_group_by_itself_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "_unrevealing", lambda groups, _sizes, _measures: groups)
    assert any(True for _ in broken(as_designed, range(100)))


def test_the_law_fails_where_only_single_cells_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def single(target: dict[int, int], columns: dict[int, dict[int, int]], _costs: object, _limit: int) -> bool:
        return any(
            target.keys() == column.keys() and len({Fraction(target[at], column[at]) for at in target}) == 1
            for column in columns.values()
        )

    monkeypatch.setattr(suppression, "reaches", single)
    assert any(True for _ in broken(as_designed, range(100)))


def test_the_law_fails_where_each_reader_is_looked_at_alone() -> None:
    def rule(drawn: Survey) -> Shown:
        everything = drawn.everything()
        shown: list[Group] = []
        for manager in (None, *drawn.managers):
            offered = [group for group in everything if group.manager == manager]
            shown += suppress(offered, drawn.tallies).shown
        return drawn, shown, accounts_of(shown)

    assert any(True for _ in broken(rule, range(100)))


def test_the_law_fails_where_a_weighted_figure_is_made_of_hidden_accounts_too() -> None:
    def rule(drawn: Survey) -> Shown:
        everything = drawn.everything()
        return drawn, suppress(everything, drawn.tallies).shown, accounts_of(everything)

    assert any(True for _ in broken(rule, range(100)))


TALLIES = st.lists(st.dictionaries(st.sampled_from(CLASSES), st.integers(0, 5), min_size=1), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(TALLIES, st.data())
def test_the_groups_are_those_that_hiding_one_by_one_leaves(tallies: list[dict[str, int]], data: st.DataObject) -> None:
    sets = data.draw(st.sets(st.frozensets(st.integers(0, len(tallies) - 1), min_size=1), min_size=1, max_size=7))
    groups = [Group(f"{sorted(cells)}", cells, len(cells)) for cells in sets]
    sizes = [sum(tally.values()) for tally in tallies]
    ordered = suppression.in_order([group for group in groups if any(sizes[cell] for cell in group.cells)], sizes)
    stay = greedy([frozenset(cell for cell in group.cells if sizes[cell]) for group in ordered], tallies)
    shown = suppress(groups, tallies).shown
    assert list(shown) == [group for number, group in enumerate(ordered) if number in stay]


def mixed(answers: int) -> dict[str, int]:
    """Answers of all three classes."""
    return {"promoter": answers - 2 * (answers // 3), "passive": answers // 3, "detractor": answers // 3}


def names(groups: Iterable[Group]) -> list[str]:
    return [group.name for group in groups]


def test_a_small_account_takes_the_next_smallest_with_it() -> None:
    cells = [{"account": account} for account in ("northwind", "haneul", "acme")]
    found = suppress(offer(cells, ["account"]), [mixed(20), mixed(15), mixed(3)])
    assert names(found.shown) == ["account northwind", "all"]
    assert names(found.hidden) == ["account acme", "account haneul"]


def test_of_two_alike_the_one_with_fewer_accounts_then_the_first_by_name_is_hidden() -> None:
    tallies = [mixed(9), mixed(9), mixed(3)]
    everybody = Group("all", frozenset({0, 1, 2}), 3)
    for fewer, more in (
        (Group("b", frozenset({0}), 1), Group("a", frozenset({1}), 2)),
        (Group("a", frozenset({0}), 1), Group("b", frozenset({1}), 1)),
    ):
        assert names(suppress([everybody, more, fewer], tallies).hidden) == [fewer.name]


def test_a_group_that_agrees_is_not_shown_nor_had_by_subtraction() -> None:
    cells = [{"account": account} for account in ("northwind", "haneul", "acme")]
    found = suppress(offer(cells, ["account"]), [mixed(20), mixed(15), {"promoter": 11, "passive": 1}])
    assert names(found.shown) == ["account northwind", "all"]


def test_a_group_is_put_back_where_it_is_the_sum_of_shown_ones() -> None:
    cells = [
        {"account": "northwind", "role": "admin"},
        {"account": "northwind", "role": "analyst"},
        {"account": "haneul", "role": "admin"},
        {"account": "acme", "role": "admin"},
    ]
    tallies = [mixed(12), mixed(8), mixed(15), mixed(3)]
    groups = [group for group in offer(cells, ["account", "role"]) if len(group.by) < 2]
    found = suppress(groups, tallies)
    assert names(found.shown) == ["account northwind", "role admin", "all"]
    back = put_back(found, tallies)
    assert names(back.shown) == ["role analyst", "account northwind", "role admin", "all"]
    assert put_back(back, tallies) == back


def test_cells_without_answers_and_surveys_without_any_are_no_trouble() -> None:
    cells = [{"account": "northwind"}, {"account": "haneul"}]
    assert suppress(offer(cells, ["account"]), [{}, {}]) == Suppression((), tuple(offer_in_order(cells)))
    assert names(suppress(offer(cells, ["account"]), [mixed(9), {}]).shown) == ["account northwind", "all"]


def offer_in_order(cells: list[dict[str, str]]) -> list[Group]:
    return suppression.in_order(offer(cells, ["account"]), [0] * len(cells))


def test_two_hundred_groups_take_a_second_at_most() -> None:
    cells = [
        {"account": f"a{account}", "role": f"r{role}", "cohort": f"c{cohort}"}
        for account in range(20)
        for role in range(3)
        for cohort in range(2)
    ]
    groups = offer(cells, ["account", "role", "cohort"])
    assert len(groups) > 200
    tallies = [mixed(1 + cell * 7 % 11) for cell in range(len(cells))]
    start = time.process_time()
    assert suppress(groups, tallies).shown
    assert time.process_time() - start < 1
