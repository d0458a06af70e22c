"""Buttons, response URLs, modals and the Home, with a real Bolt bot at the other end."""

from tests.sandbox.conftest import Town


def test_a_press_replaces_the_message_it_was_in(town: Town) -> None:
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/tea green")
    assert reply is not None
    assert reply.buttons == ["Drink", "Pour away"]
    assert town.driver.presses(reply, "Drink")
    assert town.driver.conversation("C_NORTHWIND", as_="U_ANIA") == "Kettle (only you): green was good"


def test_a_press_tells_the_app_what_slack_tells(town: Town) -> None:
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/tea green")
    assert reply is not None
    town.driver.presses(reply, "Drink")
    told = town.kettle.heard[-1]
    action = told["actions"][0]
    assert action.pop("action_ts")
    assert told["container"] == {
        "type": "message",
        "message_ts": reply.raw["ts"],
        "channel_id": "C_NORTHWIND",
        "is_ephemeral": True,
    }
    assert told["user"] == {"id": "U_ANIA", "username": "ania", "name": "ania", "team_id": "T_ORBIT"}
    assert told["team"] == {"id": "T_ORBIT", "domain": "orbit"}
    assert told["channel"] == {"id": "C_NORTHWIND", "name": "northwind"}
    assert "message" not in told
    assert action == {
        "action_id": "drink",
        "block_id": "cup",
        "type": "button",
        "text": {"type": "plain_text", "text": "Drink"},
        "value": "green",
        "style": "primary",
    }


def test_delete_original_takes_the_message_away(town: Town) -> None:
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/tea green")
    assert reply is not None
    town.driver.presses(reply, "Pour away")
    assert town.driver.messages("C_NORTHWIND", as_="U_ANIA") == []


def test_a_stranger_presses_with_their_own_workspace_beside_the_apps(town: Town) -> None:
    buttons = [{"type": "button", "action_id": "anything", "text": {"type": "plain_text", "text": "Join"}}]
    town.client.chat_postMessage(channel="C_NORTHWIND", text="Join?", blocks=[{"type": "actions", "elements": buttons}])
    (message,) = town.driver.messages("C_NORTHWIND", as_="U_MAREK")
    assert town.driver.presses(message, "Join")
    told = town.kettle.heard[-1]
    assert (told["user"]["team_id"], told["team"]["id"]) == ("T_NORTH", "T_ORBIT")
    assert told["message"]["text"] == "Join?"


def test_a_press_the_app_does_not_acknowledge_changes_nothing(town: Town) -> None:
    reply = town.driver.types("U_ANIA", "C_NORTHWIND", "/tea green")
    assert reply is not None
    town.kettle.statuses.append(500)
    assert not town.driver.presses(reply, "Drink")
    assert town.driver.messages("C_NORTHWIND", as_="U_ANIA") == [reply]


def test_a_modal_asks_for_what_is_required_before_the_app_hears_of_it(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/order")
    view = town.driver.view("U_ANIA")
    assert view is not None
    before = len(town.kettle.headers)
    assert town.driver.submits(view) == {"sort": "Please complete this required field."}
    assert len(town.kettle.headers) == before


def test_a_submission_carries_the_answers_and_closes_the_modal(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/order")
    view = town.driver.view("U_ANIA")
    assert view is not None
    assert town.driver.submits(view, {"Sort": "black", "Note": "hot"}) == {}
    told = town.kettle.heard[-1]["view"]
    assert town.driver.view("U_ANIA") is None
    assert told["private_metadata"] == "table 4"
    assert told["state"]["values"] == {
        "sort": {
            "choice": {
                "type": "static_select",
                "selected_option": {"text": {"type": "plain_text", "text": "Black"}, "value": "black"},
            }
        },
        "note": {"text": {"type": "plain_text_input", "value": "hot"}},
    }


def test_the_app_may_complain_push_update_and_clear(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/order")

    def submit(note: str) -> tuple[dict[str, str], str]:
        view = town.driver.view("U_ANIA")
        assert view is not None
        errors = town.driver.submits(view, {"Sort": "black", "Note": note})
        top = town.driver.view("U_ANIA")
        return errors, top.title if top else ""

    assert submit("coffee") == ({"note": "We have tea."}, "Your order")
    for wish in ("long", "longer"):
        refused = {"": "We had some trouble connecting. Try again? (invalid_arguments)"}
        assert submit(wish) == (refused, "Your order")
    assert submit("more") == ({}, "One more")
    assert submit("other") == ({}, "Another")
    assert submit("thanks") == ({}, "Your order")
    assert submit("enough") == ({}, "")


def test_the_app_hears_of_a_closed_modal_if_it_asked_to(town: Town) -> None:
    town.driver.types("U_ANIA", "C_NORTHWIND", "/order")
    view = town.driver.view("U_ANIA")
    assert view is not None
    town.driver.closes(view)
    told = town.kettle.heard[-1]
    assert (told["type"], told["is_cleared"], told["view"]["callback_id"]) == ("view_closed", False, "order")


def test_opening_the_home_tells_the_app_which_then_publishes(town: Town) -> None:
    home = town.driver.opens_home("U_ANIA")
    assert home.words == ["Your cups", "Tea"]
    assert town.driver.presses(home, "Tea")
    assert town.kettle.heard[-1]["container"] == {"type": "view", "view_id": home.raw["id"]}
