import json
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from handlers.usage import api as usage_api
from handlers.usage.batch import MAX_BATCH_EVENTS
from storage.database import Database
from tests.handlers.usage.builders import KEY, NOW, Api, segment_signed, signed

# Of schemathesis' other checks one does not hold here: wrong events are refused one by one, within a 200.
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PATHS = ("/v1/usage", "/v1/usage/segment")


def test_the_document_names_the_two_routes_and_what_they_answer(sqlite_database: Database) -> None:
    paths = Api(sqlite_database).client.get("/v1/openapi.json").json()["paths"]
    answers = {path: sorted(route["post"]["responses"]) for path, route in paths.items()}
    assert answers == {path: ["200", "400", "401", "413", "422", "503"] for path in PATHS}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_sent_signed_is_answered_as_the_document_says(
    sqlite_database: Database, path: str, mode: GenerationMode
) -> None:
    api = Api(sqlite_database)
    text = api.secret().text

    def check(case: Any) -> None:
        body = case.body if isinstance(case.body, bytes) else json.dumps(case.body, default=str).encode()
        headers = segment_signed(text, body) if path.endswith("segment") else signed(text, body, NOW)
        query = {name: str(value) for name, value in (case.query or {}).items()}
        answer = api.client.post(path, content=body, params=query, headers=headers)
        too_many = isinstance(case.body, list) and len(case.body) > MAX_BATCH_EVENTS
        assert answer.status_code in ({400, 413, 422} if too_many else {200, 400, 422})
        case.validate_response(answer, checks=CHECKS)

    _try(api, path, mode, check)


@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_sent_without_a_signature_is_answered_as_the_document_says(
    sqlite_database: Database, path: str
) -> None:
    def check(case: Any) -> None:
        assert case.call_and_validate(checks=CHECKS).status_code in {401, 422}

    _try(Api(sqlite_database), path, GenerationMode.POSITIVE, check)


def _try(api: Api, path: str, mode: GenerationMode, check: Any) -> None:
    app = FastAPI()
    app.include_router(usage_api.router(api.database, clock=lambda: NOW, secret_key=KEY))
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    cases = schema[path]["POST"].as_strategy(generation_mode=mode)
    bounded = settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    bounded(given(case=cases)(check))()
