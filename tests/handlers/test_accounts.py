"""Binding a channel from the desk, through the real bot in a local Slack."""

from sqlmodel import col, select

from loyalty.accounts.channels import bind_channel
from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import Channel
from tests.handlers.desk.test_overview import NOT_YOURS, audited, manager_of
from tests.support.workspace import NOW, Town


def channels(town: Town) -> set[tuple[int, str]]:
    wanted = select(Channel.account_id, Channel.channel_id).order_by(col(Channel.id))
    return set(town.database.read(OPERATOR, lambda session: session.exec(wanted).all()))


def opens(town: Town, words: str = "/desk bind") -> Shown:
    assert town.driver.types("U_EWA", "C_LOOSE", words) is None
    view = town.driver.view("U_EWA")
    assert view is not None
    return view


def test_a_channel_is_bound_by_command_and_speaks_for_the_account(town: Town) -> None:
    before, northwind = channels(town), town.accounts["northwind"]
    view = opens(town)
    assert town.driver.submits(view, {"account": str(northwind)}) == {}
    told = town.driver.view("U_EWA")
    assert told is not None
    assert told.words[0] == "*Gotowe.* <#C_LOOSE> należy odtąd do Northwind."
    assert channels(town) == before | {(northwind, "C_LOOSE")}
    assert [(author, action) for _, author, action, _ in audited(town)] == [
        (manager_of(town, "northwind"), "channel.bind")
    ]
    assert town.driver.submits(view, {"account": str(northwind)}) == {}
    assert len(channels(town)) == len(before) + 1
    town.joins("U_ANIA", channel="C_LOOSE")


def test_the_button_does_what_the_command_does_where_no_account_is_meant(town: Town) -> None:
    assert "Przypisz ten kanał" not in town.types("U_EWA", "/desk").buttons
    loose = town.types("U_EWA", "/desk", channel="C_LOOSE")
    assert town.driver.presses(loose, "Przypisz ten kanał")
    assert town.driver.view("U_EWA") is not None


def test_a_key_after_the_command_chooses_the_account_beforehand(town: Town) -> None:
    view = opens(town, "/desk bind northwind")
    assert town.driver.submits(view) == {}
    assert (town.accounts["northwind"], "C_LOOSE") in channels(town)


def test_a_channel_of_another_account_is_refused_in_words(town: Town) -> None:
    view, hanbit = opens(town), town.accounts["hanbit"]
    town.database.write(
        OPERATOR, lambda session: bind_channel(session, hanbit, team_id="", channel_id="C_LOOSE", now=NOW)
    )
    before = channels(town)
    assert town.driver.submits(view, {"account": str(town.accounts["northwind"])}) == {
        "account": "Ten kanał należy już do innego konta; jeden kanał to jeden klient."
    }
    assert channels(town) == before
    assert audited(town) == []


def test_nobody_else_binds(town: Town) -> None:
    before = channels(town)
    for who in ("U_ANIA", "U_NEW"):
        assert town.types(who, "/desk bind", channel="C_LOOSE").text.startswith(NOT_YOURS)
        assert town.driver.view(who) is None
    assert channels(town) == before
