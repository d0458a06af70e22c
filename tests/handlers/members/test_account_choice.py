from sqlmodel import Session

from loyalty.accounts.channels import bind_workspace
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.join import join
from tests.support.workspace import NOW, Town

ANIA = SlackUser("", "T_ORBIT", "U_ANIA")


def in_both(town: Town) -> None:
    """Let Ania be a member of both clients, with other points in each."""
    for account in ("northwind", "hanbit"):
        profile = SlackProfile(user=ANIA, email=f"ania@{account}.example", language="en")
        key = town.accounts[account]
        town.database.write({key}, lambda s: join(s, key, profile, now=NOW))  # noqa: B023 - used at once
    town.uses("northwind", "ania", times=2)
    town.uses("hanbit", "ania", times=3)


def test_a_member_of_two_clients_says_once_which_is_meant(town: Town) -> None:
    in_both(town)
    app = town.driver.direct("U_ANIA")
    assert town.types("U_ANIA", "/points").text.startswith("*30 points to spend*")
    asked = town.types("U_ANIA", "/points", channel=app)
    assert asked.text.startswith("You are in the programme of more than one company. Which one do you mean?")
    assert asked.buttons == ["Hanbit", "Northwind"]
    chosen = town.presses(asked, "Hanbit", channel=app)
    assert chosen.text.startswith("From now on I speak of *Hanbit*")
    assert town.types("U_ANIA", "/points", channel=app).text.startswith("*45 points to spend*")
    assert town.types("U_ANIA", "/points", channel="C_LOOSE").text.startswith("*45 points to spend*")
    settings = town.types("U_ANIA", "/points settings", channel=app)
    town.presses(settings, "Northwind", channel=app)
    assert town.types("U_ANIA", "/points", channel=app).text.startswith("*30 points to spend*")


def test_home_asks_as_well_and_is_drawn_for_the_chosen_one(town: Town) -> None:
    in_both(town)
    home = town.driver.opens_home("U_ANIA")
    assert home.buttons == ["Hanbit", "Northwind"]
    town.driver.presses(home, "Hanbit")
    town.driver.waits_for(lambda: town.driver.home("U_ANIA").words[0] == "Hanbit")  # type: ignore[union-attr]
    assert town.driver.home("U_ANIA").words[1].startswith("*45 points to spend*")  # type: ignore[union-attr]


def test_where_the_workspace_is_a_clients_home_invites_its_people(town: Town) -> None:
    hanbit = town.accounts["hanbit"]

    def bind(session: Session) -> None:
        bind_workspace(session, hanbit, team_id="T_ORBIT", now=NOW)

    town.database.write({hanbit}, bind)
    home = town.driver.opens_home("U_JUN")
    assert home.buttons == ["참여하기", "운영 방식", "괜찮아요"]
    town.driver.presses(home, "참여하기")
    town.driver.waits_for(lambda: town.driver.home("U_JUN").words[0] == "Hanbit")  # type: ignore[union-attr]
    assert town.types("U_JUN", "/points", channel=town.driver.direct("U_JUN")).text.startswith("*아직")
