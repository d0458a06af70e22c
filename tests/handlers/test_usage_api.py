import pytest

from storage.session import Database
from tests.handlers.sending import Api, event


@pytest.fixture
def api(database: Database) -> Api:
    return Api(database)


def test_one_signed_event_is_recorded_and_answers_what_it_earned(api: Api) -> None:
    answer = api.send(api.secret(), event(id="e1", properties={"rows": 250}))
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "recorded": 1,
            "replayed": 0,
            "refused": 0,
            "results": [
                {
                    "id": "e1",
                    "outcome": "recorded",
                    "reason": "",
                    "points": 17,
                    "pool": 0,
                    "awards": [
                        {"rule": "report", "points": 15, "to": "person", "reason": ""},
                        {"rule": "rows", "points": 2, "to": "person", "reason": ""},
                    ],
                    "excluded": False,
                    "counted": False,
                }
            ],
        },
    )
