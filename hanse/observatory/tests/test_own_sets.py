"""Sector sets that people load: figures by hand, every refusal, and who sees them."""

import csv
import html
import io
import json
import re
from collections import defaultdict
from functools import lru_cache

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from hanse.commons.audit.models import AuditEntry
from hanse.commons.files.models import StoredFile
from hanse.commons.people.transfers import archive_about, erase
from hanse.commons.work.actions import ask_to_stop
from hanse.commons.work.models import Job
from hanse.kit.refusals import Refused
from hanse.observatory.access import sector_sets_visible_to
from hanse.observatory.actions import own_sets as actions
from hanse.observatory.actions.own_sets import compute_set, load_set, remove_set
from hanse.observatory.jobs import start_computing
from hanse.observatory.models import OwnSectorSet
from hanse.observatory.queries.figures import serving_release
from hanse.observatory.queries.indicators import INDICATORS
from hanse.observatory.queries.own_sets import (
    CELLS,
    cells_of,
    figures_folder,
    finding,
    set_map,
)
from hanse.observatory.rules.own_sets import MOST_CATEGORIES, MOST_OF_FIGURES, MOST_OF_PARTS
from hanse.observatory.words import OWN_SETS

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MOBILITY = "category,code\nMobility,C29\nMobility,C30\nDigital,J62\n"
CLASSES = "category;code;weight\nCars;29.10;1\nCars;C2932;0,5\n"
FIGURES = (
    "region,code,year,persons\n"
    "DE21,29.10,2014,1000\nDE21,29.32,2014,501\n"
    "DE11,29.10,2014,2000\nDE11,29.32,2014,\n"
    "DE12,29.10,2014,0\nDE12,29.32,2014,30\n"
)


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    """The release of the house, and a folder of the test for what is computed."""
    place = tmp_path / "var" / "releases"
    place.parent.mkdir()
    place.symlink_to(settings.HANSE_RELEASES)
    settings.HANSE_RELEASES = place


@pytest.fixture
def release():
    return serving_release()


@pytest.fixture
def load(ana, release):
    def loaded(table=MOBILITY, figures=None, name="Mine", by=ana):
        return load_set(
            name,
            upload("set.csv", table),
            None if figures is None else upload("figures.csv", figures),
            release,
            by=by,
        )

    return loaded


@pytest.fixture
def computed(load, release):
    def computing(*args, **kwargs):
        own = load(*args, **kwargs)
        compute_set(own, release)
        return own

    return computing


def upload(name, content):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def carry_out_what_waits():
    """What the worker would do, in this process."""
    for waiting in DBTaskResult.objects.ready():
        given = waiting.args_kwargs
        waiting.task.call(*given["args"], **given["kwargs"])
        waiting.delete()


def published(release, region, year):
    """Persons by sector of a region and year, and its total, as the release holds them."""
    cells, totals = as_released(release.folder)
    return cells[region, year], totals[region, year]


@lru_cache(maxsize=1)
def as_released(folder):
    wanted = ["region", "year", "sector", "persons", "total"]
    rows = pq.read_table(folder / "cells.parquet", columns=wanted).to_pydict()
    cells, totals = defaultdict(dict), {}
    for region, year, sector, persons, total in zip(*(rows[key] for key in wanted), strict=True):
        cells[region, year][sector] = persons
        totals[region, year] = total
    return cells, totals


def europe(release, year):
    """Persons of the reference area by sector, and its total, as the release holds them."""
    wanted = ["sector", "year", "reference_persons", "reference_total"]
    rows = pq.read_table(release.folder / "sector_years.parquet", columns=wanted).to_pylist()
    rows = {row["sector"]: row for row in rows if row["year"] == year}
    there = {sector: row["reference_persons"] for sector, row in rows.items()}
    return there, rows["C29"]["reference_total"]


def cell(own, category, region, year):
    return next(one for one in cells_of(own, category, year) if one.region == region)


# Figures -----------------------------------------------------------------------------------------


def test_a_category_is_the_sum_of_its_divisions_and_its_quotient_follows_the_formula(
    computed, release
):
    found = cell(computed(), "Mobility", "DE21", 2014)
    here, total = published(release, "DE21", 2014)
    there, whole = europe(release, 2014)
    persons = here["C29"] + here["C30"]
    assert persons > 100_000
    assert found.persons == persons
    assert found.share == persons / total
    assert found.lq == pytest.approx(
        persons * whole / (total * (there["C29"] + there["C30"])), rel=1e-14
    )
    assert (found.bound, found.classes_known, found.classes) == (False, 2, 2)


