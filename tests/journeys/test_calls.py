"""The journeys of calls, acted out in a browser on the invented world."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hanse.calls.actions.calls import appoint
from hanse.calls.models import Application, Call
from hanse.cli.demo import make_demo_world
from hanse.commons.post.models import Letter
from hanse.conftest import person
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.models import Organisation
from hanse.directory.queries import columns
from hanse.directory.words import JoinReason
from hanse.ports.fulltext import open_fulltext

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings) -> Call:
    settings.DEMO = True
    columns.forget()
    open_fulltext().clear()
    make_demo_world()
    return Call.objects.get(slug="cluster-week")


@pytest.fixture
def pilar(world):
    one = person("Pilar Etxegarai", "pilar@test.example")
    navarra = Organisation.objects.get(slug="cadena-circular-de-navarra")
    make_administrator(navarra, one, JoinReason.FOUNDER, by=None)
    return one


@pytest.fixture
def luca(world):
    one = person("Luca Ferrari", "luca@test.example")
    appoint(world, [one], by=None)
    return one


def text_of(tab, where: str = "main") -> str:
    return re.sub(r"\s+", " ", tab.inner_text(where))


def test_j15_an_organisation_asks_for_an_invitation_and_ten_are_accepted_at_once(
    visit, world, pilar, luca
):
    with visit("/calls/cluster-week/", who=pilar, width=360, script=False) as tab:
        assert "Cadena Circular de Navarra may apply" in text_of(tab)
        tab.get_by_role("link", name="Apply", exact=True).click()
        tab.fill("[name=why]", "Our members look for recyclers.")
        tab.fill("[name=offers]", "Trials with old cells.")
        tab.click("button[name=send]")
        assert "Say something to “Whom do you want to meet?”." in text_of(tab)
        tab.fill("[name=seeks]", "Collection logistics.")
        tab.click("button[name=send]")
        assert "An answer comes by" in text_of(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    world.cut_offs.filter(number=2).update(at=timezone.now() - timedelta(hours=1))
    own = Application.objects.get(call=world, organisation__slug="cadena-circular-de-navarra")
    with visit("/calls/cluster-week/desk/?cut_off=2&answer=met", who=luca) as tab:
        taken = int(re.search(r"Places (\d+) of 40", text_of(tab, ".quotaside"))[1])
        tab.check(f"#a{own.number}")
        others = tab.locator(f"tbody input[type=checkbox]:not(#a{own.number})")
        for place in range(9):
            others.nth(place).check()
        tab.get_by_role("button", name="Show what this would do").click()
        assert "10 applications would be: selected" in text_of(tab)
        bars = text_of(tab, ".quotaside")
        assert f"Places {taken}, then {taken + 10} of 40" in bars
        assert "Spain" in bars
        tab.fill("[name=because]", "Those of one country share a delegation.")
        tab.get_by_role("button", name="Decide and write to them").click()
        assert "10 decided and told." in text_of(tab)
        assert f"Places {taken + 10} of 40" in text_of(tab, ".quotaside")
        tab.goto("/calls/cluster-week/desk/log/")
        assert text_of(tab).count("decided: selected; before: sent") >= 10
        assert "Luca Ferrari" in text_of(tab)
    with visit(own.get_absolute_url(), who=pilar) as tab:
        assert "You have a place" in tab.inner_text("h1")
    assert Letter.objects.filter(to=pilar.email, subject__contains="is selected").count() == 1


def test_j15_who_is_not_selected_reads_why_and_others_do_not(visit, world, pilar, luca):
    reason = "The themes of this week lie elsewhere."
    open_ones = world.applications.filter(state="submitted").order_by("number")
    world.cut_offs.filter(number=2).update(at=timezone.now() - timedelta(hours=1))
    first = open_ones[0]
    make_administrator(first.organisation, pilar, JoinReason.INVITED, by=None)
    with visit(f"/calls/cluster-week/desk/{first.number}/", who=luca) as tab:
        tab.fill("[name=points_offer]", "2")
        tab.fill("[name=points_fit]", "1")
        tab.get_by_role("button", name="Keep my points").click()
        tab.select_option("[name=outcome]", "rejected")
        tab.get_by_role("button", name="Show what this would do").click()
        tab.get_by_role("button", name="Decide, tell later").click()
        assert "a reason is needed" in text_of(tab)
        tab.fill("[name=says]", reason)
        tab.get_by_role("button", name="Decide, tell later").click()
        assert "Nobody is told yet" in text_of(tab)
        with visit(first.get_absolute_url(), who=pilar) as own:
            assert "Being evaluated" in own.inner_text("h1")
            assert reason not in own.content()
        tab.get_by_role("button", name="Write to them now").click()
    with visit(first.get_absolute_url(), who=pilar) as own:
        assert "Not selected" in own.inner_text("h1")
        assert reason in text_of(own)
    with visit("/calls/cluster-week/") as tab:
        assert reason not in tab.content()
