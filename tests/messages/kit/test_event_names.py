import pytest

from messages.kit.event_names import spoken, titled


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Report Scheduled", "report scheduled"),
        ("report_scheduled", "report scheduled"),
        ("report.scheduled", "report scheduled"),
        ("reportScheduled", "report scheduled"),
        ("com.orbit/report-scheduled", "com orbit report scheduled"),
        ("CSV Exported", "CSV exported"),
        ("Plan B Chosen", "plan b chosen"),
        ("보고서 예약", "보고서 예약"),
        ("Zażółć Gęślą", "zażółć gęślą"),
        ("---", "---"),
    ],
)
def test_a_products_name_for_an_event_is_said_as_words(name: str, words: str) -> None:
    assert spoken(name) == words


def test_a_line_begins_with_a_capital() -> None:
    assert titled("report_scheduled") == "Report scheduled"
