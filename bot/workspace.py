"""The workspace that the bot's token belongs to: asked of Slack, and told to channels that were bound without one."""

from dataclasses import dataclass
from threading import Lock

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.slack.identity import UNREACHED
from loyalty.accounts.channels import settle, unsettled
from storage.database import OPERATOR, Database

REFUSALS = (
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
)
"""What Slack says to a token that will not do, now or later."""
log = structlog.get_logger()


class TokenRefusedError(Exception):
    """Slack refuses the token; the text is its error."""


@dataclass(frozen=True, slots=True)
class HomeWorkspace:
    """A workspace; `enterprise_id` is empty outside an Enterprise Grid."""

    enterprise_id: str
    team_id: str


class HomeFinder:
    """Asks once, and again as long as Slack cannot be reached."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._found: HomeWorkspace | None = None
        self._lock = Lock()

    def find(self) -> HomeWorkspace | None:
        """Return the workspace; None where Slack cannot be reached just now. Errors: `TokenRefusedError`."""
        with self._lock:
            if self._found is None:
                self._found = ask(self._client)
            return self._found


def ask(client: WebClient) -> HomeWorkspace | None:
    """Return what Slack says of the client's token; None where nothing can be had of it just now.

    Errors: `TokenRefusedError`.
    """
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        said = error.response.get("error")
        if said in REFUSALS:
            raise TokenRefusedError(said) from None
        log.warning("Slack does not say which workspace this is", error=said)
        return None
    except UNREACHED as error:
        log.warning("Slack cannot be reached", error=str(error))
        return None
    if answer.get("is_enterprise_install"):
        # The token speaks for many workspaces, so that none can be told from it.
        return None
    return HomeWorkspace(answer.get("enterprise_id") or "", answer["team_id"])


def settle_channels(database: Database, finder: HomeFinder) -> None:
    """Tell channels that were bound without a workspace which one they are in."""
    if not database.read(OPERATOR, unsettled):
        return
    home = finder.find()
    if home is None:
        return
    done = database.write(
        OPERATOR, lambda session: settle(session, enterprise_id=home.enterprise_id, team_id=home.team_id)
    )
    log.info("channels are in their workspace", team=home.team_id, channels=done.settled)
    for channel_id in done.doubtful:
        log.error("a channel is bound to two accounts: unbind one", channel=channel_id, team=home.team_id)
