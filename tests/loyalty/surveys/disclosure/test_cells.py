"""The cells of a survey are frozen at opening; in an anonymous one none is of fewer than ten invited."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.surveys.disclosure import cells
from loyalty.surveys.disclosure.cells import TooFewToBeAnonymousError, freeze

Invited = dict[int, dict[str, str]]


def invited(*counts: tuple[str, str, int]) -> Invited:
    people = [{"account": account, "role": role} for account, role, count in counts for _ in range(count)]
    return dict(enumerate(people, 1))


def sizes(people: Invited, dimensions: list[str], privacy: cells.Privacy) -> dict[tuple[str, ...], int]:
    frozen = freeze(people, dimensions, privacy=privacy)
    return {tuple(cell.by[name] for name in frozen.dimensions): len(cell.people) for cell in frozen.cells}


def test_a_confidential_survey_keeps_small_cells() -> None:
    people = invited(("northwind", "admin", 2), ("haneul", "analyst", 1))
    assert sizes(people, ["account", "role"], "confidential") == {("northwind", "admin"): 2, ("haneul", "analyst"): 1}
    frozen = freeze(people, ["account", "role"], privacy="confidential")
    assert [(cell.by, cell.people) for cell in frozen.cells] == [
        ({"account": "haneul", "role": "analyst"}, (3,)),
        ({"account": "northwind", "role": "admin"}, (1, 2)),
    ]


def test_small_roles_of_an_account_are_merged_and_take_the_next_smallest_in_where_they_must() -> None:
    people = invited(
        ("northwind", "admin", 4), ("northwind", "buyer", 7), ("northwind", "analyst", 12),
        ("haneul", "admin", 3), ("haneul", "analyst", 11), ("haneul", "buyer", 14),
    )  # fmt: skip
    assert sizes(people, ["account", "role"], "anonymous") == {
        ("northwind", "other"): 11, ("northwind", "analyst"): 12, ("haneul", "other"): 14, ("haneul", "buyer"): 14,
    }  # fmt: skip


def test_small_accounts_are_merged_into_one_and_take_the_smallest_other_in_where_they_must() -> None:
    people = invited(("northwind", "admin", 20), ("haneul", "admin", 6), ("haneul", "buyer", 5), ("acme", "admin", 3))
    assert sizes(people, ["account", "role"], "anonymous") == {("northwind", "admin"): 20, ("other", "other"): 14}
    alone = invited(("northwind", "admin", 20), ("acme", "admin", 3))
    assert sizes(alone, ["account", "role"], "anonymous") == {("other", "other"): 23}


def test_fewer_than_ten_are_too_few_to_be_anonymous() -> None:
    with pytest.raises(TooFewToBeAnonymousError, match="9 invited; an anonymous survey needs 10"):
        freeze(invited(("northwind", "admin", 9)), ["account"], privacy="anonymous")
    assert sizes(invited(("northwind", "admin", 10)), ["account"], "anonymous") == {("northwind",): 10}
    assert sizes(invited(("northwind", "admin", 10)), [], "anonymous") == {(): 10}


def test_over_the_limit_of_cells_fewer_dimensions_are_offered_the_account_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MAX_CELLS", 2)
    people = invited(("northwind", "admin", 1), ("northwind", "buyer", 1), ("haneul", "admin", 1))
    assert freeze(people, ["role", "account"], privacy="confidential").dimensions == ("account",)
    monkeypatch.setattr(cells, "MAX_CELLS", 1)
    assert len(freeze(people, ["role", "account"], privacy="confidential").cells) == 2
    with pytest.raises(ValueError, match="4 dimensions to break down by; choose at most 3"):
        freeze(people, ["account", "role", "tier", "cohort"], privacy="confidential")


@settings(deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "account": st.sampled_from(["northwind", "haneul", "acme"]),
                "role": st.sampled_from(["admin", "analyst", "buyer"]),
                "cohort": st.sampled_from(["early", "late"]),
            }
        ),
        min_size=10,
        max_size=90,
    )
)
def test_everybody_is_in_one_cell_and_no_anonymous_one_is_small(people: list[dict[str, str]]) -> None:
    everybody = dict(enumerate(people))
    frozen = freeze(everybody, ["account", "role", "cohort"], privacy="anonymous")
    assert sorted(person for cell in frozen.cells for person in cell.people) == list(everybody)
    assert all(len(cell.people) >= 10 for cell in frozen.cells)
    for cell in frozen.cells:
        for person in cell.people:
            assert all(cell.by[name] in {value, "other"} for name, value in everybody[person].items())
