"""Answers to an invitation: each press is answered to whoever pressed, and to nobody else."""

from dataclasses import dataclass
from typing import Any

from handlers.button_values import as_member_of, parse_button_value
from handlers.request import Listener, Reply, Routes, SlackRequest
from handlers.slack.profiles import fetch_profile
from loyalty.accounts.requester import NotJoinedError
from loyalty.members import join as joining
from loyalty.webinars.details import Answer, RsvpState
from loyalty.webinars.earning import points_for_coming
from loyalty.webinars.errors import NoSuchWebinarError
from loyalty.webinars.overview.queries import account_webinar, member_webinar
from loyalty.webinars.rsvp.rsvp import rsvp
from loyalty.webinars.rsvp.waitlist import promote_waitlist
from messages.actions import WebinarAction
from messages.members import welcome
from messages.webinars import links
from messages.webinars import rsvp as say
from storage.database import OPERATOR

GOING, DECLINED = "going", "declined"
ANSWERS: dict[str, dict[str, Any]] = {
    GOING: {"answer": "going"},
    DECLINED: {"answer": "declined"},
    links.MAYBE: {"answer": "maybe"},
    links.RECORDING: {"answer": None, "wants_recording": True},
    links.OTHER_TIME: {"answer": None, "other_time": True},
}
"""What each press answers, as `rsvp` takes it."""


@dataclass(frozen=True, slots=True)
class WebinarButton:
    """What a button about a webinar says: the account's id, the webinar's key, and what of it is meant."""

    account_id: int
    key: str
    what: str


def webinar_button(request: SlackRequest) -> WebinarButton:
    """Return what the button that was pressed says. Errors: `NoSuchWebinarError`."""
    button = parse_button_value(request.value)
    key, _, what = (button.item or "").partition("/")
    if not (button.account_id.isdecimal() and key):
        raise NoSuchWebinarError(request.value)
    return WebinarButton(int(button.account_id), key, what)


def answer_listener(what: str) -> Listener:
    """Return the listener of a button that gives one answer."""

    def answer(request: SlackRequest) -> Reply:
        button = webinar_button(request)
        return _answer(request, button.account_id, button.key, what)

    return answer


def answer_from_menu(request: SlackRequest) -> Reply:
    """Give the answer that was chosen under `•••`."""
    button = webinar_button(request)
    return _answer(request, button.account_id, button.key, button.what)


def join_and_answer(request: SlackRequest) -> Reply:
    """Let whoever pressed join, and give the answer that was kept on the button."""
    button = webinar_button(request)
    account = request.requester.known_account
    if account.id != button.account_id:
        raise NotJoinedError(f"{request.requester.user} has not joined account {button.account_id}")
    profile = fetch_profile(request.slack, request.requester.user)
    joined = request.database.write(
        {account.id}, lambda session: joining.join(session, account.id, profile, now=request.now)
    )
    if joined.person_id is None:
        return Reply(message=welcome.join_receipt(request.reader, joined), replaces_message=True)
    return _answer(request.refreshed(), button.account_id, button.key, button.what)


def _answer(request: SlackRequest, account_id: int, key: str, what: str) -> Reply:
    given = ANSWERS.get(what)
    if given is None:
        raise NoSuchWebinarError(key)
    try:
        member = as_member_of(request, account_id)
    except NotJoinedError:
        return _offer_to_join(request, account_id, key, what)
    return _record(member, account_id, key, **given)


def _record(
    request: SlackRequest,
    account_id: int,
    key: str,
    *,
    answer: Answer | None,
    wants_recording: bool | None = None,
    other_time: bool | None = None,
) -> Reply:
    person_id, now = request.requester.member, request.now
    state, webinar = request.write_as_requester(
        {account_id},
        lambda session: (
            rsvp(
                session,
                account_id,
                key,
                person_id,
                answer,
                wants_recording=wants_recording,
                other_time=other_time,
                now=now,
            ),
            member_webinar(session, account_id, key, person_id, now=now),
        ),
    )
    promote_if_free(request, key, state)
    facts = webinar.facts
    earns = request.database.read(
        {account_id},
        lambda session: points_for_coming(session, account_id, facts, day=facts.local_start.date()),
    )
    message = say.answer_receipt(request.reader, account_id, facts, state, earns)
    return Reply(message=message, replaces_message=True)


def promote_if_free(request: SlackRequest, key: str, state: RsvpState) -> None:
    """Give a seat that an answer left free to whoever is next, in a transaction of its own."""
    if state.frees_seat:
        request.database.write(OPERATOR, lambda session: promote_waitlist(session, key, now=request.now))


def _offer_to_join(request: SlackRequest, account_id: int, key: str, what: str) -> Reply:
    """Offer one press that joins and answers to whoever is of the account and has not joined."""
    account = request.requester.known_account
    if account.id != account_id:
        raise NotJoinedError(f"{request.requester.user} has not joined account {account_id}")
    facts = request.database.read(
        {account_id}, lambda session: account_webinar(session, account_id, key, now=request.now)
    )
    return Reply(message=say.join_offer(request.reader, account_id, facts, what), replaces_message=True)


ROUTES = Routes(
    actions={
        WebinarAction.GOING: answer_listener(GOING),
        WebinarAction.DECLINE: answer_listener(DECLINED),
        WebinarAction.MORE: answer_from_menu,
        WebinarAction.JOIN: join_and_answer,
    }
)
