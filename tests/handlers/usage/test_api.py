import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sqlalchemy_event
from standardwebhooks.webhooks import Webhook

from loyalty.usage import secrets
from loyalty.usage.secrets import Secret
from storage.database import OPERATOR, Database
from tests.handlers.usage.builders import KEY, NOW, Api, event, segment_signed, signed


@pytest.fixture
def api(database: Database) -> Api:
    return Api(database)


@pytest.fixture
def on_sqlite(sqlite_database: Database) -> Api:
    return Api(sqlite_database)


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


def test_a_batch_of_two_clients_is_answered_in_the_order_given(api: Api) -> None:
    given = [
        event("hanbit", person="jun"),
        event("northwind", "Dashboard Shared"),
        event("hanbit", "Nothing Known"),
        event("northwind", person="robot-7"),
    ]
    assert api.results(api.secret(), given) == [
        ("recorded", 15, 0),
        ("recorded", 0, 10),
        ("recorded", 0, 0),
        ("recorded", 0, 0),
    ]


def test_of_a_thousand_with_three_wrong_ones_the_rest_is_done(api: Api) -> None:
    given: list[Any] = [event(name="Nothing Known") for _ in range(1_000)]
    given[0], given[500], given[999] = {"nonsense": True}, 7, event(at="2026-03-20T09:00:00")
    answer = api.send(api.secret(), given).json()
    assert (answer["recorded"], answer["refused"]) == (997, 3)
    refused = [(place, one["reason"]) for place, one in enumerate(answer["results"]) if one["outcome"] == "refused"]
    assert [place for place, _ in refused] == [0, 500, 999]
    assert refused[1][1] == "is a number: right is a JSON object"
    assert api.facts()["northwind"]["usage"] == 997


def test_the_same_again_is_a_replay_and_the_same_id_with_another_body_is_refused(api: Api) -> None:
    secret, first = api.secret(), event(id="e1")
    assert api.results(secret, [first, first]) == [("recorded", 15, 0), ("replayed", 0, 0)]
    before = api.facts()
    assert api.results(secret, first) == [("replayed", 0, 0)]
    assert api.results(secret, first | {"person": "jan"}) == [("refused", 0, 0)]
    assert api.results(secret, first | {"account": "hanbit"}) == [("recorded", 15, 0)]
    assert api.facts()["northwind"] == before["northwind"]


def test_five_minutes_ahead_and_ninety_days_back_are_taken_and_no_more(api: Api) -> None:
    def at(**off: float) -> dict[str, Any]:
        return event(name="Nothing Known", at=(NOW + timedelta(**off)).isoformat())

    given = [at(minutes=5), at(minutes=5, seconds=1), at(days=-90), at(days=-90, seconds=-1)]
    outcomes = [outcome for outcome, _, _ in api.results(api.secret(), given)]
    assert outcomes == ["recorded", "refused", "recorded", "refused"]


def test_cloudevents_come_singly_and_in_batches(api: Api) -> None:
    cloud = {
        "specversion": "1.0",
        "type": "Report Scheduled",
        "source": "/orbit",
        "id": "c1",
        "time": NOW.isoformat(),
        "subject": "ania",
        "account": "northwind",
        "data": {"rows": 100},
    }
    secret = api.secret()
    assert api.results(secret, cloud) == [("recorded", 16, 0)]
    assert api.results(secret, [cloud, cloud | {"id": "c2"}]) == [("replayed", 0, 0), ("recorded", 16, 0)]


def test_a_secret_speaks_for_its_accounts_only_and_tells_nothing_of_others(api: Api) -> None:
    secret, before = api.secret("hanbit"), api.facts()["northwind"]
    answer = api.send(secret, [event("northwind"), event("hanbit"), event("nowhere")]).json()["results"]
    assert [(one["outcome"], one["reason"]) for one in answer] == [
        ("refused", "this secret does not speak for the account 'northwind'"),
        ("recorded", ""),
        ("refused", "this secret does not speak for the account 'nowhere'"),
    ]
    assert api.facts()["northwind"] == before


def test_a_secret_for_all_is_told_which_account_does_not_exist(api: Api) -> None:
    [result] = api.send(api.secret(), event("nowhere", id="e1")).json()["results"]
    assert (result["id"], result["reason"]) == ("e1", "there is no account 'nowhere': the programme file lists them")


def test_several_secrets_count_at_a_time_and_a_revoked_one_no_more(api: Api) -> None:
    old, new = api.secret(), api.secret()
    assert [api.send(secret, event()).status_code for secret in (old, new)] == [200, 200]
    api.database.write(OPERATOR, lambda s: secrets.revoke_secret(s, old.id, author="operator", now=NOW))
    assert [api.send(secret, event()).status_code for secret in (old, new)] == [401, 200]


def test_any_of_several_signatures_is_enough(api: Api) -> None:
    body = json.dumps(event()).encode()
    headers = signed(api.secret().text, body, NOW)
    headers["webhook-signature"] = "v1a,other v1,AAAA " + headers["webhook-signature"]
    assert api.post(body, headers).status_code == 200


