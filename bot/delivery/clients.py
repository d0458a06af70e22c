"""Slack's clients: one a workspace."""

from collections.abc import Callable

from slack_sdk import WebClient

from storage.outbox import Workspace

SLACK_API_URL = "https://slack.com/api/"
SLACK_TIMEOUT_SECONDS = 10
"""Seconds for one call."""


class Clients:
    """The way to each workspace. `token_of` says with which token, None where the bot is not installed."""

    def __init__(
        self,
        token_of: Callable[[Workspace], str | None],
        *,
        base_url: str = SLACK_API_URL,
        timeout: int = SLACK_TIMEOUT_SECONDS,
    ) -> None:
        self._token_of, self._base_url, self._timeout = token_of, base_url, timeout
        self._clients: dict[Workspace, WebClient] = {}

    def client(self, workspace: Workspace) -> WebClient | None:
        """Return a workspace's client, None where there is no way in.

        It never sends anything twice: the SDK's own retry posts again when a connection is reset after the post.
        """
        token = self._token_of(workspace)
        if token is None:
            return None
        known = self._clients.get(workspace)
        if known is None or known.token != token:
            known = WebClient(token, base_url=self._base_url, timeout=self._timeout, retry_handlers=[])
            self._clients[workspace] = known
        return known
