"""auth.*, api.test, team.info, bots.info."""

from typing import Any

from sandbox import event_emitter
from sandbox.errors import Refusal
from sandbox.webapi.call import Call

Json = dict[str, Any]


def api_test(call: Call) -> Json:
    """What was sent."""
    if call.optional("error"):
        raise Refusal(call.text("error"), args=call.arguments)
    return {"args": call.arguments}


def auth_test(call: Call) -> Json:
    """Whose token this is."""
    workspace = call.slack.seed.workspace(call.installation.team)
    bot = call.slack.person(call.installation.bot_user)
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": bot.name,
        "team_id": workspace.id,
        "user_id": bot.id,
        "bot_id": call.installation.bot_id,
        "enterprise_id": workspace.enterprise_id,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> Json:
    """The token is dead from now on (`test`: it would be)."""
    if not call.flag("test"):
        event_emitter.uninstalled(call.slack, call.installation)
    return {"revoked": not call.flag("test")}


def team_info(call: Call) -> Json:
    """The workspace."""
    workspace = call.slack.seed.workspace(call.installation.team)
    team: Json = {
        "id": workspace.id,
        "name": workspace.name,
        "domain": workspace.domain,
        "email_domain": "",
        "icon": {},
    }
    if workspace.enterprise_id:
        team |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.name}
    return {"team": team}


def bots_info(call: Call) -> Json:
    """The app's bot."""
    bot = call.installation
    if call.optional("bot") not in {None, bot.bot_id}:
        raise Refusal("bot_not_found")
    app = call.slack.seed.app
    about = {"id": bot.bot_id, "deleted": False, "name": app.name, "app_id": app.id, "user_id": bot.bot_user}
    return {"bot": about | {"updated": 0, "icons": {}}}
