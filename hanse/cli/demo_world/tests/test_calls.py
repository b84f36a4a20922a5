"""The calls of the invented world are made once, and follow their own rules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hanse.calls.models import Application, ApplicationVersion, Call, Decision
from hanse.calls.queries.preview import bars_now
from hanse.calls.queries.stages import stage_of
from hanse.calls.queries.status import told_state
from hanse.cli.demo_world.calls import load_calls
from hanse.conftest import person
from hanse.directory.actions.facts import Spoken, make_organisation
from hanse.directory.models import Organisation
from hanse.directory.rules.values import Said
from hanse.directory.words import State

pytestmark = [pytest.mark.database, pytest.mark.django_db]
COUNTRIES = ("PL", "DE", "IT", "ES", "FR", "SE", "JP")


@pytest.fixture
def world():
    for number in range(70):
        said = [
            Said("name", f"Circle {number}"),
            Said("country", COUNTRIES[number % len(COUNTRIES)]),
        ]
        if number % 3:
            said.append(Said("members_total", 20 if number % 4 else 4))
        make_organisation("cluster", said, Spoken(None), state=State.PUBLISHED)
    Organisation.objects.update(is_invented=True)
    return person("Luca Ferrari", "luca@example.org")


@pytest.fixture
def call(world) -> Call:
    return load_calls(timezone.localdate() + timedelta(days=45))


def test_making_them_again_changes_nothing(call):
    counted = [model.objects.count() for model in (Call, Application, ApplicationVersion, Decision)]
    assert load_calls(timezone.localdate()) == call
    again = [model.objects.count() for model in (Call, Application, ApplicationVersion, Decision)]
    assert counted == again
    assert counted[:2] == [2, 81]


def test_one_cut_off_is_evaluated_and_the_next_is_open(call):
    stage = stage_of(call)
    assert stage.cut_off.number == 2
    assert stage.cut_offs[0].decided_at is not None
    assert stage.cut_off.at.date() < call.held_on
    workshops = Call.objects.get(slug="industry-day-workshops")
    assert stage_of(workshops).next_passed.number == 1


def test_every_state_is_there_and_no_quota_is_exceeded(call):
    states = set(call.applications.values_list("state", flat=True))
    assert states == {
        "draft", "submitted", "selected", "reserve", "rejected", "ineligible", "returned",
        "withdrawn",
    }  # fmt: skip
    assert not [bar for bar in bars_now(call) if bar.is_over]
    for one in call.applications.filter(state="selected"):
        assert (one.answer, told_state(one)) == ("met", "selected")


def test_without_people_and_organisations_nothing_stands_in_the_way(db):
    assert load_calls(timezone.localdate()).applications.count() == 0
