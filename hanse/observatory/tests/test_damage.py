"""A byte that changes on the disk is noticed, not drawn."""

import shutil

import pytest
from django.test import Client

from hanse.observatory.queries.figures import OPENED, serving_release

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def damaged(settings, tmp_path):
    """The serving release with a stretch of its cells overwritten."""
    original = serving_release()
    settings.HANSE_RELEASES = tmp_path / "releases"
    copied = settings.HANSE_RELEASES / original.id
    shutil.copytree(original.folder, copied)
    (settings.HANSE_RELEASES / "current").write_text(original.id)
    path = copied / "cells.parquet"
    content = bytearray(path.read_bytes())
    for place in range(1000, len(content) - 200_000, 5000):
        content[place] ^= 0xFF
    path.write_bytes(content)
    yield
    OPENED.__dict__.clear()


def test_a_damaged_release_shows_nothing_rather_than_something_wrong(damaged):
    page = Client().get("/observatory/sectors/C29/?year=2014")
    assert page.status_code == 503
    assert b"damaged" in page.content
    assert b"hanse observatory build" in page.content


def test_a_damaged_release_is_a_problem_in_words_over_http(damaged):
    answer = Client().get("/api/v1/sectors/C29/map?year=2014")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"


def test_a_whole_release_is_read_with_its_checksums():
    assert Client().get("/observatory/sectors/C29/?year=2014").status_code == 200
