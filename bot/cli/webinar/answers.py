"""`laurels webinar rsvp`: somebody's answer, given for them."""

from typing import Annotated

import typer

from bot.cli.context import OfAccount, account_context, now
from bot.cli.output import Json, document, say
from bot.cli.webinar.shown import Key
from loyalty.people.people import find_person
from loyalty.webinars.details import Answer, RsvpState
from loyalty.webinars.rsvp.rsvp import rsvp as answer_for
from loyalty.webinars.rsvp.rsvp import rsvp_state
from loyalty.webinars.rsvp.waitlist import promote_waitlist
from storage.database import OPERATOR

Person = Annotated[str, typer.Argument(metavar="PERSON", help="The product's user id.", show_default=False)]


def rsvp(
    key: Key,
    person: Person,
    answer: Annotated[Answer, typer.Argument(help="What they answer.", show_default=False)],
    account: OfAccount,
    as_json: Json = False,
) -> None:
    """Answer for somebody who is invited: going, maybe or declined. Where no seat is free, going waits for one."""
    at = now()
    with account_context(account) as its:
        person_id, name = its.read(lambda session: find_person(session, its.id, person))
        state = its.write(lambda session: answer_for(session, its.id, key, person_id, answer, now=at))
        if state.frees_seat:
            its.database.write(OPERATOR, lambda session: promote_waitlist(session, key, now=at))
            state = its.read(lambda session: rsvp_state(session, its.id, key, person_id, now=at))
    if as_json:
        document({"answer": state.answer, "place": state.place})
    else:
        say(f"{name or person}: {_words(state)}.")


def _words(state: RsvpState) -> str:
    if state.answer != "waitlisted":
        return state.answer or "no answer"
    return f"waitlisted, place {state.place}" if state.place else "waitlisted" + (", next" if state.is_next else "")
