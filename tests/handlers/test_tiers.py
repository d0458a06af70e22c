"""Tiers on the desk, in /points and in Home, through the real bot in a local Slack."""

from typing import Any

import pytest
from sqlmodel import col, select

from bot.schedule import review_tiers
from loyalty.apply_programme import apply_programme
from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import TierHeld
from tests.handlers.desk.test_overview import NOT_YOURS, NOT_YOURS_IN_KOREAN, audited, manager_of, outgoing
from tests.support.workspace import NOW, PROGRAMME, Town

TIERS = """
tiers:
  members:
    - {key: silver, name: {en: Silver, pl: Srebro}, points: 30, over: 12 months, benefits: [Early access]}
    - {key: gold, name: {en: Gold, pl: Złoto}, points: 60, over: 12 months}
  accounts:
    - {key: partner, name: Partner, by: choice, benefits: [A named expert]}
"""


@pytest.fixture
def tiered(town: Town) -> Town:
    """The town under a programme with tiers."""
    town.database.write(
        OPERATOR, lambda session: apply_programme(session, PROGRAMME + TIERS, author="operator", now=NOW)
    )
    return town


def held(town: Town) -> list[tuple[int, int | None, str | None, str | None]]:
    wanted = select(TierHeld).order_by(col(TierHeld.account_id), col(TierHeld.id))
    rows = town.database.read(OPERATOR, lambda session: session.exec(wanted).all())
    return [(row.account_id, row.person_id, row.tier, row.chosen) for row in rows]


def opens(town: Town) -> Shown:
    assert town.driver.presses(town.types("U_EWA", "/desk"), "desk.tiers")
    view = town.driver.view("U_EWA")
    assert view is not None
    return view


def asks(town: Town, **given: str) -> Shown:
    wish = {"other": "ania", "tier": "member/gold", "reason": "Spoke at our conference.", **given}
    assert town.driver.submits(opens(town), wish) == {}
    sure = town.driver.view("U_EWA")
    assert sure is not None
    return sure


def test_points_says_the_tier_what_it_brings_and_the_way_to_the_next(tiered: Town) -> None:
    tiered.joins("U_ANIA")
    assert "30 more points within 12 months for *Silver*." in tiered.types("U_ANIA", "/points").text
    tiered.uses("northwind", "ania", times=3)
    review_tiers(tiered.database, NOW)
    told = tiered.types("U_ANIA", "/points").text.splitlines()
    assert "*Silver.* 15 more points within 12 months for *Gold*." in told
    assert "Silver brings: Early access." in told
    assert "Silver brings: Early access." in "\n".join(tiered.driver.opens_home("U_ANIA").words)


def test_a_programme_without_tiers_has_no_button_for_them(town: Town) -> None:
    assert "Poziomy" not in town.types("U_EWA", "/desk").text


def test_a_tier_is_chosen_looked_at_confirmed_and_told(tiered: Town) -> None:
    tiered.joins("U_ANIA")
    sure = asks(tiered, until="2027-05-03")
    assert sure.words[:3] == [
        "*Ania Nowak (ania)*, Northwind",
        "*Złoto od teraz do 3 maja 2027.*",
        "„Spoke at our conference.”",
    ]
    assert held(tiered) == []
    assert tiered.driver.submits(sure) == {}
    receipt = tiered.driver.view("U_EWA")
    assert receipt is not None
    assert receipt.words[1] == "*Gotowe.* Obowiązuje od teraz."
    northwind, ewa = tiered.accounts["northwind"], manager_of(tiered, "northwind")
    [(account, person, tier, chosen)] = held(tiered)
    assert (account, tier, chosen) == (northwind, None, "gold")
    [(_, author, action, details)] = audited(tiered)
    assert (author, action, details["person"], details["tier"]) == (ewa, "tier.choose", person, "gold")
    assert outgoing(tiered) == [(northwind, "tier", "waiting")]
    assert "*Gold.*" in tiered.types("U_ANIA", "/points").text