def test_what_the_standards_own_library_signs_is_taken(api: Api) -> None:
    body, secret = json.dumps(event(person="Zoë")), api.secret()
    headers = signed(secret.text, b"", NOW) | {
        "webhook-signature": Webhook(secret.text).sign("msg_1", NOW.replace(tzinfo=None), body)
    }
    assert api.post(body.encode(), headers).status_code == 200


Spoil = Callable[[dict[str, str]], dict[str, Any]]
SPOILT: dict[str, Spoil] = {
    "nothing is signed": lambda _: {},
    "no id": lambda headers: {key: headers[key] for key in headers if key != "webhook-id"},
    "another id": lambda headers: headers | {"webhook-id": "msg_2"},
    "an id that does not print": lambda headers: headers | {"webhook-id": b"msg\xff"},
    "no signature": lambda headers: headers | {"webhook-signature": ""},
    "another signature": lambda headers: headers | {"webhook-signature": "v1,AAAA"},
    "an unknown version": lambda headers: headers | {"webhook-signature": "v2" + headers["webhook-signature"][2:]},
    "a signature beyond ASCII": lambda headers: headers | {"webhook-signature": "v1,ż".encode()},
    "a signature of broken bytes": lambda headers: headers | {"webhook-signature": b"v1,\xff\xfe"},
    "a signature of commas": lambda headers: headers | {"webhook-signature": ",,, v1"},
    "a timestamp that is no number": lambda headers: headers | {"webhook-timestamp": "soon"},
    "a timestamp with a point": lambda headers: headers | {"webhook-timestamp": "1.5"},
    "a timestamp in other digits": lambda headers: headers | {"webhook-timestamp": "١٢".encode()},
    "an endless timestamp": lambda headers: headers | {"webhook-timestamp": "9" * 400},
    "a timestamp of another age": lambda headers: headers | {"webhook-timestamp": "99999999999"},
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_not_rightly_signed_is_a_401_and_leaves_nothing(on_sqlite: Api, spoil: Spoil) -> None:
    body = json.dumps(event()).encode()
    headers = spoil(signed(on_sqlite.secret().text, body, NOW))
    before = on_sqlite.facts()
    answer = on_sqlite.client.post("/v1/usage", content=body, headers=headers)
    assert answer.status_code == 401
    assert list(answer.json()) == ["error"]
    assert on_sqlite.facts() == before


@pytest.mark.parametrize(("minutes", "status"), [(-10, 401), (-5.01, 401), (-5, 200), (5, 200), (5.1, 401), (10, 401)])
def test_a_signature_counts_for_five_minutes(on_sqlite: Api, minutes: float, status: int) -> None:
    body = json.dumps(event()).encode()
    headers = signed(on_sqlite.secret().text, body, NOW + timedelta(minutes=minutes))
    assert on_sqlite.post(body, headers).status_code == status


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"{", 400, "is not JSON"),
        (b"", 400, "is not JSON"),
        (b"\xff", 400, "is not UTF-8"),
        (b"7", 400, "is no event"),
        (b"null", 400, "is no event"),
        (b'"text"', 400, "is no event"),
        (b"[" * 100_000, 400, "is nested too deeply"),
        (b'{"a": NaN}', 400, "has NaN"),
        (b'{"a": 1, "a": 2}', 400, "has the key 'a' twice"),
        (b"[" + b"1" * 5_000 + b"]", 400, "too many digits"),
        (json.dumps([{}] * 1_001).encode(), 413, "has 1,001 events"),
        (b" " * 1_000_001, 413, "has more than 1,000,000 bytes"),
    ],
)
def test_a_body_that_does_not_do_says_so(on_sqlite: Api, body: bytes, status: int, words: str) -> None:
    answer = on_sqlite.post(body, signed(on_sqlite.secret().text, body, NOW))
    assert (answer.status_code, words in answer.json()["error"]) == (status, True), answer.text


def test_an_empty_list_is_answered_emptily(on_sqlite: Api) -> None:
    assert on_sqlite.send(on_sqlite.secret(), []).json() == {"recorded": 0, "replayed": 0, "refused": 0, "results": []}


TRACK = {
    "type": "track",
    "event": "Report Scheduled",
    "messageId": "m1",
    "userId": "ania",
    "timestamp": NOW.isoformat(),
    "context": {"groupId": "northwind"},
}


def _segment(api: Api, secret: Secret, given: Any, **headers: str) -> Any:
    body = json.dumps(given).encode()
    return api.post(body, segment_signed(secret.text, body) | headers, "/v1/usage/segment")


def test_segments_webhook_is_taken_by_its_own_signature(api: Api) -> None:
    secret = api.secret("northwind")
    answers = [_segment(api, secret, TRACK).json()["results"][0] for _ in range(2)]
    assert [(one["outcome"], one["points"]) for one in answers] == [("recorded", 15), ("replayed", 0)]
    [page] = _segment(api, secret, TRACK | {"type": "page"}).json()["results"]
    assert page["reason"] == "is of type page: only track calls carry usage"


