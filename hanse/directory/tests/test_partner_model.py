"""The learned part: rebuilt where projects changed, served from its file, explained by facts."""

from datetime import date

import pytest

from hanse.directory.actions.partner_model import file_of, rebuild_partner_model
from hanse.directory.models import JointProject, Participation, PartnerModel
from hanse.directory.queries import partners
from hanse.directory.queries.partners import partner_scores, serving_model, ties_between
from hanse.engines.matching import suggest

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def own_models(settings, tmp_path):
    settings.HANSE_MODELS = tmp_path / "models"
    partners._held.clear()


@pytest.fixture
def ring(organisation):
    """Twelve in a ring: each works with the next, so that the one after is the likely partner."""
    members = [organisation(f"Ring {number}", country="DE") for number in range(12)]
    for number, one in enumerate(members):
        project = JointProject.objects.create(
            acronym=f"P{number}", programme="COSME", began_on=date(2014 + number % 4, 3, 1)
        )
        for each in (one, members[(number + 1) % 12]):
            Participation.objects.create(project=project, organisation=each)
    return members


def test_a_model_is_made_once_and_anew_when_a_project_comes(ring):
    first = rebuild_partner_model()
    assert (first.organisations, first.projects) == (12, 12)
    assert file_of(first).exists()
    assert rebuild_partner_model() is None
    project = JointProject.objects.create(acronym="NEW", began_on=date(2018, 1, 1))
    for each in ring[:2]:
        Participation.objects.create(project=project, organisation=each)
    assert rebuild_partner_model().digest != first.digest
    assert PartnerModel.objects.count() == 2


def test_the_order_is_the_engine_s_and_partners_are_left_out(ring):
    rebuild_partner_model()
    model = serving_model()
    place = model.graph.organisations.tolist().index(ring[0].pk)
    order = model.graph.organisations[suggest(model, place).partners].tolist()
    numbers, scores = partner_scores(ring[0].pk)
    found = dict(zip(numbers.tolist(), scores.tolist(), strict=True))
    assert ring[1].pk not in found
    assert ring[11].pk not in found
    assert sorted(found, key=found.get, reverse=True) == order
    assert len(order) == 9


def test_without_a_file_common_partners_are_counted(ring):
    made = rebuild_partner_model()
    file_of(made).write_bytes(b"no archive")
    partners._held.clear()
    assert serving_model() is None
    numbers, _scores = partner_scores(ring[0].pk)
    assert set(numbers.tolist()) == {ring[2].pk, ring[10].pk}
    file_of(made).unlink()
    assert rebuild_partner_model() is not None


def test_what_two_share_can_be_checked(ring):
    ties = ties_between(ring[0].pk, [ring[1].pk, ring[2].pk])
    assert [one.acronym for one in ties[ring[1].pk].projects] == ["P0"]
    assert ties[ring[2].pk].partners == ["Ring 1"]
    assert ties[ring[2].pk].programmes == ["COSME"]


def test_too_few_projects_make_no_model(organisation):
    assert rebuild_partner_model() is None