def test_a_category_of_one_division_equals_the_release_everywhere(computed, release):
    own = computed()
    wanted = ("year", "region", "level", "persons", "share", "lq", "total_bound")
    rows = release.of_sector("cells", "J62", wanted).to_pylist()
    known = {
        (row["year"], row["region"]): row
        for row in rows
        if row["level"] == 2 and row["persons"] is not None
    }
    found = {(one.year, one.region): one for one in cells_of(own, "Digital")}
    assert found.keys() == known.keys()
    assert len(found) > 1000
    for key, one in found.items():
        row = known[key]
        assert (one.persons, one.share, one.total_bound) == (
            row["persons"], row["share"], bool(row["total_bound"]),
        )  # fmt: skip
        assert one.lq == pytest.approx(row["lq"], rel=1e-14)


def test_weights_take_a_part_of_a_division(computed, release):
    own = computed("category,code,weight\nHalf,C29,0.5\nHalf,C30,0.333333\n")
    here, total = published(release, "DE21", 2014)
    there, whole = europe(release, 2014)
    found = cell(own, "Half", "DE21", 2014)
    persons = 0.5 * here["C29"] + 0.333333 * here["C30"]
    reference = 0.5 * there["C29"] + 0.333333 * there["C30"]
    assert found.persons == pytest.approx(persons, abs=1e-6)
    assert found.lq == pytest.approx(persons * whole / (total * reference), rel=1e-12)


def test_where_a_division_is_not_known_the_sum_is_a_lower_bound_and_says_so(computed, release):
    own = computed()
    partly = [one for one in cells_of(own, "Mobility", 2014) if one.bound]
    assert partly
    for one in partly:
        here, _ = published(release, one.region, 2014)
        known = [here[code] for code in ("C29", "C30") if here[code] is not None]
        assert (one.classes_known, one.persons) == (1, sum(known))
        assert "≥" in one.flag


def test_figures_of_classes_are_compared_with_the_regions_loaded(computed, release):
    own = computed(CLASSES, FIGURES)
    totals = {code: published(release, code, 2014)[1] for code in ("DE21", "DE11", "DE12")}
    whole, everyone = sum(totals.values()), 1250.5 + 2000 + 15
    found = cell(own, "Cars", "DE21", 2014)
    assert (found.persons, found.bound) == (1250.5, False)
    assert found.share == 1250.5 / totals["DE21"]
    assert found.lq == pytest.approx(1250.5 * whole / (totals["DE21"] * everyone), rel=1e-12)
    half_known = cell(own, "Cars", "DE11", 2014)
    assert (half_known.persons, half_known.bound, half_known.classes_known) == (2000, True, 1)
    assert {one.region for one in cells_of(own)} == set(totals)
    assert own.years == [2014]


def test_a_year_that_the_release_does_not_know_has_persons_only(computed):
    own = computed(CLASSES, FIGURES + "DE21,29.10,2021,70\n")
    found = cell(own, "Cars", "DE21", 2021)
    assert (found.persons, found.share, found.lq) == (70, None, None)


def test_a_region_without_a_figure_is_hatched_and_equal_values_share_a_rank(computed, release):
    own = computed(CLASSES, FIGURES.replace("DE11,29.10,2014,2000", "DE11,29.10,2014,1250"))
    found = set_map(own, release, "Cars", 2014, INDICATORS["persons"])
    assert [row.rank for row in found.leaders] == [1, 2, 3]
    assert found.unknown > 200
    assert {row.painted for row in found.rows if row.cell is None} == {"nk"}


def test_the_headline_says_at_least_and_at_most_where_the_leader_is_a_bound(computed, release):
    own = computed("category,code\nA,C29\nA,C30\nA,H51\n")
    headlines = {}
    for year in own.years:
        for slug in ("lq", "share", "persons"):
            found = set_map(own, release, "A", year, INDICATORS[slug])
            first = found.leaders[0].cell
            bounds = (first.bound, first.total_bound and slug != "persons")
            headlines.setdefault(bounds, []).append(finding(found))
    assert all("at least" in one for one in headlines.get((True, False), []))
    assert all("at most" in one for one in headlines.get((False, True), []))
    plain = headlines.get((False, False), []) + headlines.get((True, True), [])
    assert not [one for one in plain if "at least" in one or "at most" in one]
    assert len(headlines) > 1


