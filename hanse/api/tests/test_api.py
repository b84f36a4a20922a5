"""The API under questions that nobody thought of: it never breaks."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from hanse.project.wsgi import application

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations()}


def test_every_answer_of_the_observatory_is_described():
    assert {"GET /api/v1/sectors/{code}/map", "GET /api/v1/clusters"} <= set(OPERATIONS)


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
