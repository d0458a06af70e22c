"""users.*: who people are."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.errors import Refusal
from sandbox.seed import Person
from sandbox.webapi.call import Call, page

Json = dict[str, Any]


def info(call: Call) -> Json:
    """One person, with their locale if `include_locale` is set."""
    person = call.slack.person(call.text("user"))
    if not call.slack.reaches(call.installation, person):
        raise Refusal("user_not_found")
    return {"user": _shown(call, person)}


def list_all(call: Call) -> Json:
    """Everybody of the workspace, bots included."""
    own = [person for person in call.slack.seed.everybody() if person.team == call.installation.team]
    found, more = page(call, own, default=1000)
    return {"members": [_shown(call, person) for person in found], "cache_ts": int(call.slack.now().timestamp())} | more


def lookup_by_email(call: Call) -> Json:
    """The person of the workspace with this e-mail address."""
    wanted = call.text("email").lower()
    for person in call.slack.seed.everybody():
        if person.email.lower() == wanted and person.team == call.installation.team and not person.deleted:
            return {"user": _shown(call, person)}
    raise Refusal("users_not_found")


def _shown(call: Call, person: Person) -> Json:
    stranger = person.team != call.installation.team
    shown: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.name,
        "deleted": person.deleted,
        "real_name": person.real_name,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 0,
        "profile": _profile(call, person),
    }
    if person.deleted:
        return shown
    shown |= _zone(person, call.slack.now()) | _standing(person)
    if stranger:
        shown["is_stranger"] = False
    return shown | {"locale": person.locale} if call.flag("include_locale") else shown


def _profile(call: Call, person: Person) -> Json:
    first, _, last = person.real_name.partition(" ")
    profile = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "first_name": first,
        "last_name": last,
        "team": person.team,
    }
    if "users:read.email" in call.slack.seed.app.scopes and person.email and person.team == call.installation.team:
        profile["email"] = person.email
    return profile


def _zone(person: Person, now: datetime) -> Json:
    zone = now.astimezone(ZoneInfo(person.tz))
    offset = zone.utcoffset()
    seconds = int(offset.total_seconds()) if offset is not None else 0
    return {"tz": person.tz, "tz_label": zone.tzname(), "tz_offset": seconds}


def _standing(person: Person) -> Json:
    return {
        "is_admin": person.is_admin,
        "is_owner": person.is_admin,
        "is_primary_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
    }