# The job -----------------------------------------------------------------------------------------


def test_loading_on_the_page_computes_in_the_background_and_the_page_shows_it(
    ana, as_person, release
):
    browser = as_person(ana)
    sent = browser.post(
        "/observatory/sets/new/", {"name": "Mine", "table": upload("set.csv", MOBILITY)}
    )
    own = OwnSectorSet.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, own.job.get_absolute_url())
    waiting = browser.get(own.get_absolute_url()).content.decode()
    assert "Being computed." in waiting
    carry_out_what_waits()
    job = Job.objects.get()
    assert (job.state, job.error, job.result_url) == ("done", "", own.get_absolute_url())
    address = f"{own.get_absolute_url()}?category=Mobility&year=2014&indicator=persons"
    page = browser.get(address).content.decode()
    here, _ = published(release, "DE21", 2014)
    assert f"{here['C29'] + here['C30']:,}" in page
    assert page.count("<h1") == 1
    assert "Being computed." not in page


def test_a_job_that_fails_says_what_to_do_and_the_page_offers_it(load, ana, as_person):
    own = load(CLASSES, FIGURES)
    start_computing(own, by=ana)
    own.figures.content.storage.delete(own.figures.content.name)
    carry_out_what_waits()
    job = Job.objects.get()
    assert job.state == "failed"
    assert "Load the set again" in job.error
    page = as_person(ana).get(own.get_absolute_url()).content.decode()
    assert "Load the set again" in page
    assert "Compute again" in page


def test_a_set_of_which_nothing_is_known_fails_with_a_reason(load, release):
    own = load(CLASSES, "region,code,year,persons\nDE21,29.10,2014,\n")
    with pytest.raises(Refused) as no:
        compute_set(own, release)
    assert no.value.refusal.code == "nothing_known"
    assert not figures_folder(own.pk).exists()


def test_without_a_release_the_job_says_so(load, ana, settings, tmp_path):
    own = load()
    start_computing(own, by=ana)
    settings.HANSE_RELEASES = tmp_path / "nothing"
    carry_out_what_waits()
    assert Job.objects.get().error == "No release is being served yet."


def test_a_job_that_is_stopped_leaves_the_former_figures(computed, ana, release, monkeypatch):
    own = computed()
    before = (figures_folder(own.pk) / CELLS).read_bytes()
    started = start_computing(own, by=ana)
    original = actions._public_cells

    def stopped_meanwhile(*args):
        ask_to_stop(started, by=ana)
        return original(*args)

    monkeypatch.setattr(actions, "_public_cells", stopped_meanwhile)
    carry_out_what_waits()
    assert Job.objects.get().state == "cancelled"
    assert (figures_folder(own.pk) / CELLS).read_bytes() == before
    assert [path.name for path in figures_folder(own.pk).parent.iterdir()] == [str(own.pk)]


def test_a_set_is_not_computed_twice_at_once(load, ana, as_person):
    own = load()
    start_computing(own, by=ana)
    answer = as_person(ana).post(own.get_absolute_url())
    assert answer.status_code == 409
    assert Job.objects.count() == 1


def test_a_set_removed_while_it_is_computed_leaves_nothing(
    load, release, django_capture_on_commit_callbacks
):
    own = load()
    number = own.pk

    def told(*_):
        with django_capture_on_commit_callbacks(execute=True):
            OwnSectorSet.objects.filter(pk=number).delete()

    with pytest.raises(Refused) as no:
        compute_set(own, release, told)
    assert no.value.refusal.code == "set_is_gone"
    assert not figures_folder(number).exists()


