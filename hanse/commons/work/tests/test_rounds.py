"""What a place does once a day is begun once a day, whoever asks."""

from datetime import timedelta

import pytest

from hanse.commons.work import actions
from hanse.commons.work.models import Round

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def begun(monkeypatch):
    seen = []
    monkeypatch.setattr(actions, "_rounds", {"tidy": lambda: seen.append("tidy")})
    return seen


def test_a_round_is_begun_once_a_day(begun):
    assert actions.begin_rounds() == ["tidy"]
    assert actions.begin_rounds() == []
    assert begun == ["tidy"]


def test_the_next_day_it_is_begun_again(begun):
    actions.begin_rounds()
    kept = Round.objects.get(name="tidy")
    kept.begun_on -= timedelta(days=1)
    kept.save()
    assert actions.begin_rounds() == ["tidy"]
