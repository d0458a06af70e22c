"""oauth.v2.access: a code becomes a token."""

from typing import Any

from sandbox.errors import Refusal
from sandbox.slack import Slack

Json = dict[str, Any]


def access(slack: Slack, arguments: Json) -> Json:
    """A token for the workspace whose code this is; the caller is known by client id and secret."""
    app = slack.seed.app
    if not app.client_id or arguments.get("client_id") != app.client_id:
        raise Refusal("invalid_client_id")
    if arguments.get("client_secret") != app.client_secret:
        raise Refusal("bad_client_secret")
    redirect_uri = str(arguments.get("redirect_uri") or "")
    consent = slack.passes.exchange_code(str(arguments.get("code")), redirect_uri=redirect_uri, now=slack.now())
    installation = slack.install(consent.team)
    workspace = slack.seed.workspace(consent.team)
    enterprise = {"id": workspace.enterprise_id, "name": workspace.name} if workspace.enterprise_id else None
    return {
        "access_token": installation.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(app.scopes)),
        "bot_user_id": installation.bot_user,
        "app_id": app.id,
        "team": {"id": workspace.id, "name": workspace.name},
        "enterprise": enterprise,
        "is_enterprise_install": False,
        "authed_user": {"id": consent.user},
    }