def test_figures_that_cannot_be_written_are_a_refusal(load, release, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(actions, "write_rows", full)
    with pytest.raises(Refused) as no:
        compute_set(load(), release)
    assert "No space left on device" in str(no.value)


def test_lost_figures_are_said_and_can_be_computed_again(computed, ana, as_person):
    own = computed()
    (figures_folder(own.pk) / CELLS).unlink()
    browser = as_person(ana)
    page = browser.get(own.get_absolute_url())
    assert page.status_code == 200
    assert "not in their place" in page.content.decode()
    browser.post(own.get_absolute_url())
    carry_out_what_waits()
    assert (figures_folder(own.pk) / CELLS).exists()


def test_figures_of_an_older_release_are_said(computed, ana, as_person):
    own = computed()
    OwnSectorSet.objects.update(release="2008-2014-0000000000")
    page = as_person(ana).get(own.get_absolute_url()).content.decode()
    assert "A newer release" in page


# Refusals ----------------------------------------------------------------------------------------

HEAD = "category,code,weight\n"
FIGURES_HEAD = "region,code,year,persons\n"
TABLES_REFUSED = {
    "not_utf8": HEAD.encode() + "Möbel,C31,1\n".encode("latin-1"),
    "not_text": HEAD + "A,C29,1\nB\x00,C30,1\n",
    "not_csv": HEAD + 'A,C29,1\n"B"x,C30,1\n',
    "no_column": "category,weight\nA,1\n",
    "column_twice": "category,code,code\nA,C29,C30\n",
    "row_width": HEAD + "A,C29,1\nB,C30\n",
    "no_rows": HEAD,
    "no_category": HEAD + "A,C29,1\n  ,C30,1\n",
    "category_too_long": HEAD + "A" * 81 + ",C29,1\n",
    "too_many_categories": HEAD + "".join(f"{n},C29,1\n" for n in range(MOST_CATEGORIES + 1)),
    "unknown_code": HEAD + "A,C29,1\nA,C34,1\n",
    "weight": HEAD + "A,C29,1.5\n",
    "duplicate_pair": HEAD + "A,C29,1\nA,29,0.5\n",
    "counted_twice": HEAD + "A,C29,1\nA,29.10,1\n",
    "needs_figures": HEAD + "A,C29,1\nB,29.10,1\n",
}
FIGURES_REFUSED = {
    "no_column": "region,code,persons\nDE21,29.10,5\n",
    "unknown_region": FIGURES_HEAD + "DE21,29.10,2014,5\nDE2,29.10,2014,5\n",
    "unknown_code": FIGURES_HEAD + "DE21,29.11,2014,5\n",
    "year": FIGURES_HEAD + "DE21,29.10,14,5\n",
    "negative_count": FIGURES_HEAD + "DE21,29.10,2014,-5\n",
    "count": FIGURES_HEAD + "DE21,29.10,2014,many\n",
    "duplicate_key": FIGURES_HEAD + "DE21,29.10,2014,5\nDE21,C2910,2014,6\n",
    "figures_do_not_fit": FIGURES_HEAD + "DE21,C30,2014,5\n",
    "no_rows": FIGURES_HEAD,
}
ROWS = {
    "not_text": 3, "not_csv": 3, "row_width": 3, "no_category": 3, "unknown_code": 3, "weight": 2,
    "duplicate_pair": 3, "counted_twice": 3, "needs_figures": 3, "category_too_long": 2,
}  # fmt: skip
FIGURE_ROWS = {
    "unknown_region": 3, "unknown_code": 2, "year": 2, "negative_count": 2, "count": 2,
    "duplicate_key": 3,
}  # fmt: skip


@pytest.mark.parametrize("reason", TABLES_REFUSED)
def test_a_table_of_categories_is_refused_with_file_row_and_reason(load, reason):
    figures = FIGURES if reason == "counted_twice" else None
    with pytest.raises(Refused) as no:
        load(TABLES_REFUSED[reason], figures)
    refusal = no.value.refusal
    assert (refusal.code, refusal.facts["file"]) == (reason, "set.csv")
    assert refusal.facts.get("row") == ROWS.get(reason)
    assert "set.csv" in str(refusal)
    assert not OwnSectorSet.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("reason", FIGURES_REFUSED)
def test_a_table_of_figures_is_refused_with_file_row_and_reason(load, reason):
    with pytest.raises(Refused) as no:
        load(CLASSES, FIGURES_REFUSED[reason])
    refusal = no.value.refusal
    assert (refusal.code, refusal.facts["file"]) == (reason, "figures.csv")
    assert refusal.facts.get("row") == FIGURE_ROWS.get(reason)
    assert not OwnSectorSet.objects.exists()
    assert not StoredFile.objects.exists()


def test_every_reason_is_tested():
    elsewhere = {
        "too_many_sets", "being_computed", "set_is_gone", "file_is_gone", "nothing_known",
        "not_written",
    }  # fmt: skip
    assert TABLES_REFUSED.keys() | FIGURES_REFUSED.keys() | elsewhere == OWN_SETS.keys()


@pytest.mark.parametrize("weight", ["0", "-0.5", "1.01", "", "half", "nan", "inf", "0.0000001"])
def test_a_weight_is_more_than_nought_and_at_most_one(load, weight):
    with pytest.raises(Refused) as no:
        load(f"category,code,weight\nA,C29,{weight}\n")
    assert no.value.refusal.code == "weight"


@pytest.mark.parametrize("year", ["", "1949", "2101", "2014.0", "20144", "²014", "year"])
def test_a_year_is_four_digits_of_our_time(load, year):
    with pytest.raises(Refused) as no:
        load(CLASSES, f"{FIGURES_HEAD}DE21,29.10,{year},1\n")
    assert no.value.refusal.code == "year"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("set.csv", b"", "file_empty"),
        ("set.csv", b"a,b\n" + b"x" * MOST_OF_PARTS, "file_too_large"),
        ("set.xlsx", b"category,code\nA,C29\n", "file_kind_not_wanted"),
        ("set.csv", b"%PDF-1.7\n\xe2\xe3\xcf\xd3 %%EOF", "not_utf8"),
        ("set.csv", b"PK\x03\x04 no table at all", "not_text"),
        ("set.csv", b"category\nMobility\n", "file_is_not_what_it_says"),
    ],
)
def test_a_file_is_judged_by_its_content_and_size(ana, release, name, content, reason):
    with pytest.raises(Refused) as no:
        load_set("Mine", upload(name, content), None, release, by=ana)
    assert no.value.refusal.code == reason
    assert name in str(no.value)


