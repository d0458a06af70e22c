from sqlmodel import Session, select

from storage.database import OPERATOR
from storage.tables import Member, Person, Refusal, Unmatched, Usage
from tests.support.workspace import Town


def members(town: Town) -> list[tuple[str | None, str, bool, bool]]:
    def find(session: Session) -> list[tuple[str | None, str, bool, bool]]:
        people = {(p.account_id, p.id): p.external_id for p in session.exec(select(Person))}
        found = session.exec(select(Member)).all()
        return sorted((people[m.account_id, m.person_id], m.user_id, m.on_boards, m.celebrated) for m in found)

    return town.database.read(OPERATOR, find)


def test_joining_is_one_press_and_shows_nothing(town: Town) -> None:
    reply = town.types("U_ANIA", "/points")
    assert reply.text == (
        "*This is for those who joined.* It takes one press, and shows nothing of you to anybody.\n"
        "Join · How it works\n"
        "Only you see this."
    )
    joined = town.presses(reply, "Join")
    assert joined.only_visible_to_them
    assert joined.text == (
        "*You're in.* Nobody sees your points but you.\nShow me on boards · Celebrate my milestones\n"
        "My points · My settings\nOnly you see this."
    )
    assert members(town) == [("ania", "U_ANIA", False, False)]


def test_joining_again_changes_nothing(town: Town) -> None:
    first, second = town.types("U_ANIA", "/points"), town.types("U_ANIA", "/points")
    town.presses(first, "Join")
    assert town.presses(second, "Join").text.startswith("*You're in already.*")
    assert members(town) == [("ania", "U_ANIA", False, False)]


def test_the_two_choices_are_pressed_one_by_one_and_taken_back(town: Town) -> None:
    town.joins("U_ANIA")
    reply = town.driver.messages("C_NORTHWIND", as_="U_ANIA")[-1]
    reply = town.presses(reply, "Show me on boards")
    assert reply.buttons == ["Take me off boards", "Celebrate my milestones"]
    assert members(town) == [("ania", "U_ANIA", True, False)]
    reply = town.presses(reply, "Celebrate my milestones")
    assert reply.buttons == ["Take me off boards", "Keep my milestones to myself"]
    assert members(town) == [("ania", "U_ANIA", True, True)]
    reply = town.presses(reply, "Take me off boards")
    assert reply.text.startswith("Your milestones are celebrated; you are on no board.")
    assert members(town) == [("ania", "U_ANIA", False, True)]


def test_a_doubtful_match_is_listed_and_never_guessed(town: Town) -> None:
    for who, why in (("U_OLA", "More than one person"), ("U_NEW", "We could not find your e-mail")):
        reply = town.presses(town.types(who, "/points"), "Join")
        assert why in reply.text
        assert "Your account manager sees this" in reply.text
    assert members(town) == []
    waiting = town.database.read(OPERATOR, lambda s: s.exec(select(Unmatched)).all())
    assert sorted((w.account_id, w.user_id, w.name, w.email, w.reason) for w in waiting) == [
        (town.accounts["northwind"], "U_NEW", "New Person", "new@northwind.example", "unknown"),
        (town.accounts["northwind"], "U_OLA", "Ola Dąb", "shared@northwind.example", "several"),
    ]


def test_guests_get_words_and_nothing_moves(town: Town) -> None:
    reply = town.presses(town.types("U_GUEST", "/points"), "Join")
    assert "you are a guest here" in reply.text
    assert members(town) == []


def test_somebody_of_another_client_is_no_member_here(town: Town) -> None:
    town.joins("U_JUN", channel="C_HANBIT")
    reply = town.presses(town.types("U_JUN", "/points"), "참여하기")
    assert reply.text.startswith("*거의 다 됐어요.*")
    assert members(town) == [("jun", "U_JUN", False, False)]


def test_no_thanks_erases_what_was_recorded_and_refuses_more(town: Town) -> None:
    town.uses("northwind", "ania", times=2)
    how = town.presses(town.types("U_ANIA", "/points"), "How it works")
    reply = town.presses(how, "No thanks")
    assert reply.text.startswith(
        "*That's fine.* What was recorded under your name is erased, and nothing more will be."
    )
    town.uses("northwind", "ania", times=1, hours=1)

    def find(session: Session) -> object:
        people = [(p.external_id, p.name, p.email) for p in session.exec(select(Person)) if p.erased_at]
        used = [(u.person_id, u.name, u.properties) for u in session.exec(select(Usage))]
        return people, used, [refusal.reason for refusal in session.exec(select(Refusal))]

    assert town.database.read(OPERATOR, find) == (
        [(None, None, None)],
        [(None, None, None), (None, None, None)],
        ["declined"],
    )


def test_whoever_left_comes_back_by_the_button_that_is_spoken_of(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania")
    gone = town.presses(town.types("U_ANIA", "/points settings"), "Leave the programme")
    assert gone.text == (
        "*You have left.* Nothing of you is shown any more; your points stay yours.\n"
        "If you wish otherwise one day, press Join.\nJoin\nOnly you see this."
    )
    assert members(town) == []
    assert town.presses(gone, "Join").text.startswith("*You're in.*")
    assert members(town) == [("ania", "U_ANIA", False, False)]
    assert town.types("U_ANIA", "/points").text.startswith("*15 points to spend*")


def test_no_thanks_of_a_member_is_taken_for_a_slip(town: Town) -> None:
    how = town.presses(town.types("U_ANIA", "/points"), "How it works")
    town.joins("U_ANIA")
    again = town.presses(how, "No thanks")
    assert again.text.startswith("*You're in already,* so nothing was erased.")
    assert members(town) == [("ania", "U_ANIA", False, False)]


def test_a_member_is_spoken_to_in_the_language_slack_knows(town: Town) -> None:
    town.joins("U_PIOTR")
    reply = town.types("U_PIOTR", "/points")
    assert reply.text.startswith("*Na razie bez punktów.*")
