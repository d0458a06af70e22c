"""Binding a channel: /desk bind where the channel is, then the account is chosen among one's own."""

from handlers import managers
from handlers.form_values import form_values, private_metadata
from handlers.request import FieldsError, Reply, Response, Routes, SlackRequest
from loyalty.accounts.channels import ChannelTakenError, bind_channel_as_manager
from messages import accounts as say
from messages.actions import BindField, BindView
from storage.database import OPERATOR

MAX_ACCOUNT_OPTIONS = 100
"""So many accounts fit into a menu; the key after `/desk bind` brings any other to its top."""


def open_bind_form(request: SlackRequest) -> Response:
    """Open the window for the channel in which this was asked; an account's key chooses it beforehand."""
    mine = [each.account for each in managers.verify_manager(request)]
    channel = request.origin.channel_id
    if channel is None or channel.startswith("D"):
        return Reply(message=say.no_channel_message(request.reader))
    first = sorted(mine, key=lambda client: client.key != request.value)
    return say.bind_form(request.reader, channel, request.origin.team_id, first[:MAX_ACCOUNT_OPTIONS], request.value)


def bind_channel(request: SlackRequest) -> Reply:
    """Bind the channel to the account that was chosen."""
    wish = private_metadata(request)
    mine = managers.managed_account(request, form_values(request)[BindField.ACCOUNT])
    enterprise = (request.body.get("enterprise") or {}).get("id", "")
    try:
        # The operator's scope: whether another client has the channel shows only there.
        new = request.write_as_requester(
            OPERATOR,
            lambda session: bind_channel_as_manager(
                session,
                mine.account.id,
                team_id=wish["team"],
                channel_id=wish["channel"],
                enterprise_id=enterprise,
                author=mine.author,
                now=request.now,
            ),
        )
    except ChannelTakenError as fault:
        raise FieldsError({BindField.ACCOUNT: fault}) from None
    return Reply(message=say.bind_receipt(request.reader, mine.account.name, wish["channel"], new=new))


ROUTES = Routes(views={BindView.FORM: bind_channel})
