from contextlib import nullcontext
from functools import partial

import pytest
from sqlmodel import Session

from loyalty.accounts.channels import ChannelTakenError, WorkspaceTakenError, bind_channel, bind_workspace
from loyalty.accounts.managers import add_manager, recognise_manager
from loyalty.accounts.requester import (
    AccountInfo,
    NotJoinedError,
    Origin,
    Requester,
    Role,
    StrangerError,
    WhichAccountError,
    identify,
    member_in,
)
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.account_choice import choose_account
from storage.database import OPERATOR, Database
from storage.tables import Account, Member
from tests.loyalty.people.builders import ANIA, press_join, row, take_in
from tests.support.two_clients import NOW, TwoClients

HERE = Origin("T1", "C_NORTHWIND")


@pytest.fixture
def clients(database: Database, two_clients: TwoClients) -> TwoClients:
    """Both clients with their channel; Ania joined Northwind."""
    for client, channel in ((two_clients.northwind, "C_NORTHWIND"), (two_clients.hanbit, "C_HANBIT")):
        take_in(database, client, row(2, "u1", "ania@example.com"))
        bind = partial(bind_channel, account_id=client.id, team_id="", channel_id=channel, now=NOW)
        database.write(OPERATOR, bind)
    press_join(database, two_clients.northwind, ANIA, "ania@example.com", language="pl-PL")
    return two_clients


def met(database: Database, user: SlackUser, place: Origin) -> Requester:
    return database.read(OPERATOR, lambda session: identify(session, user, place))


def test_a_member_in_their_clients_channel_and_elsewhere(database: Database, clients: TwoClients) -> None:
    northwind = clients.northwind
    ania = Requester(
        user=ANIA,
        role=Role.MEMBER,
        account=AccountInfo(
            id=northwind.id, key="northwind", name="Northwind", timezone="Europe/Warsaw", language="en", mode="team"
        ),
        person_id=northwind.people["u1"],
        name="Ania Nowak",
        language="pl-PL",
        timezone="Europe/Warsaw",
    )
    assert met(database, ANIA, HERE) == ania
    assert met(database, ANIA, Origin("T1", "D_WITH_THE_APP")) == ania
    assert met(database, ANIA, Origin("T1")) == ania


def test_the_channel_decides_which_client_is_meant(database: Database, clients: TwoClients) -> None:
    there = met(database, ANIA, Origin("T1", "C_HANBIT"))
    assert (there.known_account.id, there.role, there.person_id) == (clients.hanbit.id, Role.NEWCOMER, None)
    with pytest.raises(NotJoinedError):
        _ = there.member


def test_a_member_of_two_clients_is_asked_which_and_kept_to_it(database: Database, clients: TwoClients) -> None:
    press_join(database, clients.hanbit, ANIA, "ania@example.com")
    assert met(database, ANIA, Origin("T1", "C_HANBIT")).known_account.id == clients.hanbit.id
    undecided = met(database, ANIA, Origin("T1"))
    assert (undecided.role, [other.key for other in undecided.others]) == (Role.UNDECIDED, ["hanbit", "northwind"])
    with pytest.raises(WhichAccountError):
        _ = undecided.known_account
    for account in (clients.hanbit, clients.northwind, clients.hanbit):
        database.write(OPERATOR, lambda s: choose_account(s, account.id, ANIA))  # noqa: B023 - used at once
        decided = met(database, ANIA, Origin("T1"))
        [other] = decided.others
        assert (decided.known_account.id, decided.role, decided.person_id) == (
            account.id,
            Role.MEMBER,
            account.people["u1"],
        )
        assert {decided.known_account.key, other.key} == {"northwind", "hanbit"}
    assert met(database, ANIA, HERE).known_account.id == clients.northwind.id


def test_nobody_means_an_account_they_are_no_member_of(database: Database, clients: TwoClients) -> None:
    with pytest.raises(StrangerError):
        database.write(OPERATOR, lambda s: choose_account(s, clients.hanbit.id, ANIA))
    assert met(database, ANIA, Origin("T1")).known_account.id == clients.northwind.id


def test_a_workspace_speaks_for_its_client_after_the_channel_and_for_its_own_people(
    database: Database, clients: TwoClients
) -> None:
    bind = partial(bind_workspace, account_id=clients.hanbit.id, team_id="T_HANBIT", now=NOW)
    assert database.write({clients.hanbit.id}, bind)
    assert not database.write({clients.hanbit.id}, bind)
    mina, anybody = SlackUser("", "T_HANBIT", "U_MINA"), SlackUser("", "T_ELSEWHERE", "U_GUEST")
    for place in (Origin("T_HANBIT"), Origin("T_HANBIT", "D_WITH_THE_APP"), Origin("T_HANBIT", "C_LOOSE")):
        found = met(database, mina, place)
        assert (found.known_account.id, found.role) == (clients.hanbit.id, Role.NEWCOMER)
        assert met(database, anybody, place).role is Role.STRANGER
    assert met(database, mina, HERE).known_account.id == clients.northwind.id


