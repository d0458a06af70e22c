import datetime as dt
from functools import partial

import pytest
from sqlmodel import Session, col, select

from loyalty.accounts.managers import add_manager, recognise_manager
from loyalty.accounts.owners import add_owner
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.erasure import erase
from loyalty.members.join import UncertainError, link
from loyalty.people.roster import RosterError, RosterReport, UnmatchedPerson, unmatched
from storage.database import Database
from storage.tables import Manager, Member, Person, Wallet
from tests.loyalty.people.builders import ANIA, press_join, row, take_in
from tests.support.two_clients import NOW, TwoClients


def people(database: Database, account_id: int) -> list[tuple[str | None, str | None, str | None, str, bool]]:
    found = database.read({account_id}, lambda session: session.exec(select(Person)).all())
    return sorted((p.external_id, p.email, p.name, p.role, p.owner) for p in found if p.erased_at is None)


def test_new_people_are_made_known_ones_renewed_and_others_left(database: Database, two_clients: TwoClients) -> None:
    northwind, hanbit = two_clients.northwind, two_clients.hanbit
    report = take_in(
        database,
        northwind,
        row(2, " u1 ", " Ania@Northwind.example ", name="Ania  Nowak", role="Champion"),
        row(3, "u2"),
        row(4, "u9", "zoe@northwind.example", name="Zoe Wilk"),
    )
    assert report == RosterReport(read=3, added=1, updated=1, unchanged=1, refused=0)
    assert people(database, northwind.id) == [
        ("u1", "ania@northwind.example", "Ania Nowak", "champion", False),
        ("u2", None, "Marek Lis", "user", False),
        ("u3", None, "Ewa Kot", "user", False),
        ("u9", "zoe@northwind.example", "Zoe Wilk", "user", False),
    ]
    assert [found[2] for found in people(database, hanbit.id)] == ["Jun Park", "Mina Kim", "Soo Lee"]
    again = take_in(database, northwind, row(2, "u9", "zoe@northwind.example", name="Zoe Wilk"))
    assert again == RosterReport(read=1, added=0, updated=0, unchanged=1, refused=0)


def test_one_bad_line_refuses_the_whole_and_says_all_that_is_wrong(database: Database, two_clients: TwoClients) -> None:
    with pytest.raises(RosterError) as refused:
        take_in(
            database,
            two_clients.northwind,
            row(2, "u7", "zoe@northwind.example"),
            row(3, "", "no e-mail"),
            row(4, "u8", role="boss"),
            row(5, "u7"),
            row(6, "u6", name="x" * 201),
        )
    assert tuple(map(str, refused.value.faults)) == (
        "line 3: the id is empty; it is the product's user id",
        "line 3: 'no e-mail' is no e-mail; one looks like ania@northwind.example",
        "line 4: 'boss' is no role; roles are user, champion, manager, executive",
        "line 6: the name has 201 characters; at most 200 fit",
        "lines 2, 5: 'u7' stands there more than once; one line a person",
    )
    assert [found[0] for found in people(database, two_clients.northwind.id)] == ["u1", "u2", "u3"]


def test_who_was_erased_is_passed_over(database: Database, two_clients: TwoClients) -> None:
    northwind = two_clients.northwind
    database.write(
        {northwind.id},
        lambda s: erase(s, northwind.id, northwind.people["u1"], reason="erased", author="operator", now=NOW),
    )
    report = take_in(
        database, northwind, row(2, "u1", "ania@northwind.example"), row(3, "u2", "marek@northwind.example")
    )
    assert report == RosterReport(read=2, added=0, updated=1, unchanged=0, refused=1)
    assert [found[0] for found in people(database, northwind.id)] == ["u2", "u3"]
    elsewhere = take_in(database, two_clients.hanbit, row(2, "u1", "jun@hanbit.example"))
    assert elsewhere == RosterReport(read=1, added=0, updated=1, unchanged=0, refused=0)


