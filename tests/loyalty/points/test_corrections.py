"""What follows from a correction: milestones, word to the member, the audit."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session, col, select

from loyalty.accounts.managers import add_manager, managed_accounts, meet_manager
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.points import correction_notice, disputes
from loyalty.points.correction_notice import Change
from loyalty.points.corrections import ChangedMeanwhileError, NoReasonError, adjust_points, reverse_transfers
from loyalty.points.disputes import NotYoursError, dispute_transfer
from loyalty.points.post import TransferDraft, post
from loyalty.verify.ledger import verify
from storage import ledger
from storage.account_lock import next_ids
from storage.outbox import Claimed, Drop, as_claimed
from storage.tables import AuditEntry, Channel, Member, Outgoing
from tests.support.usage import NOW, Earning

PROGRAMME = """
earn:
  - {key: report, event: Report Scheduled, points: 15}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
milestones:
  - {key: fifty, when: {points: 50}, badge: Fifty}
  - {key: together, when: {team_points: 60}, badge: Together}
  - {key: first, when: {count: 1, of: Report Scheduled}, badge: First}
"""
DAY = dt.date(2026, 3, 20)


@pytest.fixture
def world(earning: Earning) -> Earning:
    """Two clients with a channel each; Ania of each has earned 15 points and joined."""
    earning.under(PROGRAMME)
    for key in ("northwind", "fulton"):
        earning.use("Report Scheduled", account=key)
        account_id = earning.account(key).id or 0
        person = earning.person("ania", key)

        def settle(session: Session, key: str = key, account_id: int = account_id, person: int = person) -> None:
            session.add(
                Channel(
                    account_id=account_id, id=next_ids(session, account_id), team_id="T1", channel_id=f"C{key}",
                    created_at=NOW,
                )
            )  # fmt: skip
            session.add(
                Member(
                    account_id=account_id, person_id=person, team_id="T9", user_id=f"U_{key}", terms="1",
                    joined_at=NOW, celebrated=True,
                )
            )  # fmt: skip

        earning.database.write({account_id}, settle)
    return earning


def correct(world: Earning, points: int, key: str = "k", **given: Any) -> int:
    posting, person = world.posting(), world.person("ania")
    facts: dict[str, Any] = {"reason": "a slip", "local_day": DAY} | given
    return world.database.write(
        {posting.account_id},
        lambda session: adjust_points(session, posting, person_id=person, points=points, key=key, **facts),
    )


def outbox(world: Earning) -> list[tuple[str, str, str | None]]:
    wanted = select(Outgoing).order_by(col(Outgoing.account_id), col(Outgoing.id))
    return [
        (row.kind, row.team_id, row.user_id or row.channel_id)
        for row in world.operate(lambda session: session.exec(wanted).all())
        if row.kind != "shoutout" or row.subject["reached"]
    ]


def claimed(world: Earning, kind: str) -> Claimed:
    wanted = select(Outgoing).where(col(Outgoing.kind) == kind).order_by(col(Outgoing.id).desc())
    return as_claimed(world.operate(lambda session: session.exec(wanted).first()))  # type: ignore[arg-type]


def test_a_correction_reaches_milestones_by_points_and_they_are_told_like_any_other(world: Earning) -> None:
    assert world.reached() == {("first", "ania", True)}
    correct(world, 34)
    assert world.reached() == {("first", "ania", True)}
    correct(world, 1, "l")
    assert world.reached() == {("first", "ania", True), ("fifty", "ania", True)}
    correct(world, 10, "m")
    assert world.reached() == {("first", "ania", True), ("fifty", "ania", True), ("together", None, True)}
    assert ("shoutout", "T1", "Cnorthwind") in outbox(world)
    correct(world, -60, "n")
    correct(world, 60, "o")
    assert len(world.reached()) == 3
    assert world.reached("fulton") == {("first", "ania", True)}


def test_an_undone_correction_reaches_what_it_held_up(world: Earning) -> None:
    taken = correct(world, -10)
    for _ in range(3):
        world.use("Report Scheduled")
    posting = world.posting()
    world.database.write(
        {posting.account_id}, lambda session: reverse_transfers(session, posting, transfer_id=taken, reason="undone")
    )
    assert world.reached() == {("first", "ania", True), ("fifty", "ania", True), ("together", None, True)}


def test_a_member_is_told_once_by_the_workspace_they_share_with_the_bot(world: Earning) -> None:
    first = correct(world, -20)
    assert correct(world, -20) == first
    told = [row for row in outbox(world) if row[0] == "corrected"]
    assert told == [("corrected", "T1", "U_northwind")]
    asked = claimed(world, "corrected")
    assert (asked.message.category, asked.message.subject) == ("answer", {"transfer": first})
    facts = world.database.read(
        {asked.account_id}, lambda session: correction_notice.correction_facts(session, asked, NOW)
    )
    assert not isinstance(facts, Drop)
    assert facts.change == Change(transfer_id=first, points=-20, before=15, after=-5)
    assert (facts.reason, facts.author, facts.product, facts.day) == ("a slip", None, "Orbit Champions", DAY)


def test_whoever_has_left_is_not_told(world: Earning) -> None:
    correct(world, 20)
    asked = claimed(world, "corrected")
    world.database.write({asked.account_id}, lambda session: session.delete(session.exec(select(Member)).one()))
    facts = world.database.read(
        {asked.account_id}, lambda session: correction_notice.correction_facts(session, asked, NOW)
    )
    assert facts == Drop("they are no member any more")
    correct(world, 5, "l")
    assert len([row for row in outbox(world) if row[0] == "corrected"]) == 1


def test_who_went_by_another_balance_is_refused_and_nothing_moves(world: Earning) -> None:
    before = world.wallets()
    with pytest.raises(ChangedMeanwhileError):
        correct(world, 5, seen=14)
    with pytest.raises(NoReasonError):
        correct(world, 5, reason="x" * 501)
    assert world.wallets() == before
    assert correct(world, 5, seen=15) == correct(world, 5, seen=15)
    assert world.wallets()["person", "ania"] == (20, 0)


def test_the_audit_names_numbers_only(world: Earning) -> None:
    given = correct(world, 5)
    posting = world.posting()
    taken = world.database.write(
        {posting.account_id}, lambda session: reverse_transfers(session, posting, transfer_id=given, reason="undone")
    )
    wanted = select(AuditEntry).where(col(AuditEntry.account_id) == posting.account_id).order_by(col(AuditEntry.id))
    rows = [(row.author, row.action, row.details) for row in world.operate(lambda s: s.exec(wanted).all())]
    assert rows == [
        ("operator", "points.adjust", {"transfer": given}),
        ("operator", "points.reverse", {"transfer": taken, "reverses": given}),
    ]


def test_a_dispute_reaches_the_accounts_managers_and_no_others(world: Earning) -> None:
    number = correct(world, -5)
    northwind, fulton = (world.account(key).id or 0 for key in ("northwind", "fulton"))
    ewa = SlackProfile(user=SlackUser("", "T1", "U_EWA"), name="Ewa Kowal", email="ewa@orbit.example", language="pl-PL")

    def settle(session: Session) -> list[str]:
        add_manager(session, northwind, "ewa@orbit.example", now=NOW)
        add_manager(session, northwind, "unseen@orbit.example", now=NOW)
        add_manager(session, fulton, "tom@orbit.example", now=NOW)
        return [each.account.key for each in meet_manager(session, ewa)]

    assert world.operate(settle) == ["northwind"]

    def says(who: str, account_id: int = northwind) -> int:
        user = SlackUser("", "T9", who)
        return world.database.write(
            {account_id}, lambda session: dispute_transfer(session, account_id, user, number, now=NOW)
        )

    assert (says("U_northwind"), says("U_northwind")) == (1, 1)
    for who, account_id in (("U_fulton", northwind), ("U_fulton", fulton), ("U_NOBODY", northwind)):
        with pytest.raises(NotYoursError):
            says(who, account_id)
    assert [row for row in outbox(world) if row[0] == "disputed"] == [("disputed", "T1", "U_EWA")]
    asked = claimed(world, "disputed")
    facts = world.database.read({northwind}, lambda session: disputes.dispute_facts(session, asked, NOW))
    assert not isinstance(facts, Drop)
    assert (facts.account, facts.person, facts.points, facts.language) == ("Northwind", "ania", -5, "pl-PL")


def test_who_is_a_guest_by_now_or_has_another_e_mail_manages_nothing(world: Earning) -> None:
    northwind, user = world.account("northwind").id or 0, SlackUser("E1", "T1", "U_EWA")
    world.operate(lambda session: add_manager(session, northwind, "ewa@orbit.example", now=NOW))

    def met(**facts: Any) -> list[str]:
        profile = SlackProfile(user=user, **facts)
        world.operate(lambda session: meet_manager(session, profile))
        return [each.account.key for each in world.operate(lambda session: managed_accounts(session, user))]

    assert met(email="ewa@orbit.example") == ["northwind"]
    assert met(email=None) == ["northwind"]
    assert met(email="ewa@elsewhere.example") == []
    assert met(email="ewa@orbit.example") == ["northwind"]
    assert met(email="ewa@orbit.example", outsider=True) == []
    elsewhere = SlackUser("E1", "T7", "U_EWA")
    assert met(email="ewa@orbit.example") == ["northwind"]
    assert [each.account.key for each in world.operate(lambda s: managed_accounts(s, elsewhere))] == ["northwind"]
    assert world.operate(lambda session: managed_accounts(session, SlackUser("", "T1", "U_EWA"))) == ()


@pytest.mark.parametrize("to", ["person", "pool"])
def test_a_gift_taken_back_moves_no_score_as_it_moved_none(world: Earning, to: str) -> None:
    posting, person = world.posting(), world.person("ania")

    def give(session: Session) -> int:
        wallets = ledger.wallets(session, posting.account_id, [person])
        gift = TransferDraft(
            from_id=wallets["issued", None],
            to_id=wallets["person", person] if to == "person" else wallets["pool", None],
            points=40,
            kind="gift",
            cause_kind="gift",
            cause_id=1,
            source_key=b"gift",
            occurred_at=NOW,
            local_day=DAY,
            person_id=person,
        )
        return post(session, posting, [gift])

    given = world.database.write({posting.account_id}, give)
    before = (world.scores("all"), world.together())
    assert before == ({("1970-01-01", "ania"): 15}, 15)
    taken = world.database.write(
        {posting.account_id},
        lambda session: reverse_transfers(session, posting, transfer_id=given, reason="Meant for somebody else"),
    )
    assert (world.scores("all"), world.together()) == before
    assert world.wallets()["person", "ania"] == (15, 0)
    assert world.wallets()["pool", None] == (0, 0)
    assert world.look(lambda session: verify(session, week_starts="monday")) == []
    # Whose own points went is told; what the pool had is not theirs.
    told = [row for row in outbox(world) if row[0] == "corrected"]
    assert told == ([("corrected", "T1", "U_northwind")] if to == "person" else [])
    if to == "person":
        facts = correction_notice.correction_facts
        found: Any = world.look(lambda session: facts(session, claimed(world, "corrected"), NOW))
        assert found.change == Change(transfer_id=taken, points=-40, before=55, after=15)
