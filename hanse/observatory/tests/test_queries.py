"""Reads of the real release: what pages show is what the release holds."""

from dataclasses import replace
from itertools import pairwise

import pytest

from hanse.observatory.queries import findings
from hanse.observatory.queries.comparison import DEFAULT_WEIGHTS, comparison
from hanse.observatory.queries.europe import industrial_change, panorama
from hanse.observatory.queries.figures import (
    Release,
    UnknownRegion,
    UnknownSector,
    best_year,
    serving_release,
)
from hanse.observatory.queries.indicators import INDICATORS
from hanse.observatory.queries.overview import sector_lines
from hanse.observatory.queries.provenance import provenance
from hanse.observatory.queries.region import all_cells, first_year_compared, region_portrait
from hanse.observatory.queries.search import found
from hanse.observatory.queries.sector import sector_map

LQ = INDICATORS["lq"]


@pytest.fixture(scope="module")
def release() -> Release:
    return serving_release()


def test_the_leading_car_regions_are_those_of_the_published_figures(release):
    leaders = [row.region.code for row in sector_map(release, "C29", 2014, LQ).leaders[:8]]
    assert {"RO42", "CZ02", "HU22", "DE11", "DE22"} <= set(leaders)


def test_stuttgart_employs_158012_in_car_making(release):
    rows = {row.region.code: row for row in sector_map(release, "C29", 2014, LQ).rows}
    assert rows["DE11"].persons == 158_012
    assert rows["DE91"].value is None
    assert "c" in rows["DE91"].flag


def test_a_quotient_is_the_ratio_of_the_four_numbers_that_its_page_names(release):
    shown = provenance(release, "DE11", "C29", 2014, LQ)
    x, total, of_sector, whole = (int(cell.value.replace(",", "")) for cell in shown.cells)
    assert shown.value == pytest.approx((x / total) / (of_sector / whole), rel=1e-12)


def test_a_threefold_jump_is_marked_and_a_steady_series_is_not(release):
    """Dresden and Chemnitz change places in the source in 2013; Stuttgart does not move."""
    rows = {row.region.code: row for row in sector_map(release, "C29", 2014, LQ).rows}
    assert rows["DED2"].jumped
    assert rows["DED4"].jumped
    assert not rows["DE11"].jumped


def test_a_quotient_over_a_total_that_is_a_lower_bound_is_said_to_be_at_most(release):
    found = sector_map(release, "I55", 2015, LQ)
    bounded = [row for row in found.leaders if row.lower_bound]
    assert bounded
    first = replace(found, rows=tuple(bounded))
    assert "at most" in findings.of_sector(first)


def test_parts_rounded_for_reading_still_add_up(release):
    for code in ("DE11", "FR10", "PL22", "ITC4"):
        explained = region_portrait(release, code, 2014, 2010).explained
        assert sum(explained.in_whole_persons) == explained.change


@pytest.mark.parametrize("region", ["DE11", "CZ02", "HU22", "PL22"])
def test_the_origin_of_a_quotient_against_the_own_country_is_its_own(release, region):
    shown = provenance(release, region, "C29", 2014, LQ, "country")
    x, total, of_sector, whole = (int(cell.value.replace(",", "")) for cell in shown.cells)
    assert shown.value == pytest.approx((x / total) / (of_sector / whole), rel=1e-12)
    assert shown.value != provenance(release, region, "C29", 2014, LQ).value


def test_ranks_share_the_better_place_and_the_unknown_have_none(release):
    rows = sector_map(release, "C29", 2014, INDICATORS["stars"]).rows
    best = [row for row in rows if row.value == 3]
    assert {row.rank for row in best} == {1}
    assert all(row.rank is None for row in rows if row.value is None)
    assert rows[len(best)].rank == len(best) + 1


def test_estimates_appear_only_when_asked_and_are_marked(release):
    plain = sector_map(release, "C19", 2014, LQ)
    filled = sector_map(release, "C19", 2014, LQ, estimates=True)
    assert not any(row.estimated for row in plain.rows)
    estimated = {row.region.code for row in filled.rows if row.estimated}
    assert estimated
    assert estimated <= {row.region.code for row in plain.rows if row.value is None}


def test_the_own_country_as_reference_gives_another_quotient(release):
    europe = {r.region.code: r.value for r in sector_map(release, "C29", 2014, LQ).rows}
    country = sector_map(release, "C29", 2014, LQ, reference="country")
    own = {row.region.code: row.value for row in country.rows}
    assert own["DE11"] < europe["DE11"]


def test_hexagons_take_the_class_of_their_country_at_level_0(release):
    countries = sector_map(release, "C29", 2014, LQ, level=0)
    assert countries.painted["DE11"] == countries.painted["DE12"]
    assert {row.region.level for row in countries.rows} == {0}


def test_parts_of_a_change_add_up_exactly_and_over_sectors(release):
    portrait = region_portrait(release, "DE11", 2014, 2010)
    for shift in (*portrait.shifts, portrait.explained):
        assert shift.national + shift.mix + shift.local == shift.change
    assert sum(s.change for s in portrait.shifts) == portrait.explained.change
    assert sum(s.local for s in portrait.shifts) == portrait.explained.local


