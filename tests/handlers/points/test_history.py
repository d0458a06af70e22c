from tests.support.workspace import Town


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if "+15" in line]


def test_history_turns_its_pages_there_and_back(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("hanbit", "ania", times=3)
    for hours in reversed(range(23)):
        town.uses("northwind", "ania", hours=hours)
    first = town.types("U_ANIA", "/points history")
    assert first.buttons == ["Earlier", "Why these points", "My points"]
    second = town.presses(first, "Earlier")
    assert second.buttons == ["Earlier", "Later", "Why these points", "My points"]
    third = town.presses(second, "Earlier")
    assert third.buttons == ["Later", "Why these points", "My points"]
    seen = [line for page in (first, second, third) for line in lines(page.text)]
    assert (len(seen), len(set(seen))) == (23, 23)
    assert seen[0] == "today 10:30: *+15* report scheduled"
    back = town.presses(third, "Later")
    assert back.text == second.text
    assert town.presses(back, "Later").text == first.text


def test_without_entries_there_is_an_empty_history(town: Town) -> None:
    town.joins("U_ANIA")
    assert town.types("U_ANIA", "/points historia").text == (
        "*History*\nNothing there yet: whatever comes and goes will stand here.\nOnly you see this."
    )


def test_a_statement_tells_a_month_in_words_and_the_one_before(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=2, days=20)
    town.uses("northwind", "ania", times=3, days=1)
    this = town.types("U_ANIA", "/points statement")
    assert this.text == (
        "*March 2026, so far*\n"
        "Earned: 45 points.\n"
        "• report scheduled, 3 times: 45\n"
        "Before: 30. Now: 75.\n"
        "The month before · History · My points\n"
        "Only you see this."
    )
    last = town.presses(this, "The month before")
    assert last.text == (
        "*February 2026*\n"
        "Earned: 30 points.\n"
        "• report scheduled, 2 times: 30\n"
        "Before: 0. At the end: 30.\n"
        "This month · History · My points\n"
        "Only you see this."
    )
    for words in ("statement last", "last statement", "last month", "statement last month", "지난 달"):
        assert town.types("U_ANIA", f"/points {words}").text == last.text
    for words in ("month", "this month", "이번 달"):
        assert town.types("U_ANIA", f"/points {words}").text == this.text
    assert town.presses(last, "This month").text == this.text