def test_figures_may_be_larger_than_categories_but_not_without_end(ana, release):
    rows = FIGURES_HEAD.encode() + b"DE21,29.10,2014,1\n"
    much = rows + b"\n" * (MOST_OF_FIGURES - len(rows) + 1)
    with pytest.raises(Refused) as no:
        load_set("M", upload("set.csv", CLASSES), upload("figures.csv", much), release, by=ana)
    assert no.value.refusal.code == "file_too_large"
    assert "figures.csv" in str(no.value)


def test_nobody_keeps_sets_without_end(load, monkeypatch):
    monkeypatch.setattr(actions, "MOST_SETS", 1)
    load()
    with pytest.raises(Refused) as no:
        load(name="Another")
    assert no.value.refusal.code == "too_many_sets"


def test_a_second_click_makes_no_second_version(load, ana):
    assert load().pk == load().pk
    assert OwnSectorSet.objects.filter(owner=ana).count() == 1


def test_the_page_shows_the_refusal_beside_the_form_and_keeps_nothing(ana, as_person):
    answer = as_person(ana).post(
        "/observatory/sets/new/",
        {"name": "Mine", "table": upload("set.csv", "category,code\nCars,29.10\n")},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "set.csv, row 2" in page
    assert "public figures stop at divisions" in page
    assert 'name="table"' in page
    assert not OwnSectorSet.objects.exists()


@pytest.mark.parametrize("code", ["C29", "c29", "29", "C.29"])
def test_a_division_may_be_written_as_people_write_it(load, code):
    assert load(f"category,code\nA,{code}\n").codes == ["C29"]


@pytest.mark.parametrize("code", ["29.10", "C29.10", "C2910", "2910"])
def test_a_class_may_be_written_as_people_write_it(load, code):
    assert load(f"category,code\nA,{code}\n", FIGURES).codes == ["C2910"]


@pytest.mark.parametrize("code", ["C", "C291", "29.1", "A01", "K64", "K6419", "D29", "S96", ""])
def test_codes_outside_these_statistics_are_refused(load, code):
    with pytest.raises(Refused) as no:
        load(f"category,code\nA,{code}\n")
    assert no.value.refusal.code == "unknown_code"


# Versions, removal, erasure ----------------------------------------------------------------------


def test_loading_again_under_the_name_makes_the_next_version_and_keeps_the_first(
    computed, ana, as_person
):
    first = computed()
    second = computed("category,code\nMobility,C29\n")
    other = computed(name="Another")
    assert (first.version, second.version, other.version) == (1, 2, 1)
    browser = as_person(ana)
    assert "version 1" in browser.get(first.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in browser.get(second.get_absolute_url()).content.decode()
    assert cell(first, "Mobility", "DE21", 2014).persons > (
        cell(second, "Mobility", "DE21", 2014).persons
    )


def test_versions_of_two_people_do_not_meet(load, ana, bruno):
    assert load(by=ana).version == 1
    assert load(by=bruno).version == 1


DOORS = ["", "figures.csv", "figures.xlsx", "figures.parquet", "figures.json", "removal/"]


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_finds_nothing_at_the_direct_address(computed, ana, bruno, as_person, door):
    address = f"{computed().get_absolute_url()}{door}"
    assert as_person(ana).get(address).status_code == 200
    assert as_person(bruno).get(address).status_code == 404
    assert as_person().get(address).status_code == 404
    assert as_person(bruno).post(address).status_code == 404
    assert OwnSectorSet.objects.count() == 1


def test_a_stranger_gets_neither_the_tables_nor_the_name(computed, bruno, as_person):
    own = computed(name="Secret plan")
    assert as_person(bruno).get(f"/files/{own.table_id}/").status_code == 404
    assert "Secret plan" not in as_person(bruno).get("/observatory/sets/").content.decode()
    assert not sector_sets_visible_to(bruno).exists()


def test_who_is_not_logged_in_is_asked_to(as_person):
    for address in ("/observatory/sets/", "/observatory/sets/new/"):
        assert as_person().get(address)["Location"].startswith("/account/login/")


def test_removal_asks_first_and_takes_files_and_figures_along(
    computed, ana, as_person, django_capture_on_commit_callbacks
):
    own = computed(CLASSES, FIGURES)
    browser, address = as_person(ana), f"{own.get_absolute_url()}removal/"
    assert "Remove Mine, version 1?" in browser.get(address).content.decode()
    assert OwnSectorSet.objects.exists()
    folder = figures_folder(own.pk)
    assert (folder / CELLS).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(address)["Location"] == "/observatory/sets/"
    assert not OwnSectorSet.objects.exists()
    assert not StoredFile.objects.exists()
    assert not folder.exists()
    assert browser.get(own.get_absolute_url()).status_code == 404


def test_the_trail_tells_of_loading_and_removal_without_the_name(load, ana):
    own = load(name="Secret plan")
    remove_set(own, by=ana)
    removed, loaded = AuditEntry.objects.filter(object_type="observatory.ownsectorset")
    assert (loaded.action, loaded.actor) == ("load_sector_set", ana)
    assert loaded.after == {
        "version": 1, "categories": 2, "codes": 3, "has_own_figures": False, "figures": 0,
    }  # fmt: skip
    assert removed.action == "remove_sector_set"
    assert "Secret" not in str([vars(removed), vars(loaded)])


def test_erasure_takes_sets_tables_and_figures_and_leaves_those_of_others(
    computed, ana, bruno, django_capture_on_commit_callbacks
):
    mine, theirs = computed(CLASSES, FIGURES), computed(by=bruno)
    folder = figures_folder(mine.pk)
    with django_capture_on_commit_callbacks(execute=True):
        erase(ana)
    assert list(OwnSectorSet.objects.all()) == [theirs]
    assert list(StoredFile.objects.all()) == [theirs.table]
    assert not folder.exists()
    assert (figures_folder(theirs.pk) / CELLS).exists()


def test_everything_about_me_holds_my_sets(computed, ana):
    import zipfile

    own = computed()
    with zipfile.ZipFile(io.BytesIO(archive_about(ana))) as parcel:
        told = json.loads(parcel.read("sector_sets.json"))
        assert parcel.read(f"sector_sets/{own.pk}-{CELLS}")[:4] == b"PAR1"
    assert [one["name"] for one in told] == ["Mine"]
    assert ["Mobility", "C29", 1.0] in told[0]["parts"]


# Pages and files ---------------------------------------------------------------------------------


def test_without_a_set_the_list_says_what_to_do(ana, as_person):
    page = as_person(ana).get("/observatory/sets/").content.decode()
    assert page.count("<h1") == 1
    assert "No sector set of your own yet" in page
    assert "/observatory/sets/example.csv" in page


def test_the_example_can_be_loaded_as_it_is(client, computed):
    content = client.get("/observatory/sets/example.csv").content
    own = computed(content)
    assert own.categories == ["Mobility", "Digital", "Wood and paper"]
    assert {one.category for one in cells_of(own)} == set(own.categories)


def test_map_table_and_file_agree(computed, ana, as_person):
    own = computed()
    browser = as_person(ana)
    question = "?category=Mobility&year=2014&indicator=lq"
    page = browser.get(f"{own.get_absolute_url()}{question}").content.decode()
    text = browser.get(f"{own.get_absolute_url()}figures.csv{question}").content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0])[:4] == ["region", "name", "value", "flag"]
    on_map = {html.unescape(one) for one in re.findall(r"<title>([^<]*: [^<]*)</title>", page)}
    on_map = {one for one in on_map if not one.endswith("not known")}
    known = [row for row in rows if row["value"]]
    assert len(known) > 200
    assert on_map == {title(row) for row in known if row["region"] not in OVERSEAS}
    table = page[page.index('id="table"') :].partition("</table>")[0]
    lines = re.findall(r'<span class="cc">(\w+)</span></th><td class="r">([\d.]+)<', table)
    assert lines == [(row["region"], f"{float(row['value']):.2f}") for row in known]
    assert "≥" in {row["flag"] for row in rows}


