"""The whole, as conversations: people in Slack, their product, and the bot between them."""

import httpx2
from sqlmodel import col, select

from storage.tables import Person, Usage
from tests.support.two_workspaces import HANBIT, MORNING, NORTHWIND, PEOPLE, Village

INVITED = """\
Laurels: *A thank-you for getting good at Orbit.* Using it well earns points; points become courses, early access and \
time with our experts. Never money.
Who sees what: you, everything. Colleagues and your manager, team totals and what you choose to show. Orbit, the \
product use it already records.
Not interested? Do nothing. No reminders."""
INVITED_IN_KOREAN = """\
Laurels: *Orbit, 잘 쓰고 계셔서 고마워요.* 잘 쓸수록 포인트가 쌓이고, 포인트는 강의, \
신기능 미리 써 보기, 전문가와의 시간으로 바뀌어요. 돈으로는 절대 바뀌지 않아요.
누가 무엇을 보나요? 나는 전부, 동료와 관리자는 팀 합계와 내가 공개하기로 한 것만, \
Orbit 측은 이미 기록하고 있는 제품 사용 내역만 봐요.
관심이 없으시면 그냥 두세요. 다시 알리지 않아요."""
CELEBRATED = "Laurels: *Ania Nowak scheduled a first report.* Badge: Automator. It is a first for all of Northwind."
ANIA_SEES = f"""\
{INVITED}
Laurels (only you): You can be on boards, and your milestones are celebrated.
Only you see this.
{CELEBRATED}
Laurels (only you): *Why these points*
*+15* report scheduled, today 10:30. Rule report, version 1.
Only you see this.
Laurels (only you): *Northwind, 9–15 March: 15 points together.*
Ranks begin once four people who chose to be shown have points here.
You: *15 points*.
Only you see this."""


def test_from_joining_to_a_shoutout_and_nobody_elses_eyes(village: Village) -> None:
    village.invites()
    village.passes()
    village.joins("U_ANIA")
    assert village.sends("northwind", ("ania", "report-1")) == ["recorded"]
    assert village.sends("northwind", ("ania", "report-1")) == ["replayed"]
    village.passes()
    village.driver.types("U_ANIA", NORTHWIND, "/points")
    village.presses("U_ANIA", NORTHWIND, "Why these points")
    village.driver.types("U_ANIA", NORTHWIND, "/leaderboard")
    assert said(village, NORTHWIND, "U_ANIA") == ANIA_SEES
    assert said(village, NORTHWIND, "U_MAREK") == f"{INVITED}\n{CELEBRATED}"
    assert said(village, HANBIT, "U_JUN") == INVITED_IN_KOREAN


def said(village: Village, channel: str, who: str) -> str:
    """Return what somebody sees in a channel, without the buttons."""
    lines = village.driver.conversation(channel, as_=who).splitlines()
    return "\n".join(line.partition(" [")[0] for line in lines if " · " not in line)


def test_a_board_has_its_picture_for_one_and_for_all(village: Village) -> None:
    village.invites()
    village.passes()
    for times, who in enumerate(PEOPLE["northwind"], 1):
        village.joins(who)
        person = who.removeprefix("U_").lower()
        village.sends("northwind", *((person, f"{person}-{number}") for number in range(times)))
    village.driver.types("U_OLA", NORTHWIND, "/leaderboard chart")
    own = village.driver.waits_for_message(NORTHWIND, "Leaderboard. Northwind, 9–15 March.", as_="U_OLA")
    assert own.only_visible_to_them
    assert "1. Jan Wilk 60; 2. You 45" in own.text
    assert is_picture(village, own.raw)

    village.passes(days=4)
    board = village.driver.waits_for_message(NORTHWIND, "150 points together", as_="U_ANIA")
    assert board.words[0].splitlines()[1:] == ["37 points per active person.", "1. Jan Wilk 60"]
    assert is_picture(village, board.raw)
    assert village.driver.messages(HANBIT, as_="U_JUN")[-1].text.startswith("*Orbit, ")  # still the invitation


def is_picture(village: Village, message: dict[str, object]) -> bool:
    blocks = message["blocks"]
    assert isinstance(blocks, list)
    [image] = [block for block in blocks if block["type"] == "image"]
    answer = httpx2.get(f"{village.slack_url}/files/{image['slack_file']['id']}")
    return answer.content.startswith(b"\x89PNG\r\n\x1a\n")


def test_declining_erases_and_stays_declined(village: Village) -> None:
    village.invites()
    village.passes()
    assert village.sends("northwind", ("marek", "before"), ("ania", "hers")) == ["recorded"] * 2
    assert village.sends("hanbit", ("marek", "another-marek")) == ["recorded"]
    told = village.presses("U_MAREK", NORTHWIND, "No thanks")
    assert told.text.startswith("*That's fine.* What was recorded under your name is erased, and nothing more will be.")
    assert village.sends("northwind", ("marek", "after"), ("marek", "before")) == ["refused", "replayed"]
    assert village.sends("hanbit", ("marek", "another-marek-again")) == ["recorded"]

    north = village.accounts["northwind"]
    assert village.database.read(
        {north},
        lambda session: (
            session.exec(select(Person.name, Person.external_id).where(col(Person.erased_at).is_not(None))).all(),
            session.exec(select(Usage.person_id, Usage.properties).where(col(Usage.person_id).is_(None))).all(),
        ),
    ) == ([(None, None)], [(None, None)])


def test_whoever_has_a_change_of_heart_before_it_is_said_is_not_named(village: Village) -> None:
    village.invites()
    village.passes()
    village.joins("U_ANIA")
    village.joins("U_MAREK")
    evening = MORNING.replace(hour=20, minute=0)
    village.passes(hours=10, minutes=30)
    assert village.now == evening
    village.sends("northwind", ("ania", "late-1"), ("marek", "late-2"))
    village.passes()
    assert posts(village) == ["invitation"]  # quiet hours
    village.presses("U_ANIA", NORTHWIND, "Keep my milestones to myself")
    village.passes(hours=12)
    assert posts(village) == ["invitation", "shoutouts"]
    said = village.driver.messages(NORTHWIND, as_="U_OLA")[-1].text
    assert said == "*Marek Lis scheduled a first report.* Badge: Automator. Northwind has done this 2 times so far."


def posts(village: Village) -> list[str]:
    return [key.split("/")[1] for key in village.posted(NORTHWIND, "U_OLA")]
