"""Codes carried to one NUTS version, nothing counted twice, nothing silently lost."""

import json

import pyarrow.parquet as pq
import pytest

from hanse.observatory.actions.release import _measure, described_measures
from hanse.observatory.tests import small_pack
from hanse.observatory.tests.test_pack import real_pack
from hanse.observatory.transfers import pack as transfers


@pytest.fixture(scope="module")
def measures(tmp_path_factory):
    small_pack.provide_duckdb()
    folder = tmp_path_factory.mktemp("small")
    manifests = small_pack.make_pack(folder / "pack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transfers, "manifest", manifests.__getitem__)
        return transfers.compile_pack(folder / "pack", folder / "measures")


def read(measures, name):
    return pq.read_table(measures / f"{name}.parquet").to_pylist()


def cell(measures, region, sector, year):
    """Persons and flag of a cell, found by its codes."""
    regions = {row["code"]: row["id"] for row in read(measures, "regions")}
    sectors = {row["code"]: row["id"] for row in read(measures, "sectors")}
    key = (regions[region], sectors[sector], year)
    rows = [r for r in read(measures, "cells") if (r["region"], r["sector"], r["year"]) == key]
    (row,) = rows
    return row["persons"], row["persons_flag"]


def test_merged_regions_are_summed_and_flagged(measures):
    assert cell(measures, "DE40", "C10", 2010) == (150, "m")


def test_a_merged_region_with_an_unknown_part_stays_blank(measures):
    assert cell(measures, "DE40", "C29", 2010) == (None, "cm")


def test_a_recoded_region_keeps_its_figure(measures):
    assert cell(measures, "EL51", "C29", 2010) == (70, "")


def test_where_old_and_new_code_stand_in_one_year_the_new_one_counts_alone(measures):
    assert cell(measures, "EL51", "C10", 2010) == (31, "")


def test_a_confidential_cell_is_blank_and_says_so(measures):
    assert cell(measures, "DE12", "C29", 2014) == (None, "c")


def test_a_cell_that_was_never_published_is_not_a_zero(measures):
    assert cell(measures, "EL51", "B", 2010) == (None, "-")


def test_what_could_not_be_carried_is_listed(measures):
    listed = {row["old"]: row for row in read(measures, "not_carried")}
    assert set(listed) == {"UKI1", "CZZZ"}
    assert listed["UKI1"]["kind"] == "split"
    assert listed["UKI1"]["new"] == "UKI3+UKI4"
    assert listed["CZZZ"]["kind"] == "extra-regio"
    assert (listed["UKI1"]["first_year"], listed["UKI1"]["last_year"]) == (2010, 2010)
    assert listed["UKI1"]["cells"] == 6


def test_codes_outside_the_version_hold_no_figures(measures):
    codes = {row["code"] for row in read(measures, "regions")}
    assert not codes & {"UKI1", "CZZZ", "DE41", "DE42", "EL11"}


def test_estimates_stand_apart_from_figures(measures):
    regions = {row["code"]: row["id"] for row in read(measures, "regions")}
    sectors = {row["code"]: row["id"] for row in read(measures, "sectors")}
    found = {
        (row["region"], row["sector"]): row["persons_estimate"]
        for row in read(measures, "estimates")
        if row["year"] == 2014
    }
    # Of 60 parts C10 has 10 and C30 has 20: the other 30 are shared by C29 and the 21 divisions
    # that the made-up pack does not publish.
    section, c10, c30 = (small_pack.size("DE12", s, 2014) for s in ("C", "C10", "C30"))
    assert found[regions["DE12"], sectors["C29"]] == (section - c10 - c30) / 22


def test_latin_names_come_from_the_next_version(measures):
    named = {row["code"]: row for row in read(measures, "regions")}
    assert named["DE11"]["name"] == "Βορράς DE11"
    assert named["DE11"]["name_latin"] == "Name of DE11"


def test_wages_are_exact_decimals(measures):
    column = pq.read_schema(measures / "cells.parquet").field("wages")
    assert str(column.type) == "decimal128(18, 3)"


def test_the_same_pack_compiles_to_the_same_bytes(measures, tmp_path, monkeypatch):
    manifests = small_pack.make_pack(tmp_path / "pack")
    monkeypatch.setattr(transfers, "manifest", manifests.__getitem__)
    again = transfers.compile_pack(tmp_path / "pack", tmp_path / "measures", threads=1)
    for path in sorted(measures.iterdir()):
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_description_names_source_licence_and_digest(measures):
    described = json.loads((measures / "measures.json").read_text())
    assert described["source_line"].startswith("Source: Eurostat")
    assert "2011/833/EU" in described["licence"]
    assert described["years"] == [2010, 2014]
    assert {source["table"] for source in described["sources"]} >= {"persons", "business"}


def test_traded_clusters_say_how_much_of_a_division_they_are(measures):
    (row,) = read(measures, "traded_clusters")
    assert row == {
        "cluster": "Automotive",
        "division": "C29",
        "classes": 1,
        "share": 0.5,
        "weight": 1.0,
        "coverage": 0.5,
        "in_measures": True,
    }


@pytest.mark.pack
def test_the_committed_measures_are_what_the_real_pack_says(settings, tmp_path):
    small_pack.provide_duckdb()
    compiled = transfers.compile_pack(real_pack(settings), tmp_path / "measures")
    committed = settings.ROOT / "releases/nuts2013-2008-2015"
    assert described_measures(compiled) == described_measures(committed)


def test_the_committed_measures_are_whole(settings):
    committed = settings.ROOT / "releases/nuts2013-2008-2015"
    described = described_measures(committed)
    for name, file in described["files"].items():
        assert _measure(committed, described, name).num_rows == file["rows"]
    assert sum(path.stat().st_size for path in committed.iterdir()) < 5_000_000