@pytest.mark.parametrize("signature", ["", "0" * 40, "not hexadecimal", "zażółć"])
def test_segments_webhook_wrongly_signed_is_a_401(on_sqlite: Api, signature: str) -> None:
    headers: Any = {"x-signature": signature.encode()}
    answer = _segment(on_sqlite, on_sqlite.secret(), TRACK, **headers)
    assert (answer.status_code, on_sqlite.facts()["northwind"]["usage"]) == (401, 0)


def test_explain_tells_rule_by_rule_and_leaves_nothing(api: Api) -> None:
    secret = api.secret()
    api.results(secret, [event(id="e1"), event("hanbit", person="jun")])
    before = api.facts()
    given = [
        event(id="e1"),
        event(id="e2", properties={"rows": 1_000}),
        event(id="e3", person="robot-1"),
        event(id="e4", properties={"rows": -1}),
        event(id="e5", name="Nothing Known"),
        event("hanbit", id="e6", name="Dashboard Shared"),
        {"id": "e7"},
    ]
    answer = api.send(secret, given, "/v1/usage?explain=true").json()["results"]
    rules = [[(rule["rule"], rule["points"], rule["reason"]) for rule in one["rules"]] for one in answer]
    assert [(one["id"], one["would"], one["points"], one["pool"]) for one in answer] == [
        ("e1", "replay", 0, 0),
        ("e2", "record", 25, 0),
        ("e3", "record", 0, 0),
        ("e4", "record", 0, 0),
        ("e5", "record", 0, 0),
        ("e6", "record", 0, 10),
        ("e7", "refuse", 0, 0),
    ]
    assert rules[1] == [("report", 15, ""), ("rows", 10, ""), ("pro", 0, "its `where` wants something else of `plan`")]
    # The limit of two a day counts what came before in the same request.
    assert rules[3][:2] == [("report", 0, "limit reached"), ("rows", 0, "`rows` is negative")]
    assert answer[2]["reason"] == "the programme excludes this person"
    assert answer[4]["reason"] == "no rule is for events of the name 'Nothing Known'"
    assert api.facts() == before


def test_what_explain_says_is_what_recording_gives(api: Api) -> None:
    secret, given = api.secret(), [event(id=f"e{n}", properties={"rows": 99 * n}) for n in range(5)]
    would = api.send(secret, given, "/v1/usage?explain=true").json()["results"]
    does = api.send(secret, given).json()["results"]
    assert [(one["points"], one["pool"]) for one in would] == [(one["points"], one["pool"]) for one in does]


def test_while_the_database_is_locked_it_is_a_503_that_says_when_and_afterwards_all_is_well(on_sqlite: Api) -> None:
    secret, given = on_sqlite.secret(), event(id="e1")
    engine = on_sqlite.database.engine
    on_sqlite.database.sleep = lambda _: None

    @sqlalchemy_event.listens_for(engine, "checkout")
    def _impatient(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA busy_timeout=1")

    other = Database(str(engine.url))
    with other.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET name = name")
        answer = on_sqlite.send(secret, given)
    other.dispose()
    assert (answer.status_code, answer.headers["retry-after"], list(answer.json())) == (503, "5", ["error"])
    assert on_sqlite.results(secret, given) == [("recorded", 15, 0)]


def test_while_there_is_no_database_it_is_a_503(postgresql_database: Database) -> None:
    api = Api(postgresql_database)
    secret = api.secret()
    api.database.engine.dispose()
    gone = Database("postgresql://nobody@127.0.0.1:1/nothing")
    api.client = api.over(gone)
    assert api.send(secret, event()).status_code == 503
    gone.dispose()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_however_usage_is_cut_into_requests_and_repeated_the_totals_are_the_same(
    on_sqlite: Api, data: st.DataObject
) -> None:
    secret = on_sqlite.secret()
    people = data.draw(st.lists(st.sampled_from(["ania", "jan"]), min_size=1, max_size=12))
    given = [event(name="Dashboard Shared", person=person) for person in people]
    before = on_sqlite.facts()["northwind"]["transfers"]
    while given:
        size = data.draw(st.integers(1, len(given)))
        for _ in range(data.draw(st.integers(1, 2))):
            on_sqlite.results(secret, given[:size])
        given = given[size:]
    assert on_sqlite.facts()["northwind"]["transfers"] == before + len(people)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), headers=st.dictionaries(st.sampled_from(list(signed("", b"", NOW))), st.binary()))
def test_no_bytes_and_no_headers_bring_it_down(on_sqlite: Api, body: bytes, headers: dict[str, bytes]) -> None:
    clean: Any = {key: value.translate(None, b"\0\r\n") for key, value in headers.items()}
    assert on_sqlite.client.post("/v1/usage", content=body, headers=clean).status_code == 401


def test_a_secret_made_under_another_key_of_the_deployment_does_not_count(on_sqlite: Api) -> None:
    def make(session: Any) -> Secret:
        return secrets.create_secret(session, bytes(32), key=KEY + "!", accounts=None, author="operator", now=NOW)

    assert on_sqlite.send(on_sqlite.database.write(OPERATOR, make), event()).status_code == 401
