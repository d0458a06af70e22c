"""Binding a channel to an account: /desk bind in the channel, then the account is chosen in a modal."""

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
    """Return the modal for the channel in which this was asked; an account's key chooses it beforehand."""
    accounts = [managed.account for managed in managers.verify_manager(request)]
    channel = request.origin.channel_id
    if channel is None or channel.startswith("D"):
        return Reply(message=say.no_channel_message(request.reader))
    options = sorted(accounts, key=lambda account: account.key != request.value)[:MAX_ACCOUNT_OPTIONS]
    return say.bind_form(request.reader, channel, request.origin.team_id, options, request.value)


def bind_channel(request: SlackRequest) -> Reply:
    """Bind the channel to the account that was chosen, and return the receipt."""
    metadata = private_metadata(request)
    managed = managers.managed_account(request, form_values(request)[BindField.ACCOUNT])
    enterprise = (request.body.get("enterprise") or {}).get("id", "")
    try:
        # The operator's scope: whether another client has the channel shows only there.
        new = request.write_as_requester(
            OPERATOR,
            lambda session: bind_channel_as_manager(
                session,
                managed.account.id,
                team_id=metadata["team"],
                channel_id=metadata["channel"],
                enterprise_id=enterprise,
                author=managed.author,
                now=request.now,
            ),
        )
    except ChannelTakenError as fault:
        raise FieldsError({BindField.ACCOUNT: fault}) from None
    return Reply(message=say.bind_receipt(request.reader, managed.account.name, metadata["channel"], new=new))


ROUTES = Routes(views={BindView.FORM: bind_channel})
