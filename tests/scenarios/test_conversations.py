"""The whole, as conversations: people in Slack, their product, and the bot between them."""

from tests.scenarios.village import HANBIT, NORTHWIND, Village

def test_x(village: Village) -> None:
    village.invites()
    village.passes()
    village.joins("U_ANIA")
    print(village.sends("northwind", ("ania", "e1")))
    village.passes()
    village.driver.types("U_ANIA", NORTHWIND, "/points")
    village.presses("U_ANIA", NORTHWIND, "Why these points")
    village.driver.types("U_ANIA", NORTHWIND, "/leaderboard")
    print(village.driver.conversation(NORTHWIND, as_="U_ANIA"))
    print(village.driver.conversation(NORTHWIND, as_="U_MAREK"))
    print(village.driver.conversation(HANBIT, as_="U_JUN"))
    print(village.outbox())
    print(village.posted(NORTHWIND, "U_ANIA"))
    print(village.presses("U_MAREK", NORTHWIND, "No thanks").text)
    print(village.sends("northwind", ("marek", "e2")))
