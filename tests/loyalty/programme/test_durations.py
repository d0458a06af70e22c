from datetime import date, timedelta

import pytest

from loyalty.programme.durations import Duration, Months, earlier, later, read_duration, write_duration
from loyalty.programme.errors import WrongValueError

EXAMPLES = "write it like 90s, 10m, 1h, 14 days or 12 months"


@pytest.mark.parametrize(
    ("text", "length", "written"),
    [
        ("90s", timedelta(seconds=90), "90s"),
        ("10m", timedelta(minutes=10), "10m"),
        ("1h", timedelta(hours=1), "1h"),
        ("60 minutes", timedelta(hours=1), "1h"),
        ("14 days", timedelta(days=14), "14 days"),
        ("24h", timedelta(days=1), "1 day"),
        ("2 weeks", timedelta(weeks=2), "14 days"),
        ("12 months", Months(12), "12 months"),
        ("1 month", Months(1), "1 month"),
    ],
)
def test_a_length_of_time_is_read_and_written(text: str, length: Duration, written: str) -> None:
    assert (read_duration(text), write_duration(length), read_duration(written)) == (length, written, length)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("soon", f'"soon" is no length of time: {EXAMPLES}'),
        ("1.5h", f'"1.5h" is no length of time: {EXAMPLES}'),
        ("-1h", f'"-1h" is no length of time: {EXAMPLES}'),
        ("3 years", f'"3 years" has no unit of time: {EXAMPLES}'),
        ("0 days", f'"0 days" is no time at all: leave it out, or {EXAMPLES}'),
        ("1201 months", '"1201 months" is more than a hundred years'),
        ("999999999 weeks", '"999999999 weeks" is more than a hundred years'),
    ],
)
def test_what_is_no_length_of_time_is_told_what_would_be(text: str, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        read_duration(text)
    assert str(caught.value) == message


def test_a_day_so_much_later_or_earlier_is_the_months_last_where_it_is_shorter() -> None:
    assert later(date(2026, 1, 31), Months(1)) == date(2026, 2, 28)
    assert earlier(date(2028, 2, 29), Months(12)) == date(2027, 2, 28)
    assert later(date(2026, 1, 31), timedelta(days=30)) == date(2026, 3, 2)
    assert earlier(date(2026, 3, 2), timedelta(hours=36)) == date(2026, 3, 1)