def test_the_strongest_sectors_come_first_and_carry_their_distances(release):
    strong = region_portrait(release, "DE11", 2014, 2010).strongest("stars")
    assert [cell.sector.code for cell in strong[:2]] == ["C29", "C28"]
    assert all(a.stars >= b.stars for a, b in pairwise(strong))
    for cell in strong:
        assert cell.size_rank is None or (cell.size_rank <= cell.size_cut) == cell.stars_size


def test_hidden_sectors_are_those_without_a_figure(release):
    portrait = region_portrait(release, "DE11", 2014, 2010)
    hidden = {cell.sector.code for cell in portrait.hidden}
    assert hidden == {c.sector.code for c in portrait.divisions if c.persons is None}
    assert hidden


def test_entries_and_exits_are_as_many_as_the_release_counts(release):
    changed = region_portrait(release, "DE11", 2014, 2010)
    assert len(changed.entered) == changed.changed.entries
    assert len(changed.left) == changed.changed.exits


def test_a_portrait_of_a_file_holds_every_sector_and_year(release):
    cells = all_cells(release, "DE11")
    assert len({(c.sector.code, c.year) for c in cells}) == len(cells)
    assert {c.year for c in cells} == set(release.years)


def test_french_change_starts_with_the_first_french_year(release):
    assert first_year_compared(release, "FR10", 2014) == 2010


def test_the_panorama_counts_each_cluster_once_and_its_filters_narrow_it(release):
    whole = panorama(release, 2014)
    places = [(c.region.code, c.sector.code) for c in whole.clusters]
    assert len(places) == len(set(places))
    assert {c.sector.level for c in whole.clusters} == {"division"}
    assert 0 < whole.share < 1
    german = panorama(release, 2014, country="DE", at_least=3)
    assert {c.region.country for c in german.clusters} == {"DE"}
    assert {c.passed for c in german.clusters} == {3}
    assert len(german.clusters) == len(
        [c for c in whole.clusters if c.region.country == "DE" and c.passed == 3]
    )


def test_industrial_change_names_each_region_once_the_most_changed_first(release):
    changes = industrial_change(release, 2010, 2014)
    codes = [change.region.code for change in changes]
    assert len(codes) == len(set(codes))
    values = [change.structural_change for change in changes]
    assert values == sorted(values, reverse=True)


def test_twelve_regions_at_most_are_compared_and_bounds_hold_the_rank(release):
    codes = [code for code, region in release.regions.items() if region.level == 2][:14]
    rows = comparison(release, codes, 2014, 2010, DEFAULT_WEIGHTS).rows
    assert len(rows) == 12
    assert all(row.best <= row.rank <= row.worst for row in rows)
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("stuttgart", "DE11"),
        ("STUTTGART", "DE11"),
        ("stuttgrat", "DE11"),
        ("lodzkie", "PL11"),
        ("Łódzkie", "PL11"),
        ("αττικη", "EL30"),
        ("attiki", "EL30"),
        ("югозападен", "BG41"),
        ("de11", "DE11"),
        ("kozep-dunantul", "HU21"),
    ],
)
def test_a_region_is_found_whatever_accents_case_and_letters(release, wording, code):
    assert code in [region.code for region in found(release, wording).regions]


def test_a_search_for_nothing_finds_nothing(release):
    assert found(release, "").count == 0
    assert found(release, "qqqqqqxx").count == 0


def test_a_corrected_search_says_what_it_looked_for(release):
    assert found(release, "stuttgrat").corrected == "stuttgart"
    assert found(release, "stuttgart").corrected == ""


def test_unknown_codes_are_named(release):
    with pytest.raises(UnknownRegion, match="XX99"):
        region_portrait(release, "XX99", 2014, 2010)
    with pytest.raises(UnknownSector, match="Z99"):
        sector_map(release, "Z99", 2014, LQ)


def test_the_first_year_shown_is_the_latest_with_wages_almost_everywhere(release):
    assert best_year(release) == 2014


def test_every_sector_has_a_leader_where_a_quotient_is_known(release):
    lines = {line.sector.code: line for line in sector_lines(release, 2014)}
    assert lines["C29"].leader.code == "RO42"
    assert lines["C29"].leader_lq == sector_map(release, "C29", 2014, LQ).leaders[0].value


@pytest.mark.parametrize("slug", list(INDICATORS))
@pytest.mark.parametrize("sector", ["C29", "C", "B05", "S95"])
def test_each_indicator_writes_its_finding(release, slug, sector):
    sentence = findings.of_sector(sector_map(release, sector, 2014, INDICATORS[slug]))
    assert sentence
    assert "%" not in sentence.replace("\u00a0%", "")


def test_a_map_without_outliers_says_that_none_stands_out(release):
    countries = [sector_map(release, code, 2014, LQ, level=0) for code in release.sectors]
    level = [found for found in countries if found.leaders and found.leaders[0].value < 2]
    assert level
    assert all("no region stands out" in findings.of_sector(found) for found in level)
    assert "no region stands out" not in findings.of_sector(sector_map(release, "C29", 2014, LQ))
