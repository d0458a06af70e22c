"""Somebody asks for a training: the account's managers get the topic and the wish."""

import datetime as dt

from sqlmodel import Session, col, select

from loyalty.webinars.errors import EmptyRequestError
from loyalty.webinars.outbox.kinds import TRAINING_KIND
from storage import outbox
from storage.account_lock import next_ids
from storage.outbox import OutboxMessage, Workspace
from storage.tables import Manager, TrainingRequest

MAX_TOPIC_CHARS = 200
MAX_WISH_CHARS = 500
REQUEST_GOOD_FOR = dt.timedelta(days=7)


def ask_for_training(
    session: Session, account_id: int, person_id: int, *, topic: str, wish: str, now: dt.datetime
) -> int:
    """Pass a member's request for a training on to the account's managers, and return how many are told.

    Once a day for the same topic. Errors: `EmptyRequestError`.
    """
    topic, wish = topic.strip(), wish.strip()
    if not 1 <= len(topic) <= MAX_TOPIC_CHARS or len(wish) > MAX_WISH_CHARS:
        raise EmptyRequestError(f"a topic has 1 to {MAX_TOPIC_CHARS} characters, a wish at most {MAX_WISH_CHARS}")
    number = next_ids(session, account_id)
    since = dt.datetime.combine(now.date(), dt.time(0), tzinfo=dt.UTC)
    mine = (col(TrainingRequest.account_id) == account_id, col(TrainingRequest.person_id) == person_id)
    today = select(TrainingRequest).where(*mine, col(TrainingRequest.at) >= since)
    again = next((each for each in session.exec(today) if each.topic.casefold() == topic.casefold()), None)
    if again is None:
        request = TrainingRequest(account_id=account_id, id=number, person_id=person_id, topic=topic, wish=wish, at=now)
        session.add(request)
        session.flush()
    else:
        number = again.id
    seen = select(Manager).where(col(Manager.account_id) == account_id, col(Manager.user_id).is_not(None))
    words = [
        OutboxMessage(
            key=f"{TRAINING_KIND}/{number}/{manager.id}",
            kind=TRAINING_KIND,
            category="answer",
            workspace=Workspace(manager.enterprise_id or "", manager.team_id or ""),
            user_id=manager.user_id,
            subject={"request": number, "manager": manager.id},
            due_at=now,
            good_until=now + REQUEST_GOOD_FOR,
        )
        for manager in session.exec(seen.order_by(col(Manager.id)))
    ]
    outbox.put_message(session, account_id, words, now=now)
    return len(words)
