"""The API under questions that nobody thought of: it never breaks."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from hanse.directory.actions.tokens import make_token
from hanse.project.wsgi import application

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations()}


@pytest.fixture(autouse=True)
def one_connection():
    """The records of a test stand in its transaction: no question may close the connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_every_answer_is_described():
    assert {
        "GET /api/v1/sectors/{code}/map",
        "GET /api/v1/clusters",
        "GET /api/v1/directory/organisations",
        "PATCH /api/v1/directory/organisations/{slug}",
    } <= set(OPERATIONS)


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_question_breaks_it(label):
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy())
    def asked(case):
        case.call_and_validate(checks=[not_a_server_error])

    asked()


@pytest.mark.parametrize("label", [one for one in OPERATIONS if not one.startswith("GET")])
def test_no_change_breaks_it(label, ana, monkeypatch):
    """The same with a key, so that it comes past the door."""
    monkeypatch.setattr("hanse.directory.api.answers.WRITES", 10_000)
    _token, key = make_token("fuzz", by=ana)

    @settings(
        max_examples=60,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy())
    def asked(case):
        case.call_and_validate(
            headers={"Authorization": f"Bearer {key}", "If-Match": '"1"'},
            checks=[not_a_server_error],
        )

    asked()
