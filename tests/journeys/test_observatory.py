"""J24, J25 and the recompute half of J37, acted out on the published figures."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_j24_an_analyst_opens_a_region_and_can_defend_what_she_sees(visit):
    with visit("/") as tab:
        tab.fill("#q", "stuttgrat")
        tab.press("#q", "Enter")
        tab.click("main a:has-text('Stuttgart')")
        assert "Stuttgart" in tab.inner_text("h1")
        assert tab.locator(".loc svg").is_visible()
        strong = tab.locator("#strong table")
        first = strong.locator("tbody tr").first
        assert "Motor vehicles" in first.inner_text()
        assert "1 of 253" in first.inner_text()
        assert first.locator("svg").count() >= 4
        hidden = tab.locator("#hidden")
        assert "not published" in hidden.inner_text()
        assert hidden.locator(".badge.unknown svg").count() == hidden.locator("li").count()
        caption = tab.inner_text(".loc figcaption")
        assert "NUTS version 2013" in caption
        assert "Eurostat" in tab.inner_text("#strong .src")
        first.locator("a:has-text('source')").click()
        assert "158,012" in tab.inner_text("main")
        assert "hanse observatory recompute" in tab.inner_text("main")


def test_j24_the_map_has_an_equal_table(visit):
    with visit("/observatory/sectors/C29/?year=2014&map=hexagons") as tab:
        regions = tab.locator("[data-map] svg a")
        tab.click("details.whole summary")
        rows = tab.locator("#table tbody tr")
        assert rows.count() >= regions.count() > 250


def test_j25_twelve_regions_with_own_weights_under_one_link(visit):
    codes = "DE11,ITC1,CZ08,ES21,SE23,PL22,RO42,HU22,FR10,NL11,AT31"
    with visit(f"/observatory/compare/?regions={codes}&year=2014&start=2010") as tab:
        tab.fill("#add", "Attiki")
        tab.click("main form button.main")
        tab.wait_for_load_state()
        rows = tab.locator("main section table tbody tr")
        assert rows.count() == 12
        tab.fill("[name=w_variety]", "5")
        tab.fill("[name=w_persons]", "0.5")
        tab.click("main form button.main")
        tab.wait_for_load_state()
        assert rows.count() == 12
        told = tab.inner_text("main section table")
        assert "rank " in told
        assert " to " in told
        shown = [row.split("\n")[0] for row in rows.all_inner_texts()]
        link = tab.url
        with tab.expect_download() as download:
            tab.click("footer a:has-text('CSV')")
        with Path(download.value.path()).open(newline="") as file:
            lines = list(csv.DictReader(file))
        assert len(lines) == 12
    with visit(link.split("//", 1)[1].split("/", 1)[1].join(["/", ""])) as again:
        restored = again.locator("main section table tbody tr").all_inner_texts()
        assert [row.split("\n")[0] for row in restored] == shown
        codes_shown = again.locator("main section table tbody th .cc").all_inner_texts()
        assert codes_shown == [line["region"] for line in lines]


def test_j37_a_researcher_recomputes_and_gets_the_digits_of_the_page(visit, live_server):
    done = subprocess.run(
        [sys.executable, "-m", "hanse.cli.main", "observatory", "recompute"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["differing"] == 0
    assert found["cells"] > 1_000_000
    with visit("/observatory/figures/DE11/C29/2014/lq/") as tab:
        page = tab.inner_text("main")
        assert found["release"] in page
        answer = tab.request.get("/api/v1/sectors/C29/map?year=2014&limit=5000").json()
        value = next(row["value"] for row in answer["rows"] if row["region"] == "DE11")
        assert str(value) in page
        described = tab.request.get("/api/v1/openapi.json").json()
        assert described["openapi"].startswith("3.1")


def test_the_question_line_answers_in_place_and_the_address_follows(visit):
    with visit("/observatory/sectors/C29/?year=2014&map=hexagons") as tab:
        before = tab.inner_text("h1")
        tab.select_option("[name=indicator]", "wages_per_person")
        tab.click("form.ask button")
        tab.wait_for_url("**indicator=wages_per_person**")
        tab.wait_for_function("old => document.querySelector('h1').innerText !== old", arg=before)
        tab.focus("[data-map] svg a >> nth=0")
        assert ":" in tab.inner_text(".map-says")


def test_everything_works_without_script(visit):
    with visit("/observatory/sectors/C29/", script=False) as tab:
        tab.select_option("[name=indicator]", "share")
        tab.click("form.ask button")
        assert "indicator=share" in tab.url
        assert "%" in tab.inner_text("h1")
        tab.click("main .rank tbody a >> nth=0")
        assert tab.locator("#strong").is_visible()
        tab.goto("/observatory/compare/?regions=DE11&add=Vest")
        assert "Vest" in tab.inner_text("main")


@pytest.mark.parametrize(
    ("language", "sector", "wage"),
    [("de-DE", "Kraftwagen", "."), ("fr-FR", "automobile", "\u202f")],
)
def test_language_follows_the_reader_with_its_numbers(visit, language, sector, wage):
    address = "/observatory/sectors/C29/?year=2014&indicator=persons&map=hexagons"
    with visit(address, language=language) as tab:
        assert tab.get_attribute("html", "lang") == language[:2]
        assert sector.casefold() in tab.inner_text("h1").casefold()
        assert f"158{wage}012" in tab.inner_text(".rank")


def test_the_language_is_chosen_by_hand_and_kept(visit):
    with visit("/observatory/europe/") as tab:
        tab.click(".choice summary")
        tab.click(".choice button[value=de]")
        assert tab.get_attribute("html", "lang") == "de"
        tab.goto("/observatory/")
        assert tab.get_attribute("html", "lang") == "de"


def test_by_keyboard_alone_from_the_first_page_to_a_region(visit):
    with visit("/") as tab:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        tab.keyboard.press("Enter")
        for _ in range(4):
            tab.keyboard.press("Tab")
            if tab.evaluate("document.activeElement.id") == "q":
                break
        tab.keyboard.type("DE11")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/regions/DE11/")
