"""Which workspace the token belongs to, and what that does for channels bound without one."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlmodel import Session, col, select

from bot.workspace import HomeFinder, HomeWorkspace, TokenRefusedError, settle_channels
from loyalty.accounts.channels import bind_channel
from loyalty.accounts.requester import Origin, Role, identify
from loyalty.accounts.slack_profile import SlackUser
from storage.database import OPERATOR, Database
from storage.tables import Channel
from tests.support.two_clients import NOW, TwoClients

HERE = {"ok": True, "team_id": "T1", "enterprise_id": None}


class Client(WebClient):
    """A client to which Slack answers as it is told to, call by call."""

    def __init__(self, *answers: dict[str, Any] | Exception) -> None:
        super().__init__("xoxb-1")
        self.answers = list(answers)

    def auth_test(self, **_kwargs: Any) -> SlackResponse:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        found = SlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=answer, headers={}, status_code=200
        )
        if not answer["ok"]:
            raise SlackApiError(json.dumps(answer), found)  # type: ignore[no-untyped-call]  # slack_sdk leaves it bare
        return found


def bound(database: Database) -> list[tuple[int, str, str]]:
    def look(session: Session) -> list[tuple[int, str, str]]:
        rows = session.exec(select(Channel).order_by(col(Channel.account_id), col(Channel.channel_id))).all()
        return [(row.account_id, row.team_id, row.channel_id) for row in rows]

    return database.read(OPERATOR, look)


def bind(database: Database, account_id: int, channel_id: str, team_id: str = "") -> None:
    database.write(
        OPERATOR,
        lambda session: bind_channel(session, account_id, team_id=team_id, channel_id=channel_id, now=NOW),
    )


def test_channels_learn_their_workspace_and_those_that_know_it_keep_it(
    database: Database, two_clients: TwoClients
) -> None:
    north, hanbit = two_clients.northwind.id, two_clients.hanbit.id
    bind(database, north, "C1")
    bind(database, hanbit, "C2")
    bind(database, hanbit, "C3", "T9")
    settle_channels(database, HomeFinder(Client(HERE)))
    assert bound(database) == [(north, "T1", "C1"), (hanbit, "T1", "C2"), (hanbit, "T9", "C3")]


def test_access_knows_the_channel_before_and_after(database: Database, two_clients: TwoClients) -> None:
    bind(database, two_clients.northwind.id, "C1")

    def met(team: str) -> Role:
        who, where = SlackUser("", team, "U1"), Origin(team, "C1")
        return database.read(OPERATOR, lambda session: identify(session, who, where).role)

    assert (met("T1"), met("T2")) == (Role.NEWCOMER, Role.NEWCOMER)
    settle_channels(database, HomeFinder(Client(HERE)))
    assert (met("T1"), met("T2")) == (Role.NEWCOMER, Role.STRANGER)


def test_slack_is_asked_once_and_not_at_all_without_need(database: Database, two_clients: TwoClients) -> None:
    settle_channels(database, HomeFinder(Client()))
    finder = HomeFinder(Client(HERE))
    assert (finder.find(), finder.find()) == (HomeWorkspace("", "T1"), HomeWorkspace("", "T1"))


@pytest.mark.parametrize(
    "trouble",
    [OSError("no route to host"), {"ok": False, "error": "internal_error"}, HERE | {"is_enterprise_install": True}],
)
def test_what_slack_does_not_say_now_is_asked_again(
    database: Database, two_clients: TwoClients, trouble: dict[str, Any] | Exception
) -> None:
    north = two_clients.northwind.id
    bind(database, north, "C1")
    finder = HomeFinder(Client(trouble, HERE | {"enterprise_id": "E1"}))
    settle_channels(database, finder)
    assert bound(database) == [(north, "", "C1")]
    settle_channels(database, finder)
    assert bound(database) == [(north, "T1", "C1")]


def test_a_token_that_slack_refuses_is_an_error() -> None:
    refused: Callable[[], Any] = HomeFinder(Client({"ok": False, "error": "invalid_auth"})).find
    with pytest.raises(TokenRefusedError, match="invalid_auth"):
        refused()