def title(row):
    flag = f" ({row['flag']})" if row["flag"] else ""
    return f"{row['name']}: {float(row['value']):.1f}{flag}"


OVERSEAS = {"ES70", "PT20", "PT30", "FRA1", "FRA2", "FRA3", "FRA4", "FRA5"}


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "json"])
@pytest.mark.parametrize("question", ["?indicator=share", "?whole=1"])
def test_every_file_can_be_had_and_is_kept_by_no_cache(computed, ana, as_person, form, question):
    own = computed(name="Größen")
    answer = as_person(ana).get(f"{own.get_absolute_url()}figures.{form}{question}")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    if form == "json":
        notes = json.loads(answer.content)["note"]
        assert any("Größen, version 1" in note for note in notes)
        assert any(own.release in note and own.method in note for note in notes)


def test_an_unknown_kind_of_file_is_not_found(computed, ana, as_person):
    assert as_person(ana).get(f"{computed().get_absolute_url()}figures.exe").status_code == 404


def test_a_wrong_question_is_answered_and_named(computed, ana, as_person):
    own = computed()
    page = as_person(ana).get(f"{own.get_absolute_url()}?category=Nothing&year=1066")
    assert page.status_code == 200
    assert "Not understood." in page.content.decode()


def test_names_are_written_as_text(computed, ana, as_person):
    own = computed("category,code\n<script>x</script>,C29\n", name="<b>bold</b>")
    page = as_person(ana).get(own.get_absolute_url()).content.decode()
    assert "<script>x" not in page
    assert "<b>bold" not in page


