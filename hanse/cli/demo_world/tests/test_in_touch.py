"""What the invented organisations ask for and tell lies in the directory, once."""

import pytest
from django.utils import timezone

from hanse.cli import demo_world
from hanse.cli.demo_world.in_touch import load_in_touch
from hanse.directory.actions.facts import Spoken, make_organisation
from hanse.directory.models import News, OpenCall, OrganisationEvent, PartnerRequest
from hanse.directory.rules.values import Said
from hanse.directory.words import State

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def by_key():
    things = (
        *demo_world.requests(),
        *demo_world.news(),
        *demo_world.shared_events(),
        *demo_world.open_calls(),
    )
    return {
        key: make_organisation(
            "cluster",
            [Said("name", key), Said("country", "PL")],
            Spoken(None),
            state=State.PUBLISHED,
        )
        for key in {one.organisation for one in things}
    }


def test_everything_is_written_once(client, by_key):
    now = timezone.now()
    written = load_in_touch(by_key, now)
    counted = [
        (PartnerRequest, demo_world.requests()),
        (News, demo_world.news()),
        (OrganisationEvent, demo_world.shared_events()),
        (OpenCall, demo_world.open_calls()),
    ]
    for model, invented in counted:
        assert model.objects.count() == len(invented)
    assert written == sum(len(invented) for _model, invented in counted)
    assert load_in_touch(by_key, now) == 0
    for sort in ("requests", "news", "events", "calls"):
        assert client.get(f"/directory/{sort}/").status_code == 200
        assert client.get(f"/directory/feeds/{sort}.atom").status_code == 200


def test_who_is_not_there_is_left_out():
    assert load_in_touch({}, timezone.now()) == 0
