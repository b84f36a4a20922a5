"""A call with a cut-off that has passed and one that is open, run by Carla's colleague Dora."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hanse.calls.actions.applying import begin_application, send_application
from hanse.calls.actions.calls import Called, Points, make_call, publish_call
from hanse.calls.models import Application, Call, CutOff
from hanse.calls.rules.eligibility import put_together
from hanse.conftest import person
from hanse.directory.tests.conftest import (  # noqa: F401
    columns_of_this_test,
    german,
    organisation,
    polish,
)

ANSWERS = {"why": "To meet recyclers", "offers": "A pilot line", "seeks": "Valves"}
PROPOSAL = {
    "theme": "people",
    "title": "Skills for cells",
    "abstract": "We compare how we train.",
    "format": "panel",
    "speakers": ["Ada, Lyon", "Bo, Lund", "Cy, Graz"],
    "reimbursed": 2,
    "expected": 80,
}
THEMES = [
    {"code": "people", "says": {"en": "People", "de": "Menschen"}},
    {"code": "territory", "says": {"en": "Territory"}},
]


def days(number: float):
    return timezone.now() + timedelta(days=number)


@pytest.fixture
def dora(db):
    return person("Dora Lind", "dora@example.org")


@pytest.fixture
def made_call(dora) -> Callable[..., Call]:
    """A published call; `cut_offs` in days from now."""

    def made(slug: str = "week", cut_offs=(10, 20), **said: Any) -> Call:
        opened = said.pop("opens", -60)
        call = make_call(
            Called(
                slug=slug,
                title={"en": f"Cluster {slug}", "de": f"Woche {slug}"},
                opens_at=days(opened),
                cut_offs=[days(max(number, opened + 1)).date() for number in cut_offs],
                **{
                    "places": 2,
                    "eligibility": put_together("1", "2018-01-01", kinds=["cluster"]),
                    "criteria": [Points("fit", {"en": "Fit"}, 5)],
                    **said,
                },
            ),
            by=dora,
        )
        publish_call(call, by=dora)
        return call

    return made


@pytest.fixture
def call(made_call) -> Call:
    return made_call()


@pytest.fixture
def applicant(organisation) -> Callable[..., Any]:  # noqa: F811
    """An organisation of somebody who speaks for it alone."""
    count = iter(range(1, 1000))

    def made(name: str = "", **facts: Any):
        number = next(count)
        keeper = person(f"Keeper {number}", f"keeper{number}@example.org")
        one = organisation(name or f"Cluster {number}", administrator=keeper, **facts)
        one.keeper = keeper
        return one

    return made


def sent(call: Call, one: Any, **answers: Any) -> Application:
    given = {**(PROPOSAL if call.is_for_workshops else ANSWERS), **answers}
    begun = begin_application(call, one, given, by=one.keeper)
    return send_application(begun, given, by=one.keeper)


def pass_by(call: Call, number: int = 1) -> CutOff:
    """The cut-off is over since a minute; the later ones stay ahead."""
    cut_off = call.cut_offs.get(number=number)
    cut_off.at = timezone.now() - timedelta(minutes=1)
    cut_off.save()
    return cut_off
