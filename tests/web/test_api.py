"""The interface for programs: its answers, its problems, and a machine that tries to break it."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import BRIEF_TEXT, StandInMatcher
from web.app import create_app
from web.settings import Settings
from web.storage import accounts


def test_a_text_comes_back_as_needs_and_corrected_needs_as_a_shortlist(client: FlaskClient) -> None:
    brief = client.post("/api/v1/brief", json={"text": BRIEF_TEXT}).get_json()
    assert [need["facet"] for need in brief["needs"]] == ["site", "talent", "agglomeration"]
    brief["needs"][0]["is_must"] = False
    answer = client.post("/api/v1/match", json=brief | {"top": 2}).get_json()
    assert [match["rank"] for match in answer["matches"]] == [1, 2]
    for match in answer["matches"]:
        assert sum(c["tenths"] for c in match["contributions"]) == match["score_tenths"]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": 5}, "text"),
        ({"text": "5 ha", "colour": "red"}, "colour"),
        ({"text": "5 ha", "top": -1}, "top"),
        ({"text": "5 ha", "top": True}, "top"),
        ({"needs": []}, "needs"),
        ({"needs": [{"facet": "site", "text": "x", "worth_tenths": "many"}]}, "worth_tenths"),
        ([], "JSON-Objekt"),
    ],
)
def test_a_wrong_body_is_a_problem_in_one_sentence(client: FlaskClient, body: object, detail: str) -> None:
    response = client.post("/api/v1/match", json=body)
    problem = response.get_json(force=True)
    assert response.content_type == "application/problem+json"
    assert response.status_code == problem["status"] == 422
    assert detail in problem["detail"]


def test_other_problems_are_problem_documents_too(client: FlaskClient) -> None:
    assert client.get("/api/v1/nowhere").content_type == "application/problem+json"
    assert client.post("/api/v1/match", data="text=5").status_code == 415
    refused = client.get("/api/v1/match")
    assert refused.status_code == 405
    assert "POST" in refused.headers["Allow"]
    assert client.post("/api/v1/match", data="{", content_type="application/json").status_code == 400


def test_once_accounts_exist_a_key_is_needed_and_a_reader_gets_no_brief(app: Flask) -> None:
    client = app.test_client()
    with app.extensions["database"].session() as session:
        tokens = {
            role: accounts.create_token(
                session, accounts.create_account(session, role, "correct horse battery", role), "test"
            )
            for role in ("administrator", "reader")
        }
    assert client.get("/api/v1/places").status_code == 401
    headers = {role: {"Authorization": f"Bearer {token}"} for role, token in tokens.items()}
    assert client.get("/api/v1/places", headers=headers["reader"]).status_code == 200
    body = {"text": BRIEF_TEXT}
    assert client.post("/api/v1/match", json=body, headers=headers["reader"]).status_code == 403
    assert client.post("/api/v1/match", json=body, headers=headers["administrator"]).status_code == 200


@pytest.mark.slow
def test_no_generated_request_breaks_it_or_its_description(
    stand_in: StandInMatcher, settings: Settings
) -> None:
    import schemathesis
    from hypothesis import HealthCheck, given
    from hypothesis import settings as hypothesis_settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    app = create_app(stand_in, replace(settings, rate_limits=False))
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    n_operations = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        n_operations += 1

        @hypothesis_settings(
            max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
        )
        @given(case=operation.as_strategy())
        def check(case: schemathesis.Case) -> None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                case.call_and_validate(excluded_checks=[positive_data_acceptance])

        check()
    assert n_operations == 6