def test_an_owner_known_by_e_mail_gets_the_user_id_of_the_roster(database: Database, two_clients: TwoClients) -> None:
    northwind = two_clients.northwind
    for email in ("jan@northwind.example", "marek@northwind.example"):
        database.write({northwind.id}, partial(add_owner, account_id=northwind.id, email=email, now=NOW))
    press_join(database, northwind, ANIA, "marek@northwind.example")
    take_in(database, northwind, row(2, "u8", "jan@northwind.example"), row(3, "u2", "marek@northwind.example"))
    assert people(database, northwind.id) == [
        ("u1", None, "Ania Nowak", "user", False),
        ("u2", "marek@northwind.example", "Marek Lis", "user", True),
        ("u3", None, "Ewa Kot", "user", False),
        ("u8", "jan@northwind.example", None, "user", True),
    ]
    joined = database.read({northwind.id}, lambda s: s.exec(select(Member.person_id)).all())
    assert list(joined) == [northwind.people["u2"]]


def test_the_unmatched_are_listed_with_whom_they_could_be(database: Database, two_clients: TwoClients) -> None:
    northwind, hanbit = two_clients.northwind, two_clients.hanbit
    take_in(database, northwind, row(2, "u1", "office@northwind.example"), row(3, "u2", "office@northwind.example"))
    other = SlackUser("", "T1", "U_OTHER")
    press_join(database, northwind, ANIA, "office@northwind.example", name="Ania")
    press_join(database, northwind, other, None)
    press_join(database, hanbit, other, "who@hanbit.example")
    at = NOW + dt.timedelta(hours=1)
    assert database.read({northwind.id}, lambda s: unmatched(s, northwind.id)) == [
        UnmatchedPerson(
            user=ANIA, name="Ania", email="office@northwind.example", reason="several", at=at, candidates=("u1", "u2")
        ),
        UnmatchedPerson(user=other, name=None, email=None, reason="unknown", at=at, candidates=()),
    ]


def test_the_account_manager_says_who_it_is(database: Database, two_clients: TwoClients) -> None:
    northwind = two_clients.northwind
    press_join(database, northwind, ANIA, "ania@elsewhere.example", name="Ania")

    def run(session: Session) -> int | None:
        return link(session, northwind.id, "u1", ANIA, now=NOW).person_id

    assert database.write({northwind.id}, run) == northwind.people["u1"]
    assert database.read({northwind.id}, lambda s: unmatched(s, northwind.id)) == []
    with pytest.raises(UncertainError):
        database.write({northwind.id}, run)


def test_a_person_who_declined_is_linked_anew_by_the_account_manager(
    database: Database, two_clients: TwoClients
) -> None:
    northwind = two_clients.northwind
    database.write(
        {northwind.id},
        lambda s: erase(s, northwind.id, northwind.people["u1"], reason="declined", author="person:1", now=NOW),
    )
    press_join(database, northwind, ANIA, "ania@northwind.example", name="Ania")
    linked = database.write({northwind.id}, lambda s: link(s, northwind.id, "u1", ANIA, now=NOW))
    assert linked.person_id not in set(northwind.people.values())
    assert people(database, northwind.id)[0] == ("u1", "ania@northwind.example", "Ania", "user", False)
    wallets = database.read(
        {northwind.id}, lambda s: s.exec(select(Wallet.kind).where(col(Wallet.person_id) == linked.person_id)).all()
    )
    assert list(wallets) == ["person"]
    assert take_in(database, northwind, row(2, "u1")) == RosterReport(
        read=1, added=0, updated=0, unchanged=1, refused=0
    )


def test_account_managers_are_known_by_e_mail_then_by_slack(database: Database, two_clients: TwoClients) -> None:
    northwind, hanbit = two_clients.northwind, two_clients.hanbit
    ewa = SlackUser("", "T1", "U_EWA")

    def run(session: Session) -> tuple[bool, bool, bool, bool]:
        return (
            add_manager(session, northwind.id, " Ewa@Orbit.example", now=NOW),
            add_manager(session, northwind.id, "ewa@orbit.example", now=NOW),
            recognise_manager(session, northwind.id, SlackProfile(user=ANIA, email="ania@orbit.example")),
            recognise_manager(session, northwind.id, SlackProfile(user=ewa, email="ewa@orbit.example")),
        )

    assert database.write({northwind.id}, run) == (True, False, False, True)
    assert not database.write(
        {hanbit.id}, lambda s: recognise_manager(s, hanbit.id, SlackProfile(user=ewa, email="ewa@orbit.example"))
    )
    found = database.read({northwind.id}, lambda s: s.exec(select(Manager.email, Manager.user_id)).all())
    assert list(found) == [("ewa@orbit.example", "U_EWA")]
