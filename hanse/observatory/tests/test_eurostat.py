"""Live figures are admitted by the rules of the pack, and stand on their own NUTS version."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hanse.kit.refusals import Refused
from hanse.observatory.actions.release import publish_release, serving_release
from hanse.observatory.tests import small_pack
from hanse.observatory.tests.test_pack import real_pack
from hanse.observatory.transfers import eurostat as transfers
from hanse.observatory.transfers import pack as packs
from hanse.ports import statistics_office as ports

REGIONS = ("DE", "DE1", "DE11", "DE12", "FR", "FRK", "FRK2", "HR", "HR0", "HR06")


def published(**changes):
    """Rows of the successor table, in made-up figures; changes apply to the first."""
    rows = [
        {
            "freq": "A",
            "indic_sbs": indicator,
            "nace_r2": sector,
            "geo": region,
            "year": year,
            "value": float(small_pack.size(region, sector, year) * factor),
            "flag": "",
        }
        for indicator, factor in (("EMP_LOC_NR", 1), ("LOC_NR", 1), ("WAGE_LOC_MEUR", 0.5))
        for sector in ("B", "C", "C10", "C29")
        for region in (*REGIONS, "EU27_2020")
        for year in (2021, 2022)
    ]
    rows[0] |= changes
    return rows


class Office:
    """Publishes the rows it was given, or fails as it was told to."""

    def __init__(self, rows, fault=None):
        self.rows = rows
        self.fault = fault
        self.wanted = {}

    def publication(self, table, wanted, told):
        told(1, 1)
        self.wanted = dict(wanted)
        if self.fault:
            raise self.fault
        rows = pa.Table.from_pylist(self.rows)
        return ports.Publication(table, rows, "0" * 64, 10, "2026-11-01", is_fresh=True)


@pytest.fixture
def office(monkeypatch):
    def publishes(rows, fault=None):
        office = Office(rows, fault)
        monkeypatch.setattr(ports, "_providers", [lambda _cache: office])
        return office

    return publishes


def refusal(tmp_path):
    with pytest.raises(Refused) as caught:
        transfers.live_delivery(transfers.SUCCESSOR, tmp_path)
    return caught.value.refusal


def test_live_figures_become_measures_and_a_release_on_their_own_nuts_version(office, tmp_path):
    small_pack.provide_duckdb()
    asked = office(published())
    measures = transfers.compile_live(tmp_path / "measures", tmp_path / "cache")
    assert asked.wanted["indic_sbs"] == {"EMP_LOC_NR", "LOC_NR", "WAGE_LOC_MEUR"}
    described = json.loads((measures / "measures.json").read_text())
    assert (described["nuts_version"], described["years"]) == (2021, [2021, 2022])
    assert "sbs_r_nuts2021" in described["source_line"]
    publish_release(measures, tmp_path / "releases")
    release = serving_release(tmp_path / "releases")
    cells = pq.read_table(release / "cells.parquet").to_pylist()
    (cell,) = [
        row for row in cells if (row["region"], row["sector"], row["year"]) == ("FRK2", "C29", 2022)
    ]
    assert cell["persons"] == small_pack.size("FRK2", "C29", 2022)
    assert cell["growth"] is not None
    regions = {row["code"]: row for row in pq.read_table(release / "regions.parquet").to_pylist()}
    assert regions["HR06"]["name_latin"]
    assert "EU27_2020" not in regions


def test_aggregates_of_countries_are_no_regions(office, tmp_path):
    office(published())
    delivery = transfers.live_delivery(transfers.SUCCESSOR, tmp_path)
    assert set(delivery.rows.column("geo").unique().to_pylist()) == set(REGIONS)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"geo": "XX99"}, "unknown_code"),
        ({"value": -5.0}, "negative_count"),
        ({"value": 5.5}, "unit"),
        ({"flag": "z"}, "unknown_flag"),
        ({"year": 2022}, "duplicate_key"),
    ],
)
def test_live_figures_are_refused_like_those_of_a_pack(office, tmp_path, changes, code):
    office(published(**changes))
    found = refusal(tmp_path)
    assert found.code == code
    assert found.facts["file"] == "sbs_r_nuts2021"


def test_an_empty_table_is_refused(office, tmp_path):
    office([])
    assert refusal(tmp_path).code == "missing_column"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (ports.NotReadable("cut off"), "truncated"),
        (ports.NotPublished("HTTP 503"), "source_silent"),
    ],
)
def test_a_silent_or_broken_source_is_a_refusal(office, tmp_path, fault, code):
    office([], fault)
    assert refusal(tmp_path).code == code


def test_the_former_table_is_read_with_its_own_codes(office, tmp_path):
    former = {"EMP_LOC_NR": "V16110", "LOC_NR": "V11210", "WAGE_LOC_MEUR": "V13320"}
    rows = [
        {
            "indic_sb": former[row["indic_sbs"]],
            **{name: row[name] for name in ("nace_r2", "geo", "value", "flag")},
            "year": row["year"] - 10,
        }
        for row in published()
        if row["geo"] != "EU27_2020"
    ]
    office(rows)
    delivery = transfers.live_delivery(transfers.FORMER, tmp_path)
    assert delivery.rows.num_rows == len(rows)


@pytest.mark.pack
def test_the_registers_that_ship_are_those_of_the_real_pack(settings, tmp_path, monkeypatch):
    pack = real_pack(settings)
    shipped = {name: delivery.rows for name, delivery in packs.registers().items()}
    monkeypatch.setattr(packs, "PLACES", tmp_path)
    packs.compile_registers(pack)
    compiled = {name: delivery.rows for name, delivery in packs.registers().items()}
    assert {n: t.to_pylist() for n, t in compiled.items()} == {
        n: t.to_pylist() for n, t in shipped.items()
    }
