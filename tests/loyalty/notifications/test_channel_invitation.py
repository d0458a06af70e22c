"""The invitation to join: put by an account manager, and told only where the account still is."""

import datetime as dt

from sqlmodel import Session, select

from loyalty.notifications.channel_invitation import InvitationFacts, invitation_facts, invite_channel
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, Drop, Workspace
from storage.tables import Channel
from tests.support.milestones import TEAM, Celebrating, celebrating
from tests.support.two_clients import NOW, TwoClients


def invited(world: Celebrating) -> Claimed:
    """Invite Northwind, and claim what is to be said."""
    north = world.clients.northwind.id
    assert world.database.write({north}, lambda session: invite_channel(session, north, now=NOW)) == 1
    claimed = world.database.write(
        OPERATOR, lambda session: outbox.claim(session, Workspace("", TEAM), now=NOW, lease=dt.timedelta(minutes=1))
    )
    assert claimed is not None
    return claimed


def test_an_invitation_names_the_product(database: Database, two_clients: TwoClients) -> None:
    world = celebrating(database, two_clients)
    claimed = invited(world)
    told = world.database.read({claimed.account_id}, lambda session: invitation_facts(session, claimed, NOW))
    assert told == InvitationFacts("Orbit", "en", "Europe/Warsaw")


def test_an_invitation_does_not_leave_for_a_channel_that_is_another_clients_now(
    database: Database, two_clients: TwoClients
) -> None:
    world = celebrating(database, two_clients)
    claimed = invited(world)

    def rebind(session: Session) -> None:
        session.delete(session.exec(select(Channel).where(Channel.account_id == two_clients.northwind.id)).one())
        session.flush()
        session.add(
            Channel(account_id=two_clients.hanbit.id, id=99, team_id=TEAM, channel_id="Cnorthwind", created_at=NOW)
        )

    database.write(OPERATOR, rebind)
    told = database.read({claimed.account_id}, lambda session: invitation_facts(session, claimed, NOW))
    assert told == Drop("the channel is not the account's any more")


def test_an_invitation_put_before_the_workspace_was_known_leaves_once_it_is(
    database: Database, two_clients: TwoClients
) -> None:
    world, north = celebrating(database, two_clients), two_clients.northwind.id

    def name_the_workspace(session: Session, team: str) -> None:
        session.exec(select(Channel).where(Channel.account_id == north)).one().team_id = team

    database.write(OPERATOR, lambda session: name_the_workspace(session, ""))
    assert database.write({north}, lambda session: invite_channel(session, north, now=NOW)) == 1
    claimed = database.write(
        OPERATOR, lambda session: outbox.claim(session, Workspace("", ""), now=NOW, lease=dt.timedelta(minutes=1))
    )
    assert claimed is not None
    database.write(OPERATOR, lambda session: name_the_workspace(session, TEAM))
    told = world.database.read({north}, lambda session: invitation_facts(session, claimed, NOW))
    assert told == InvitationFacts("Orbit", "en", "Europe/Warsaw")
