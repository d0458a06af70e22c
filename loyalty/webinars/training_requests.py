"""Somebody asks for a training: the account's managers get the topic and the wish."""

import datetime as dt

from sqlmodel import Session

MAX_TOPIC_CHARS = 200
MAX_WISH_CHARS = 500


def ask_for_training(
    session: Session, account_id: int, person_id: int, *, topic: str, wish: str, now: dt.datetime
) -> int:
    """Pass a member's request for a training on to the account's managers, and return how many are told.

    Once a day for the same topic. Errors: `EmptyRequestError`.
    """
    raise NotImplementedError
