"""Releases: open to read, the operators' to publish, and never lost on the way."""

import shutil

import pytest
from django.test import Client

from hanse.commons.audit.models import AuditEntry
from hanse.commons.work.models import Job
from hanse.commons.work.words import JobState
from hanse.observatory.models import Publication
from hanse.observatory.queries.figures import serving_release
from hanse.observatory.transfers.publication import publish_from

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/observatory/releases/"


@pytest.fixture
def kept_releases(settings, tmp_path):
    """A copy of the serving release, under which a second one lies."""
    original = serving_release()
    settings.HANSE_RELEASES = tmp_path / "releases"
    for name in (original.id, "earlier"):
        shutil.copytree(original.folder, settings.HANSE_RELEASES / name)
    (settings.HANSE_RELEASES / "current").write_text(original.id)
    return settings.HANSE_RELEASES


def test_the_page_lists_sources_and_what_could_not_be_carried_over():
    page = Client().get(PAGE).content.decode()
    assert "sbs_r_nuts06_r2" in page
    assert "UKI1" in page
    assert "split: cannot be carried over" in page
    assert "Compute and publish" not in page


def test_only_operators_publish_and_to_others_the_door_is_not_there(as_person, ana, carla):
    assert Client().post(f"{PAGE}new/", {"source": "shipped"}).status_code == 302
    assert as_person(ana).post(f"{PAGE}new/", {"source": "shipped"}).status_code == 404
    assert as_person(ana).post(f"{PAGE}earlier/serving/").status_code == 404
    assert b"Compute and publish" in as_person(carla).get(PAGE).content
    assert Publication.objects.count() == 0


def test_an_earlier_release_is_put_back_and_the_trail_says_by_whom(as_person, carla, kept_releases):
    page = as_person(carla).post(f"{PAGE}earlier/serving/", follow=True)
    assert page.status_code == 200
    assert (kept_releases / "current").read_text().strip() == serving_release().id
    line = AuditEntry.objects.get(action="release published")
    assert line.actor == carla
    assert line.after["source"] == "again"


def test_a_release_that_is_gone_is_refused(as_person, carla, kept_releases):
    before = (kept_releases / "current").read_text()
    assert as_person(carla).post(f"{PAGE}nowhere/serving/").status_code == 409
    assert (kept_releases / "current").read_text() == before


def test_a_pack_that_is_not_there_fails_in_words_and_the_old_release_serves_on(
    carla, kept_releases, settings, tmp_path
):
    settings.HANSE_DATA = tmp_path / "nothing"
    before = (kept_releases / "current").read_text()
    job = Job.objects.create(owner=carla, title="A release")
    publish_from.func(job_id=job.pk, language="en", source="pack")
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "nothing" in job.error
    assert (kept_releases / "current").read_text() == before


def test_an_address_may_name_an_earlier_release(kept_releases):
    visitor = Client()
    assert visitor.get("/observatory/sectors/C29/?release=earlier").status_code == 200
    assert visitor.get("/observatory/sectors/C29/?release=../../etc").status_code == 404
    assert visitor.get("/observatory/sectors/C29/?release=unknown").status_code == 404
