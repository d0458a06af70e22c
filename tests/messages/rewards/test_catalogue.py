"""Word for word, in three languages."""

import pytest

from loyalty.rewards.redemption_notices import RedemptionFacts
from messages.kit.reader import Reader
from messages.rewards import catalogue, redeem, redemptions
from tests.messages.reward_samples import offered, shelves, state
from tests.messages.samples import NOW

NEAR = offered(2, name="Reporting day", worth="A day among colleagues", cost=600, why_not="points", to_go=60)
HERE = offered(1, name="Advanced reporting", worth="Four mornings", cost=400, wait="7 days")
TEAM = offered(3, name="Workshop", worth="Two hours", cost=600, paid_by="pool")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "*540 points to spend.*\n"
                "*What you can have now*\n"
                "*Advanced reporting*, course, 400 points\nFour mornings\n"
                "Redeem Advanced reporting\n"
                "*On the way*\n"
                "*Reporting day*, onboarding, 600 points\nA day among colleagues\n60 points to go. Your goal.\n"
                "Details of Reporting day\n"
                "*For the whole team*, paid from its pool: 900 points.\n"
                "*Workshop*, time with experts, 600 points\nTwo hours\n"
                "Redeem Workshop\n"
                "My requests · My goal · My points\n"
                "Only you see this."
            ),
        ),
        (
            "pl",
            (
                "*540 punktów do wykorzystania.*\n"
                "*Co możesz mieć teraz*\n"
                "*Advanced reporting*, kurs, 400 punktów\nFour mornings\n"
                "Odbierz: Advanced reporting\n"
                "*Już w drodze*\n"
                "*Reporting day*, wdrożenie, 600 punktów\nA day among colleagues\nBrakuje 60 punktów. Twój cel.\n"
                "Szczegóły: Reporting day\n"
                "*Dla całego zespołu*, z jego puli: 900 punktów.\n"
                "*Workshop*, czas z ekspertami, 600 punktów\nTwo hours\n"
                "Odbierz: Workshop\n"
                "Moje prośby · Mój cel · Moje punkty\n"
                "Widzisz to tylko Ty."
            ),
        ),
        (
            "ko",
            (
                "*쓸 수 있는 포인트 540점.*\n"
                "*지금 받을 수 있는 것*\n"
                "*Advanced reporting*, 과정, 400점\nFour mornings\n"
                "Advanced reporting 신청\n"
                "*모으는 중*\n"
                "*Reporting day*, 온보딩, 600점\nA day among colleagues\n60점 남았어요. 내 목표예요.\n"
                "Reporting day 자세히\n"
                "*팀 전체를 위한 것*, 공동 포인트 900점에서 써요.\n"
                "*Workshop*, 전문가와의 시간, 600점\nTwo hours\n"
                "Workshop 신청\n"
                "내 신청 · 내 목표 · 내 포인트\n"
                "나에게만 보여요."
            ),
        ),
    ],
)
def test_rewards_in_their_order(language: str, said: str) -> None:
    found = shelves(TEAM, NEAR, HERE)
    assert catalogue.catalogue_message(Reader(language), found, 1, goals={"r2"}).text == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "*Advanced reporting*, course, 400 points\nFour mornings\n"
                "It takes 400 of your 540 points and leaves 140.\n"
                "The answer comes from Ewa Kowal, by 19 March at the latest. Until then the points are set aside; if it"
                " is a no, or nobody answers, all of them come back.\n"
                "Once approved it is made ready for you; you hear when it is there."
            ),
        ),
        (
            "pl",
            (
                "*Advanced reporting*, kurs, 400 punktów\nFour mornings\n"
                "Kosztuje 400 z Twoich punktów (540); zostanie 140.\n"
                "Decyduje Ewa Kowal, najpóźniej do 19 marca. Do tego czasu punkty są odłożone; jeśli zgody nie będzie"
                " albo nikt nie odpowie, wszystkie wrócą.\n"
                "Po zgodzie nagroda jest przygotowywana; damy znać, gdy będzie."
            ),
        ),
        (
            "ko",
            (
                "*Advanced reporting*, 과정, 400점\nFour mornings\n"
                "내 포인트 540점 중 400점을 쓰고 140점이 남아요.\n"
                "Ewa Kowal 님이 늦어도 3월 19일까지 결정해요. 그때까지 포인트는 따로 두고, 안 되거나 답이 없으면 모두"
                " 돌아와요.\n"
                "승인되면 준비하고, 준비되면 알려 드려요."
            ),
        ),
    ],
)
def test_the_window_says_what_it_takes_before_it_is_asked_for(language: str, said: str) -> None:
    shown = offered(1, name="Advanced reporting", worth="Four mornings", cost=400, wait="7 days", gives=None)
    window = redeem.redeem_form(Reader(language), shelves(shown), shown, 1, managers=["Ewa Kowal"], now=NOW)
    assert window.content.text == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "*Analytics course* wasn't approved this time. All 400 points are back.\n"
                "Ewa writes: “March is full; the next one starts on 12 May.”\n"
                "Ask again · Other rewards · My requests"
            ),
        ),
        (
            "pl",
            (
                "*Analytics course*: tym razem bez zgody. Wszystkie 400 punktów już wróciło.\n"
                "Ewa pisze: „March is full; the next one starts on 12 May.”\n"
                "Poproś ponownie · Inne nagrody · Moje prośby"
            ),
        ),
        (
            "ko",
            (
                "*Analytics course*: 이번에는 승인되지 않았어요. 400점이 모두 돌아왔어요.\n"
                "Ewa 님의 말: “March is full; the next one starts on 12 May.”\n"
                "다시 신청 · 다른 리워드 · 내 신청"
            ),
        ),
    ],
)
def test_a_no_comes_with_its_words_and_a_next_step(language: str, said: str) -> None:
    course = offered(1, name="Analytics course").offer.reward
    declined = state(state="declined", reward=course, by="Ewa", words="March is full; the next one starts on 12 May.")
    facts = RedemptionFacts(
        account_id=1, state="declined", redemption=declined, balance=400, language=language, timezone="UTC"
    )
    assert redemptions.redemption_message(Reader(language), facts).text == said


def test_what_the_vendor_pays_is_said_to_nobody() -> None:
    shown = offered(1, value=87654)
    found = shelves(shown)
    window = redeem.redeem_form(Reader(), found, shown, 1, managers=[], now=NOW)
    assert "87" not in catalogue.catalogue_message(Reader(), found, 1).text + window.content.text + str(window.view)
