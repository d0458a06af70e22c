"""What is kept of a survey's suppression can be checked again from the record alone."""

import json
from dataclasses import replace

import pytest

from loyalty.surveys.disclosure.groups import offer
from loyalty.surveys.disclosure.proof import Proof, prove, verify
from loyalty.surveys.disclosure.suppression import Suppression, put_back, suppress
from tests.loyalty.surveys.random_surveys import survey

CELLS = [{"account": "northwind"}, {"account": "haneul"}, {"account": "acme"}]
TALLIES = [
    {"promoter": 9, "passive": 6, "detractor": 5},
    {"promoter": 5, "passive": 5, "detractor": 5},
    {"promoter": 1, "detractor": 2},
]


def kept() -> Proof:
    return prove(suppress(offer(CELLS, ["account"]), TALLIES), TALLIES, by_account=["account northwind"])


def test_the_record_holds_and_comes_back_from_json_as_it_was() -> None:
    proof = kept()
    assert verify(proof) == ()
    assert Proof.from_json(json.loads(json.dumps(proof.as_json()))) == proof


def test_the_record_holds_nothing_of_what_hidden_groups_answered_nor_why_they_are_hidden() -> None:
    record = kept().as_json()
    assert [each["name"] for each in record["released"]] == ["account northwind", "all"]
    assert record["hidden"][0] == {
        "name": "account acme", "cells": [2], "accounts": 1, "by": {"account": "acme"}, "manager": None,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_released_is_found_to_hold(seed: int) -> None:
    drawn = survey(seed)
    found = suppress(drawn.everything(), drawn.tallies)
    assert verify(prove(found, drawn.tallies)) == ()
    assert verify(prove(put_back(found, drawn.tallies), drawn.tallies)) == ()


def test_a_release_that_gives_few_away_is_named() -> None:
    groups = suppress(offer(CELLS, ["account"]), TALLIES)
    haneul = groups.hidden[1]
    proof = prove(Suppression((haneul, *groups.shown), groups.hidden[:1]), TALLIES)
    assert verify(proof)[0] == "a combination of the released groups counts fewer than 5 answers"


def test_a_release_that_gives_away_people_who_agree_is_named() -> None:
    tallies = [*TALLIES[:2], {"promoter": 11, "passive": 1}]
    everything = offer(CELLS, ["account"])
    by_name = {group.name: group for group in everything}
    shown = (by_name["account haneul"], by_name["account northwind"], by_name["all"])
    assert verify(prove(Suppression(shown, (by_name["account acme"],)), tallies)) == (
        "the answers of all less all released by account agree",
    )
    assert verify(prove(Suppression((by_name["account acme"],), ()), tallies)) == ("the answers of account acme agree",)


def test_a_record_that_was_changed_is_named() -> None:
    proof = kept()
    changed = replace(proof, released=((proof.released[0][0], {"promoter": 19}), proof.released[1]))
    assert verify(changed)[0] == "account northwind was released with 19 answers; its cells have 20"
    assert verify(replace(proof, hidden=proof.hidden[::-1])) == (
        "the hidden groups do not stand from the smallest to the largest",
    )
    assert verify(replace(proof, hidden=(proof.released[0][0],))) == ("account northwind is both hidden and released",)
    assert verify(replace(proof, by_account=("account acme",))) == (
        "a weighted figure is made of account acme, which was not released",
    )
