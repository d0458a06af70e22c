"""A member's webinars: /webinars [here CODE | new | help], the code of a session, asking for a training."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from handlers import command_words
from handlers.button_values import as_button_member, as_member_of
from handlers.form_values import form_values, private_metadata
from handlers.request import FieldsError, Listener, Reply, Response, Routes, SlackRequest
from handlers.webinars import announce
from loyalty.webinars.attendance.marks import code_webinars, enter_code
from loyalty.webinars.details import WebinarFacts
from loyalty.webinars.errors import EmptyRequestError, WrongCodeError
from loyalty.webinars.overview.queries import member_webinar, member_webinars
from loyalty.webinars.training_requests import ask_for_training
from messages import help as helping
from messages.actions import WebinarAction, WebinarField, WebinarView
from messages.kit.modals import Modal
from messages.webinars import code as say_code
from messages.webinars import overview as say
from messages.webinars import training as say_training


class Word(StrEnum):
    """What one can type after /webinars."""

    HERE = "here"
    HELP = "help"
    NEW = "new"


WORDS = {
    Word.HERE: ("here", "jestem", "출석"),
    Word.HELP: ("help", "pomoc", "도움말"),
    Word.NEW: ("new", "nowy", "새로"),
}


def webinars(request: SlackRequest) -> Response:
    """Answer /webinars by the word after it."""
    first, _, rest = request.value.partition(" ")
    read = command_words.read(first, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/webinars", read.unknown, read.nearest))
    return _LISTENERS[read.words[0] if read.words else None](replace(request, value=rest))


def show_webinars(request: SlackRequest) -> Reply:
    """Show somebody's webinars: those they answered, those open to them, past ones."""
    request = as_button_member(request)
    account_id, person_id, now = request.requester.known_account.id, request.requester.member, request.now
    found = request.database.read(
        {account_id}, lambda session: member_webinars(session, account_id, person_id, now=now)
    )
    return Reply(message=say.webinars_message(request.reader, account_id, found), replaces_message=True)


def enter_typed_code(request: SlackRequest) -> Response:
    """Take the code that was typed after /webinars here; without one, or where several run, open the window for it."""
    running = _running(request)
    if len(running) != 1 or not request.value:
        return _code_form(request, running)
    return _enter_code(request, running[0].key, request.value)


def open_code_form(request: SlackRequest) -> Response:
    """Open the window that takes a code; where no webinar takes one now, say so."""
    request = replace(as_button_member(request), value="")
    return _code_form(request, _running(request))


def submit_code(request: SlackRequest) -> Reply:
    """Take the code from the window; what is wrong with it stands below it."""
    request, values = as_member_of(request, int(private_metadata(request)["account"])), form_values(request)
    try:
        return _enter_code(request, values[WebinarField.WEBINAR], values[WebinarField.CODE])
    except WrongCodeError as wrong:
        raise FieldsError({WebinarField.CODE: wrong}) from wrong


def open_training_form(request: SlackRequest) -> Modal:
    """Open the window in which a training is asked for."""
    request = as_button_member(request)
    account_id, _ = request.requester.known_account.id, request.requester.member
    return say_training.training_form(request.reader, account_id)


def submit_training(request: SlackRequest) -> Reply:
    """Pass a request for a training on, and return the receipt."""
    request, values = as_member_of(request, int(private_metadata(request)["account"])), form_values(request)
    account_id, person_id, now = request.requester.known_account.id, request.requester.member, request.now
    topic, wish = values[WebinarField.TOPIC], values[WebinarField.WISH]
    try:
        manager_count = request.write_as_requester(
            {account_id},
            lambda session: ask_for_training(session, account_id, person_id, topic=topic, wish=wish, now=now),
        )
    except EmptyRequestError as empty:
        raise FieldsError({WebinarField.TOPIC: empty}) from empty
    return Reply(message=say_training.training_receipt(request.reader, account_id, topic, manager_count))


def show_help(request: SlackRequest) -> Reply:
    """Say what one can ask about webinars."""
    return Reply(message=helping.webinars_help(request.reader), replaces_message=True)


def _running(request: SlackRequest) -> tuple[WebinarFacts, ...]:
    """Return the webinars of whoever asks that take a code now."""
    account_id, person_id, now = request.requester.known_account.id, request.requester.member, request.now
    return request.database.read(
        {account_id},
        lambda session: tuple(
            member_webinar(session, account_id, key, person_id, now=now).facts
            for key in code_webinars(session, account_id, person_id, now=now)
        ),
    )


def _code_form(request: SlackRequest, running: tuple[WebinarFacts, ...]) -> Response:
    account_id = request.requester.known_account.id
    if not running:
        return Reply(message=say_code.no_code_message(request.reader, account_id), replaces_message=True)
    return say_code.code_form(request.reader, account_id, running, request.value)


def _enter_code(request: SlackRequest, key: str, code: str) -> Reply:
    account_id, person_id, now = request.requester.known_account.id, request.requester.member, request.now
    answer, webinar = request.write_as_requester(
        {account_id},
        lambda session: (
            enter_code(session, account_id, key, person_id, code, now=now),
            member_webinar(session, account_id, key, person_id, now=now),
        ),
    )
    if not answer.right:
        raise WrongCodeError(key, answer.wait_until)
    return Reply(message=say_code.code_receipt(request.reader, account_id, webinar.facts))


_LISTENERS: Mapping[Word | None, Listener] = {
    None: show_webinars,
    Word.HERE: enter_typed_code,
    Word.HELP: show_help,
    Word.NEW: announce.open_announcement,
}
ROUTES = Routes(
    commands={"/webinars": webinars},
    actions={
        WebinarAction.WEBINARS: show_webinars,
        WebinarAction.HERE: open_code_form,
        WebinarAction.ASK: open_training_form,
    },
    views={WebinarView.HERE: submit_code, WebinarView.ASK: submit_training},
)
