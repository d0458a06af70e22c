"""Points set aside: whose they are, and whose act it was."""

from sqlmodel import Session, col, delete

from loyalty.points import holds
from storage.tables import Wallet
from tests.support.redemptions import TODAY, Redeeming


def test_the_pools_wallet_for_what_is_held_opens_on_first_use(redeeming: Redeeming) -> None:
    redeeming.member()
    redeeming.pool(100)
    person_id, posting = redeeming.person("ania"), redeeming.as_author("northwind", "person:1")

    def hold(session: Session, cause: int) -> int:
        what = ("trial", cause)
        return holds.hold_points(
            session, posting, person_id=person_id, points=40, cause=what, day=TODAY, paid_by="pool"
        )

    def work(session: Session) -> None:
        own = (col(Wallet.account_id) == posting.account_id, col(Wallet.kind) == "pool_held")
        session.exec(delete(Wallet).where(*own))
        first, second = hold(session, 1), hold(session, 2)
        assert hold(session, 1) == first
        holds.capture_hold(session, posting, hold_id=first, day=TODAY)
        holds.release_hold(session, posting, hold_id=second, day=TODAY)

    redeeming.database.write({posting.account_id}, work)
    assert redeeming.balances() == {"pool": 60}
    kinds = [(each.kind, each.points, each.person_id) for each in redeeming.transfers()[-4:]]
    assert kinds == [(kind, 40, person_id) for kind in ("hold", "hold", "capture", "release")]
    redeeming.holds()
