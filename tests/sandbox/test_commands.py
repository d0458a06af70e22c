"""Slash commands, over real HTTP, with a real Bolt bot at the other end."""

from tests.sandbox.conftest import Town


def test_a_string_acknowledgement_is_seen_by_whoever_typed(town: Town) -> None:
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/tea")
    assert reply is not None
    assert (reply.text, reply.only_visible_to_them) == ("What sort?", True)
    assert town.driver.messages("C_NORTHWIND", as_="U_EWA") == []


def test_an_answer_in_the_channel_is_seen_by_everybody_there(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea loud")
    assert town.driver.conversation("C_NORTHWIND", as_="U_MAREK") == "Kettle: Tea for everybody"


def test_the_form_is_slacks(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/tea green & <hot>")
    (form,) = town.kettle.heard
    assert form.pop("response_url").startswith(f"{town.url}/commands/T_ORBIT/")
    assert form.pop("trigger_id")
    assert form == {
        "token": "verification-token-of-old",
        "team_id": "T_ORBIT",
        "team_domain": "orbit",
        "channel_id": "C_NORTHWIND",
        "channel_name": "northwind",
        "user_id": "U_ANIA",
        "user_name": "ania",
        "api_app_id": "A00000001",
        "is_enterprise_install": "false",
        "command": "/tea",
        "text": "green &amp; &lt;hot&gt;",
    }


def test_should_escape_turns_names_into_ids(town: Town) -> None:
    reply = town.driver.types("U_EWA", "C_NORTHWIND", "/mention @ania in #northwind, not a@ania")
    assert reply is not None
    assert reply.text == "<@U_ANIA> in <#C_NORTHWIND|northwind>, not a@ania"


def test_an_unknown_command_reaches_nobody(town: Town) -> None:
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/coffee")
    assert reply is not None
    assert reply.text == "`/coffee` is not a valid command."
    assert town.kettle.headers == []


def test_people_of_another_workspace_have_no_commands(town: Town) -> None:
    reply = town.driver.types("U_MAREK", "C_NORTHWIND", "/tea")
    assert reply is not None
    assert reply.text == "`/tea` is not a valid command."


def test_commands_do_not_run_in_threads(town: Town) -> None:
    asked = town.driver.types("U_EWA", "C_NORTHWIND", "Tea, anybody?")
    assert asked is not None
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/tea", thread_ts=asked.raw["ts"])
    assert reply is not None
    assert reply.text == "`/tea` is not supported in threads. Sorry!"
    assert reply.raw["thread_ts"] == asked.raw["ts"]


def test_after_three_seconds_slack_says_so(town: Town) -> None:
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/slow")
    assert reply is not None
    assert reply.text == '/slow failed with the error "operation_timeout"'


def test_a_broken_listener_is_a_failed_dispatch(town: Town) -> None:
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/broken")
    assert reply is not None
    assert reply.text == '/broken failed with the error "dispatch_failed"'
