from tests.support.workspace import Town


def test_settings_are_a_word_and_a_button(town: Town) -> None:
    town.joins("U_ANIA")
    typed = town.types("U_ANIA", "/points settings")
    pressed = town.presses(town.types("U_ANIA", "/points"), "My settings")
    assert (
        typed.buttons
        == pressed.buttons
        == [
            "Show me on boards",
            "Celebrate my milestones",
            "Leave the programme",
            "Erase my data",
        ]
    )


def test_a_language_is_answered_in_that_language_and_kept(town: Town) -> None:
    town.joins("U_ANIA")
    reply = town.types("U_ANIA", "/points settings")
    town.driver.presses(reply, "settings.language", value="pl")
    town.driver.waits_for_message("C_NORTHWIND", "Od teraz mówię do Ciebie po polsku.", as_="U_ANIA")
    assert town.types("U_ANIA", "/points").text.startswith("*Na razie bez punktów.*")
    reply = town.types("U_ANIA", "/points settings")
    town.driver.presses(reply, "settings.language", value="slack")
    town.driver.waits_for_message("C_NORTHWIND", "From now on I speak English to you.", as_="U_ANIA")


def test_leaving_keeps_the_points_and_joining_again_finds_them(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania")
    reply = town.presses(town.types("U_ANIA", "/points settings"), "Leave the programme")
    assert reply.text.startswith("*You have left.*")
    assert town.types("U_ANIA", "/points").text.startswith("*This is for those who joined.*")
    town.joins("U_ANIA")
    assert town.types("U_ANIA", "/points").text.startswith("*15 points to spend*")
