from tests.support.workspace import Town


def test_home_of_a_member_has_everything_of_their_own(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=7)
    home = town.driver.opens_home("U_ANIA")
    assert home.words[:4] == [
        "Northwind",
        "*105 points to spend*, 105 earned this week.\nLatest: report scheduled, +15, today 10:30.",
        "*This week*\nYou: *105 points*.\nGoal, Onboarding workshop: 105 of 3,000.",
        "*Badges*\nExplorer",
    ]
    assert home.buttons == [
        "Why these points",
        "History",
        "Statement",
        "Leaderboard",
        "Rules",
        "What you can ask",
        "Show me on boards",
        "Celebrate my milestones",
        "Leave the programme",
        "Erase my data",
    ]


def test_home_of_a_stranger_tells_nothing_of_anybody(town: Town) -> None:
    assert town.driver.opens_home("U_NEW").words == [
        "Welcome",
        (
            "Here you will find your points, your badges and your settings. To begin, type `/points` in your company's"
            " channel, or press Join there."
        ),
    ]


def test_a_choice_in_home_draws_it_anew_without_a_window(town: Town) -> None:
    town.joins("U_ANIA")
    home = town.driver.opens_home("U_ANIA")
    town.driver.presses(home, "Show me on boards")
    town.driver.waits_for(lambda: "Take me off boards" in town.driver.home("U_ANIA").buttons)  # type: ignore[union-attr]
    assert town.driver.view("U_ANIA") is None


def test_why_opens_a_window_over_home(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania")
    town.driver.presses(town.driver.opens_home("U_ANIA"), "Why these points")
    window = town.driver.waits_for(lambda: town.driver.view("U_ANIA"))
    assert window.title == "Laurels"
    assert window.words[:2] == ["*Why these points*", "*+15* report scheduled, today 10:30. Rule report, version 1."]


def test_the_owner_switches_the_mode_and_nobody_else_can(town: Town) -> None:
    town.joins("U_PIOTR", "U_ANIA")
    home = town.driver.opens_home("U_PIOTR")
    assert "settings.mode" in str(home.blocks)
    town.driver.presses(home, "settings.mode", value="team")
    town.driver.waits_for(lambda: "settings.mode" in str(town.driver.home("U_PIOTR")))
    assert town.types("U_PIOTR", "/leaderboard").text.startswith("*Northwind,")
    assert "Miejsca pojawią się" not in town.types("U_PIOTR", "/leaderboard").text
    assert "settings.mode" not in str(town.driver.opens_home("U_ANIA").blocks)


def test_erasing_in_home_leaves_a_strangers_home(town: Town) -> None:
    town.joins("U_ANIA")
    town.driver.presses(town.driver.opens_home("U_ANIA"), "Erase my data")
    town.driver.waits_for(lambda: town.driver.home("U_ANIA").words[0] == "Welcome")  # type: ignore[union-attr]
    assert town.types("U_ANIA", "/points").text.startswith("*This is for those who joined.*")
