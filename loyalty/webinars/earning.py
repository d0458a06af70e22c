"""What coming to a webinar earns, as the programme in force says beforehand."""

import datetime as dt

from sqlmodel import Session

from loyalty.accounts.accounts import by_id
from loyalty.programme.rulebook import ReadyRule
from loyalty.programme.versions import in_force
from loyalty.usage.reserved import WEBINAR_ATTENDED
from loyalty.webinars.details import WebinarFacts


def points_for_coming(session: Session, account_id: int, facts: WebinarFacts, *, day: dt.date) -> int:
    """Return the points that whoever comes gets for certain; 0 where nothing pays, or it hangs on what came before."""
    account = by_id(session, account_id)
    properties = {"webinar": facts.key, "kind": facts.kind, "series": facts.series, "minutes": facts.minutes}
    paid = 0
    for ready in in_force(session).book.rules(WEBINAR_ATTENDED):
        worth = ready.rule.points
        there = ready.applies_to(account.key, account.cohort, day) and ready.holds(properties)
        if there and isinstance(worth, int) and _is_certain(ready):
            paid += worth
    return paid


def _is_certain(ready: ReadyRule) -> bool:
    rule = ready.rule
    once = rule.once is not False and ready.once_each != "webinar"
    return rule.to == "person" and rule.limit is None and rule.cooldown is None and not once
