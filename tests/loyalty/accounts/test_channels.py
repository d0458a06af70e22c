import pytest
from sqlmodel import col, select

from loyalty.accounts.channels import ChannelTakenError, bind_channel
from storage.database import OPERATOR, Database
from storage.tables import Channel
from tests.support.two_clients import NOW, Client, TwoClients


def bind(database: Database, client: Client, team_id: str = "") -> bool:
    return database.write(
        OPERATOR, lambda session: bind_channel(session, client.id, team_id=team_id, channel_id="C012345", now=NOW)
    )


def bound(database: Database) -> list[tuple[int, str]]:
    wanted = select(Channel.account_id, Channel.team_id).order_by(col(Channel.id))
    return list(database.read(OPERATOR, lambda session: session.exec(wanted).all()))


def test_a_channel_that_the_bot_has_seen_is_not_bound_anew(database: Database, two_clients: TwoClients) -> None:
    northwind = two_clients.northwind
    assert [bind(database, northwind), bind(database, northwind, "T1"), bind(database, northwind)] == [
        True,
        False,
        False,
    ]
    assert bound(database) == [(northwind.id, "T1")]


@pytest.mark.parametrize(("seen", "wanted"), [("", ""), ("T1", ""), ("", "T1"), ("T1", "T1")])
def test_a_channel_of_another_account_is_refused(
    database: Database, two_clients: TwoClients, seen: str, wanted: str
) -> None:
    bind(database, two_clients.northwind, seen)
    with pytest.raises(ChannelTakenError):
        bind(database, two_clients.hanbit, wanted)
    assert bound(database) == [(two_clients.northwind.id, seen)]