def test_a_window_sent_twice_counts_once_and_a_choice_is_taken_back(tiered: Town) -> None:
    sure = asks(tiered)
    assert tiered.driver.submits(sure) == {}
    assert tiered.driver.submits(sure) == {}
    assert [action for _, _, action, _ in audited(tiered)] == ["tier.choose"]
    back = asks(tiered, tier="back", reason="")
    assert back.words[1] == "Od razu znów decydują punkty."
    tiered.driver.submits(back)
    assert [row[3] for row in held(tiered)] == [None]
    tiered.driver.closes(tiered.driver.view("U_EWA"), everything=True)  # type: ignore[arg-type]
    tiered.driver.submits(asks(tiered, tier="back", reason=""))
    again = tiered.driver.view("U_EWA")
    assert again is not None
    assert again.words[1] == "Już tak jest. Nic się nie zmieniło."
    assert [action for _, _, action, _ in audited(tiered)] == ["tier.choose", "tier.release"]


def test_the_account_itself_is_given_a_tier_by_its_contract(tiered: Town) -> None:
    tiered.joins("U_ANIA")
    view = opens(tiered)
    wish = {"who": "account", "tier": "account/partner", "reason": "Contract of March"}
    assert tiered.driver.submits(view, wish) == {}
    tiered.driver.submits(tiered.driver.view("U_EWA"))  # type: ignore[arg-type]
    assert held(tiered) == [(tiered.accounts["northwind"], None, None, "partner")]
    told = tiered.types("U_ANIA", "/points").text
    assert "Your company holds *Partner*." in told
    assert "Partner brings: A named expert." in told
    tiered.joins("U_JUN", channel="C_HANBIT")
    assert "Partner" not in tiered.types("U_JUN", "/points", channel="C_HANBIT").text


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"tier": "account/partner"}, {"tier": "Nie ma tam takiego poziomu. Nic się nie zmieniło."}),
        ({"who": "account", "other": ""}, {"tier": "Nie ma tam takiego poziomu. Nic się nie zmieniło."}),
        ({"other": ""}, {"other": "Wybierz kogoś albo napisz, kto to jest."}),
        ({"other": "jun"}, {"other": "Na tym koncie nikt się tak nie nazywa. Nic się nie zmieniło."}),
        ({"until": "2026-03-12"}, {
            "until": "Potrzebny jest przyszły dzień, na przykład 2026-12-31; albo nic, jeśli na stałe."}),
        ({"until": "soon"}, {
            "until": "Potrzebny jest przyszły dzień, na przykład 2026-12-31; albo nic, jeśli na stałe."}),
        ({"reason": " "}, {"reason": "Napisz dlaczego, w najwyżej 500 znakach: ta osoba to przeczyta."}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(tiered: Town, given: dict[str, str], faults: dict[str, str]) -> None:
    wish = {"other": "ania", "tier": "member/gold", "reason": "Spoke.", **given}
    assert tiered.driver.submits(opens(tiered), wish) == faults
    assert held(tiered) == []


@pytest.mark.parametrize("who", ["U_ANIA", "U_JUN"])
def test_nobody_else_gets_the_window(tiered: Town, who: str) -> None:
    tiered.joins("U_ANIA")
    button: dict[str, Any] = {
        "type": "button",
        "action_id": "desk.tiers",
        "text": {"type": "plain_text", "text": "Tiers"},
        "value": str(tiered.accounts["northwind"]),
    }
    tiered.bot.app.client.chat_postMessage(
        channel="C_NORTHWIND", text="desk", blocks=[{"type": "actions", "elements": [button]}]
    )
    posted = next(one for one in tiered.driver.messages("C_NORTHWIND", as_=who) if one.text == "desk")
    shown = tiered.presses(posted, "Tiers")
    assert shown.text.startswith((NOT_YOURS, NOT_YOURS_IN_KOREAN))
    assert tiered.driver.view(who) is None
