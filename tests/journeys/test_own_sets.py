"""Ana loads a sector set of her own, follows the job, reads the map; with and without script."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from hanse.observatory.models import OwnSectorSet
from hanse.observatory.rules.sector_sets import FOLDER

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EXAMPLE = {
    "name": "example.csv",
    "mimeType": "text/csv",
    "buffer": (FOLDER / "example.csv").read_bytes(),
}
CLASSES = {
    "name": "classes.csv",
    "mimeType": "text/csv",
    "buffer": b"category,code\nCars,29.10\n",
}


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    place = tmp_path / "var" / "releases"
    place.parent.mkdir()
    place.symlink_to(settings.HANSE_RELEASES)
    settings.HANSE_RELEASES = place


def carry_out_what_waits():
    for waiting in DBTaskResult.objects.ready():
        given = waiting.args_kwargs
        waiting.task.call(*given["args"], **given["kwargs"])
        waiting.delete()


def faults(tab) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    tab.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    found = Axe().run(tab, options={"runOnly": RULES}).response["violations"]
    wrong = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
    if tab.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        wrong.append("wider than the window")
    if tab.locator("h1").count() != 1:
        wrong.append("not one h1")
    return wrong


def load(tab, table) -> None:
    tab.goto("/observatory/sets/new/")
    tab.fill("[name=name]", "My industries")
    tab.set_input_files("[name=table]", files=[table])
    tab.click("main form button.main")


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_a_set_from_the_empty_list_to_its_removal(visit, ana, width, theme):
    with visit("/observatory/sets/", width=width, theme=theme, who=ana) as tab:
        wrong = {"empty": faults(tab)}
        tab.click("main .btn.main")
        wrong["form"] = faults(tab)
        load(tab, CLASSES)
        assert "classes.csv, row 2" in tab.inner_text("main [role=alert]")
        wrong["refused"] = faults(tab)
        load(tab, EXAMPLE)
        tab.wait_for_url("**/jobs/**")
        own = OwnSectorSet.objects.get()
        tab.goto(own.get_absolute_url())
        assert "Being computed." in tab.inner_text("main")
        wrong["waiting"] = faults(tab)
        carry_out_what_waits()
        tab.wait_for_selector("main svg.hexmap")
        wrong["computed"] = faults(tab)
        tab.select_option("[name=category]", "Wood and paper")
        tab.select_option("[name=indicator]", "persons")
        tab.click("main form.ask button")
        tab.wait_for_url("**category=Wood**")
        tab.wait_for_selector("text=What makes the category “Wood and paper”")
        wrong["persons"] = faults(tab)
        tab.goto("/observatory/sets/")
        wrong["list"] = faults(tab)
        tab.goto(f"{own.get_absolute_url()}removal/")
        wrong["removal"] = faults(tab)
        tab.click("main form button.main")
        tab.wait_for_url("**/observatory/sets/")
        assert {page: found for page, found in wrong.items() if found} == {}
    assert not OwnSectorSet.objects.exists()


def test_a_set_can_be_loaded_and_read_without_script(visit, ana):
    with visit("/observatory/sets/", who=ana, script=False) as tab:
        load(tab, EXAMPLE)
        carry_out_what_waits()
        own = OwnSectorSet.objects.get()
        tab.goto(f"{own.get_absolute_url()}?category=Digital&indicator=share&year=2014")
        assert tab.locator("main svg.hexmap").count() == 1
        tab.select_option("[name=year]", "2012")
        tab.click("main form.ask button")
        assert "year=2012" in tab.url
        assert tab.locator("#table tbody tr").count() > 200
