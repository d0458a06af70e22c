"""A webinar on its way into somebody's calendar: a file for a member, links for everybody who is invited."""

from handlers.button_values import as_member_of
from handlers.request import Followup, Reply, Routes, SlackRequest
from handlers.slack.files import share_file
from handlers.webinars.rsvp import webinar_button
from loyalty.accounts.requester import NotJoinedError
from loyalty.webinars.calendar.conversation import last_conversation
from loyalty.webinars.calendar.entries import member_entry
from loyalty.webinars.overview.queries import account_webinar
from messages.actions import WebinarAction
from messages.webinars import rsvp as say
from messages.webinars.calendar.calendar import calendar_file

FILENAME = "webinar.ics"


def add_to_calendar(request: SlackRequest) -> Reply:
    """Show the ways into a calendar; a member's file goes to the conversation last written to."""
    button = webinar_button(request)
    account_id, key, now = button.account_id, button.key, request.now
    try:
        request = as_member_of(request, account_id)
    except NotJoinedError:
        if request.requester.known_account.id != account_id:
            raise
        facts = request.database.read({account_id}, lambda session: account_webinar(session, account_id, key, now=now))
        message = say.calendar_receipt(request.reader, account_id, facts, file=False, joined=False)
        return Reply(message=message, replaces_message=True)
    person_id, user = request.requester.member, request.requester.user
    entry, told_in = request.database.read(
        {account_id},
        lambda session: (
            member_entry(session, account_id, key, person_id, now=now),
            last_conversation(session, account_id, person_id, user.user_id),
        ),
    )
    here = request.origin.channel_id or ""
    conversation = here if here.startswith("D") else told_in
    title, content = say.file_title(request.reader, entry.facts), calendar_file(request.reader, entry, now=now)

    def send(_show: Followup) -> None:
        if conversation is not None:
            share_file(request.slack, content, FILENAME, title, conversation)

    message = say.calendar_receipt(request.reader, account_id, entry.facts, file=conversation is not None, joined=True)
    return Reply(message=message, replaces_message=False, followup=send)


ROUTES = Routes(actions={WebinarAction.CALENDAR: add_to_calendar})
