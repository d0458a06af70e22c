"""Word for word, in three languages."""

from messages.kit.reader import Reader
from messages.points import overview as points
from tests.messages.samples import NOW, entry, overview


def test_a_standing_in_english() -> None:
    assert points.overview_message(Reader("en-US", "Europe/Warsaw"), overview(), now=NOW).text == (
        "*340 points to spend*, 45 earned this week.\n"
        "60 to go to *Explorer*.\n"
        "Latest: report scheduled, +15, today 10:12.\n"
        "Why these points · Rewards · My settings · What you can ask\n"
        "Only you see this."
    )


def test_a_standing_in_polish() -> None:
    found = points.overview_message(Reader("pl-PL", "Europe/Warsaw"), overview(balance=2, this_week=1340), now=NOW)
    assert found.text == (
        "*2 punkty do wykorzystania*, w tym tygodniu przybyło 1\xa0340.\n"
        "Jeszcze 60 punktów do odznaki *Explorer*.\n"
        "Ostatnio: report scheduled, +15, dzisiaj 10:12.\n"
        "Skąd te punkty · Nagrody · Moje ustawienia · O co możesz zapytać\n"
        "Widzisz to tylko Ty."
    )


def test_a_standing_in_korean_by_the_readers_own_clock() -> None:
    assert points.overview_message(Reader("ko-KR", "Asia/Seoul"), overview(), now=NOW).text == (
        "*쓸 수 있는 포인트 340점*, 이번 주에 45점 쌓였어요.\n"
        "*Explorer* 배지까지 60점 남았어요.\n"
        "최근: report scheduled, +15, 오늘 18:12.\n"
        "포인트가 쌓인 이유 · 리워드 · 내 설정 · 물어볼 수 있는 것\n"
        "나에게만 보여요."
    )


def test_a_correction_says_why() -> None:
    entries = [
        entry(kind="adjust", points=-40, rule=None, event=None, version=None, note="We counted one import twice.")
    ]
    assert points.entries_message(Reader("en", "Europe/Warsaw"), entries, more=False, now=NOW).text == (
        "*Why these points*\n"
        "*−40* corrected by hand, today 10:12. “We counted one import twice.”\n"
        "History · Statement · My points\n"
        "Only you see this."
    )


def test_an_entry_is_a_block_of_its_own() -> None:
    found = points.entries_message(Reader("en", "Europe/Warsaw"), [entry()], more=True, now=NOW)
    assert found.blocks[1] == {
        "type": "section",
        "block_id": "part-2",
        "text": {
            "type": "mrkdwn",
            "text": "*+15* report scheduled, today 10:12. Rule report, version 3.",
            "verbatim": True,
        },
    }
    assert found.blocks[2]["elements"][0] == {
        "type": "button",
        "text": {"type": "plain_text", "text": "Earlier entries"},
        "action_id": "points.why",
        "value": "2026-03-12/7",
    }