def test_a_workspace_means_one_client(database: Database, clients: TwoClients) -> None:
    for account, error in ((clients.hanbit.id, None), (clients.northwind.id, WorkspaceTakenError)):
        bind = partial(bind_workspace, account_id=account, team_id="T_SHARED", now=NOW)
        with pytest.raises(error) if error else nullcontext():
            database.write({account}, bind)


def test_the_same_user_id_of_another_team_is_somebody_else(database: Database, clients: TwoClients) -> None:
    other = met(database, SlackUser("", "T2", "U_ANIA"), HERE)
    assert (other.role, other.person_id) == (Role.NEWCOMER, None)
    stranger = met(database, SlackUser("", "T2", "U_ANIA"), Origin("T1"))
    assert (stranger.role, stranger.account) == (Role.STRANGER, None)
    with pytest.raises(StrangerError):
        _ = stranger.known_account


def test_in_an_enterprise_the_team_does_not_matter(database: Database, clients: TwoClients) -> None:
    grid = SlackUser("E1", "T1", "W_JUN")
    press_join(database, clients.hanbit, grid, "ania@example.com")
    assert met(database, SlackUser("E1", "T7", "W_JUN"), Origin("T7")).known_account.id == clients.hanbit.id
    assert met(database, SlackUser("E2", "T1", "W_JUN"), Origin("T1")).role is Role.STRANGER


def test_an_account_manager_manages_their_own_accounts_only(database: Database, clients: TwoClients) -> None:
    ewa = SlackUser("", "T1", "U_EWA")

    def run(session: Session) -> None:
        add_manager(session, clients.northwind.id, "ewa@orbit.example", now=NOW)
        recognise_manager(session, clients.northwind.id, SlackProfile(user=ewa, email="ewa@orbit.example"))

    database.write({clients.northwind.id}, run)
    assert met(database, ewa, HERE).manages
    assert not met(database, ewa, Origin("T1", "C_HANBIT")).manages
    assert met(database, ewa, Origin("T1")).manages


def test_ones_own_language_comes_before_slacks_before_the_accounts(database: Database, clients: TwoClients) -> None:
    def choose(session: Session) -> None:
        member = session.get_one(Member, (clients.northwind.id, clients.northwind.people["u1"]))
        member.language, member.timezone = "ko", "Asia/Seoul"
        session.get_one(Account, clients.northwind.id).language = "pl"

    database.write({clients.northwind.id}, choose)
    ania = met(database, ANIA, HERE)
    assert (ania.language, ania.timezone) == ("ko", "Asia/Seoul")
    assert met(database, SlackUser("", "T1", "U_NEW"), HERE).language == "pl"


def test_a_channel_means_one_client(database: Database, clients: TwoClients) -> None:
    def bind(session: Session) -> bool:
        return bind_channel(session, clients.hanbit.id, team_id="T1", channel_id="C_NORTHWIND", now=NOW)

    with pytest.raises(ChannelTakenError):
        database.write(OPERATOR, bind)
    again = database.write(
        OPERATOR,
        lambda s: bind_channel(s, clients.northwind.id, team_id="T1", channel_id="C_NORTHWIND", now=NOW),
    )
    assert not again
    assert met(database, ANIA, Origin("T2", "C_NORTHWIND")).known_account.id == clients.northwind.id


def test_a_member_is_met_in_the_account_that_is_named_whichever_they_mean(
    database: Database, clients: TwoClients
) -> None:
    northwind, hanbit = clients.northwind, clients.hanbit

    def found(account_id: int) -> Requester:
        return database.read(OPERATOR, lambda session: member_in(session, ANIA, account_id))

    with pytest.raises(NotJoinedError):
        found(hanbit.id)
    press_join(database, hanbit, ANIA, "ania@example.com")
    database.write(OPERATOR, lambda session: choose_account(session, hanbit.id, ANIA))
    assert [found(client.id).known_account.key for client in (northwind, hanbit)] == ["northwind", "hanbit"]
    assert found(northwind.id).member == northwind.people["u1"]
    stranger = SlackUser("", "T2", "U_ANIA")
    with pytest.raises(NotJoinedError):
        database.read(OPERATOR, lambda session: member_in(session, stranger, northwind.id))
