"""Modals, at most three deep on a person's screen, and the app's Home tabs."""

from dataclasses import dataclass, replace
from typing import Any

from sandbox.errors import Refusal

Json = dict[str, Any]


@dataclass(frozen=True)
class View:
    """A modal or a Home tab that the app shows to `user` from its installation in `team`."""

    id: str
    kind: str
    user: str
    team: str
    content: Json
    hash: str
    root: str
    previous: str | None = None

    def as_slack(self, *, app_id: str, bot_id: str, state: Json | None = None) -> Json:
        """The view as Slack's API and payloads carry it."""
        defaults: Json = {
            "type": self.kind,
            "callback_id": "",
            "private_metadata": "",
            "external_id": "",
            "title": {"type": "plain_text", "text": "View Title", "emoji": True},
            "close": None,
            "submit": None,
            "clear_on_close": False,
            "notify_on_close": False,
        }
        return (
            defaults
            | self.content
            | {
                "id": self.id,
                "team_id": self.team,
                "app_id": app_id,
                "app_installed_team_id": self.team,
                "bot_id": bot_id,
                "hash": self.hash,
                "root_view_id": self.root,
                "previous_view_id": self.previous,
                "state": {"values": state or {}},
            }
        )


class Views:
    """Every person's open modals, the top one last, and their Home tabs."""

    def __init__(self, *, depth: int) -> None:
        self._depth = depth
        self._open: dict[str, list[View]] = {}
        self._homes: dict[tuple[str, str], View] = {}

    def stack(self, person: str) -> list[View]:
        """The person's open modals, the top one last."""
        return list(self._open.get(person, ()))

    def home(self, team: str, person: str) -> View | None:
        """The Home tab the app has published to this person, None if it has not yet."""
        return self._homes.get((team, person))

    def open(self, view: View) -> None:
        """Show the modal in place of whatever was open."""
        self._refuse_taken_name(view)
        self._open[view.user] = [view]

    def push(self, view: View) -> View:
        """The view, now on top of the open one; refuses with push_limit_reached."""
        stack = self._open.get(view.user, [])
        if not stack:
            raise Refusal("view_not_found")
        if len(stack) >= self._depth:
            raise Refusal("push_limit_reached")
        self._refuse_taken_name(view)
        pushed = replace(view, root=stack[0].id, previous=stack[-1].id)
        stack.append(pushed)
        return pushed

    def publish(self, view: View, *, expected_hash: str | None) -> View:
        """The Home tab, now the person's; it keeps the id of the one it replaces."""
        before = self.home(view.team, view.user)
        if before is not None:
            _refuse_stale(before, expected_hash)
            view = replace(view, id=before.id, root=before.id)
        self._homes[view.team, view.user] = view
        return view

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> View:
        """The open modal or Home tab with this id or external id; refuses with not_found."""
        everything = [view for stack in self._open.values() for view in stack] + list(self._homes.values())
        for view in everything:
            if view.id == view_id or (external_id and view.content.get("external_id") == external_id):
                return view
        raise Refusal("not_found")

    def update(self, view: View, content: Json, *, new_hash: str, expected_hash: str | None) -> View:
        """The view with its content replaced; refuses with hash_conflict when somebody was faster."""
        _refuse_stale(view, expected_hash)
        changed = replace(view, content=content, hash=new_hash)
        if view.kind == "home":
            self._homes[view.team, view.user] = changed
        else:
            stack = self._open[view.user]
            stack[stack.index(view)] = changed
        return changed

    def close(self, view: View) -> None:
        """Take this modal, and whatever lies on it, from the screen."""
        stack = self._open.get(view.user, [])
        if view in stack:
            del stack[stack.index(view) :]

    def clear(self, person: str) -> None:
        """Take all the person's modals from the screen."""
        self._open[person] = []

    def _refuse_taken_name(self, view: View) -> None:
        name = view.content.get("external_id")
        if name and any(
            other.team == view.team and other.content.get("external_id") == name
            for stack in self._open.values()
            for other in stack
        ):
            raise Refusal("duplicate_external_id")


def _refuse_stale(view: View, expected_hash: str | None) -> None:
    if expected_hash is not None and expected_hash != view.hash:
        raise Refusal("hash_conflict")