def test_own_figures_are_not_called_eurostats(computed, ana, as_person):
    own = computed(CLASSES, FIGURES)
    page = as_person(ana).get(own.get_absolute_url()).content.decode()
    assert "Persons: figures loaded by the owner." in page
    assert "It is not all of Europe." in page


@pytest.mark.parametrize("indicator", ["lq", "share", "persons"])
def test_a_page_asks_few_questions_of_the_database(
    computed, ana, as_person, indicator, django_assert_max_num_queries
):
    own = computed()
    browser = as_person(ana)
    with django_assert_max_num_queries(12):
        answer = browser.get(f"{own.get_absolute_url()}?indicator={indicator}")
    assert answer.status_code == 200


def test_the_list_asks_as_often_for_three_sets_as_for_one(
    load, ana, as_person, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = as_person(ana)
    load()
    with CaptureQueriesContext(connection) as once:
        browser.get("/observatory/sets/")
    load()
    load()
    with django_assert_num_queries(len(once)):
        browser.get("/observatory/sets/")


def test_the_door_stands_on_the_landing_page_for_who_is_logged_in(ana, as_person):
    assert "/observatory/sets/" in as_person(ana).get("/observatory/").content.decode()
    assert "/observatory/sets/" not in as_person().get("/observatory/").content.decode()
