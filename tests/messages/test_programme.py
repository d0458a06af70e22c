"""Rules in plain words, in three languages."""

from messages import programme
from messages.kit.reader import Reader
from tests.messages.samples import PROGRAMME


def test_every_kind_of_rule_and_milestone_in_english() -> None:
    reader = Reader("en")
    assert [str(programme.rule_line(reader, rule)) for rule in PROGRAMME.earn] == [
        "• Report scheduled: 15 points, at most 3 times a day, not twice within 90 minutes",
        "• Report scheduled: 1 point for every 100 rows, at most 20 at a time, until 31 March 2026",
        "• Feature used: 1 point, once for each feature, where plan is pro / team, where trial is false",
        "• Feature used: 2 points, the first time, where size is at least 5, where size is at most 9, where s is given",
        "• Feature used: 3 points, at most 50 points a week, where tag is not given",
        "• Dashboard shared: 10 points for the whole team, at most once a month",
    ]
    assert [str(programme.milestone_line(reader, milestone)) for milestone in PROGRAMME.milestones] == [
        "• Explorer: 100 points",
        "• All-rounder: feature used, 5 times, each with another feature",
        "• Century: report scheduled, 100 times",
        "• Steady: points on 5 working days in a row",
        "• Together: 3,000 points together",
    ]


def test_a_rule_in_polish_and_korean() -> None:
    told = [str(programme.rule_line(Reader(language), PROGRAMME.earn[0])) for language in ("pl", "ko")]
    assert told == [
        "• Report scheduled: 15 punktów, najwyżej 3 razy dziennie, kolejne dopiero po przerwie: 90 minut",
        "• Report scheduled: 15점, 하루 최대 3회, 90분 안에 한 번만",
    ]
