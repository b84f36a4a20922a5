"""A release: exact figures, sorted files, and the former one serving until the new one is whole."""

import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hanse.kit.refusals import Refused
from hanse.observatory.actions import release as releasing
from hanse.observatory.actions.recompute import recompute
from hanse.observatory.actions.release import publish_release, serving_release
from hanse.observatory.tests import small_pack
from hanse.observatory.transfers import pack as transfers

COMMITTED = "releases/nuts2013-2008-2015"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A pack, its measures, and the release made of them."""
    small_pack.provide_duckdb()
    folder = tmp_path_factory.mktemp("world")
    manifests = small_pack.make_pack(folder / "pack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transfers, "manifest", manifests.__getitem__)
        transfers.compile_pack(folder / "pack", folder / "measures")
        publish_release(folder / "measures", folder / "releases")
        yield folder


@pytest.fixture
def copy(world, tmp_path):
    """The same world, to be broken."""
    shutil.copytree(world, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The release of the committed measures."""
    from django.conf import settings

    small_pack.provide_duckdb()
    folder = tmp_path_factory.mktemp("real") / "releases"
    publish_release(settings.ROOT / COMMITTED, folder, threads=2)
    return serving_release(folder)


def rows(release, name):
    return pq.read_table(release / f"{name}.parquet").to_pylist()


def cell(release, region, sector, year):
    return next(
        row
        for row in rows(release, "cells")
        if (row["region"], row["sector"], row["year"]) == (region, sector, year)
    )


def test_quotient_of_a_made_up_region_is_the_one_computed_by_hand(world):
    # EL has no country row in 2010; DE, FR and UK have none but DE and FR have regions in 2014.
    release = serving_release(world / "releases")
    found = cell(release, "DE11", "C29", 2014)
    size = small_pack.size
    x, total = size("DE11", "C29", 2014), sum(size("DE11", s, 2014) for s in "BC")
    countries = ("DE", "FR")
    xi = sum(size(c, "C29", 2014) for c in countries) + 4000
    whole = sum(size(c, s, 2014) for c in countries for s in "BC") + 2 * 4000
    assert found["total"] == total
    assert found["lq"] == (x * whole) / (total * xi)
    assert found["share"] == x / total
    assert found["wages_per_person"] == 500_000.0


def test_growth_needs_the_year_before(world):
    release = serving_release(world / "releases")
    assert cell(release, "DE11", "C29", 2014)["growth"] is None


def test_an_estimate_never_stands_in_a_column_of_figures(world):
    release = serving_release(world / "releases")
    found = cell(release, "DE12", "C29", 2014)
    assert found["persons_estimate"] > 0
    assert found["lq_estimate"] > 0
    for column in ("persons", "share", "lq", "size_rank", "stars", "wages_per_person"):
        assert found[column] is None, column


def test_only_regions_of_level_two_are_rated(world):
    release = serving_release(world / "releases")
    for row in rows(release, "cells"):
        if row["level"] != 2:
            assert row["stars"] is row["factors"] is row["size_rank"] is None


def test_files_are_sorted_and_every_row_group_holds_one_key(real):
    for name, order in (
        ("cells", ("sector", "year", "region")),
        ("cells_by_region", ("region", "year", "sector")),
        ("shift_share", ("region", "sector", "start", "end")),
        ("changes", ("region", "start", "end")),
    ):
        file = pq.ParquetFile(real / f"{name}.parquet")
        for group in range(file.num_row_groups):
            keys = file.read_row_group(group, columns=[order[0]]).column(0)
            assert len(keys.unique()) == 1, name
        keys = file.read(columns=list(order)).to_pylist()
        plain = [tuple(row[key] for key in order) for row in keys]
        assert plain == sorted(plain), name


def test_leaders_of_car_making_in_2014(real):
    rated = [row for row in sector(real, "C29", 2014) if row["lq"] is not None]
    assert len(rated) == 253
    leaders = sorted(rated, key=lambda row: -row["lq"])[:6]
    assert [row["region"] for row in leaders] == ["RO42", "ITC2", "CZ02", "HU22", "DE11", "DE22"]
    stuttgart = next(row for row in rated if row["region"] == "DE11")
    assert stuttgart["persons"] == 158_012
    assert stuttgart["stars"] == 3


def sector(release, code, year):
    file = pq.read_table(
        release / "cells.parquet", filters=[("sector", "=", code), ("year", "=", year)]
    )
    return [row for row in file.to_pylist() if row["level"] == 2]


def test_ranks_cuts_and_stars_of_a_real_sector_follow_from_its_figures(real):
    found = sector(real, "C29", 2014)
    for ranking, column in (("size", "persons"), ("focus", "share"), ("wages", "wages_per_person")):
        values = [row[column] for row in found if row[column] is not None]
        cut = -(-len(values) // 10)
        passing = [value for value in values if sum(v > value for v in values) < cut]
        for row in found:
            assert row[f"{ranking}_known"] == len(values)
            assert row[f"{ranking}_cut"] == cut
            assert row[f"{ranking}_value_at_cut"] == min(passing)
            if row[column] is not None:
                assert row[f"{ranking}_rank"] == 1 + sum(v > row[column] for v in values)
    for row in found:
        tests = (row["stars_size"], row["stars_specialisation"], row["stars_focus"])
        assert row["stars_unknown"] == tests.count(None)
        assert row["stars"] == (None if row["persons"] is None else tests.count(True))


def test_nobody_employed_is_never_a_star(real):
    cells = pq.read_table(real / "cells.parquet", columns=["persons", "stars", "factors"])
    empty = cells.filter(pa.compute.equal(cells.column("persons"), 0)).to_pylist()
    assert empty
    assert all(not row["stars"] and not row["factors"] for row in empty)


def test_the_three_parts_add_up_exactly_everywhere(real):
    columns = ("change", "national", "mix", "local", "start_persons", "end_persons")
    table = pq.read_table(real / "shift_share.parquet", columns=list(columns))
    change, national, mix, local, first, last = (table.column(c).to_numpy() for c in columns)
    assert table.num_rows > 500_000
    assert (last - first == change).all()
    assert (national + mix + local == change).all()
    assert (local + national + mix == change).all()


def test_shift_share_of_a_region_is_the_sum_over_its_divisions(real):
    table = pq.read_table(real / "shift_share.parquet", filters=[("region", "=", "DE11")])
    pairs = [row for row in table.to_pylist() if (row["start"], row["end"]) == (2010, 2014)]
    whole = next(row for row in pairs if row["sector"] == "TOTAL")
    for column in ("change", "national", "mix", "local"):
        parts = sum(row[column] for row in pairs if row["sector"] != "TOTAL")
        assert parts == whole[column]


def test_the_release_says_where_its_figures_come_from(real):
    release = json.loads((real / "release.json").read_text())
    assert release["source_line"].startswith("Source: Eurostat")
    assert release["method"] == releasing.METHOD
    assert {scheme["scheme"] for scheme in release["schemes"]} == {"eco-2007", "eocic-2020"}
    assert all(source["sha256"] for source in release["sources"])


def test_a_refused_pack_leaves_measures_and_release_untouched(copy, monkeypatch):
    before = contents(copy)
    path = copy / "pack" / transfers.manifest("persons").path
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(Refused):
        transfers.compile_pack(copy / "pack", copy / "measures")
    path.unlink()
    after = contents(copy)
    assert {k: v for k, v in after.items() if "pack" not in k.parts} == {
        k: v for k, v in before.items() if "pack" not in k.parts
    }
    assert recompute(copy / "releases", copy / "measures")["differing"] == 0


def test_a_build_that_dies_while_writing_leaves_the_former_release_serving(copy, monkeypatch):
    former = serving_release(copy / "releases")
    before = contents(copy / "releases")
    monkeypatch.setattr(releasing, "METHOD", "2.0")
    monkeypatch.setattr(releasing, "write_json", died)
    with pytest.raises(KeyboardInterrupt):
        publish_release(copy / "measures", copy / "releases")
    assert serving_release(copy / "releases") == former
    assert contents(copy / "releases") == before


def died(*_args):
    raise KeyboardInterrupt


def test_a_new_method_makes_a_release_beside_the_former_one(copy, monkeypatch):
    former = serving_release(copy / "releases")
    monkeypatch.setattr(releasing, "METHOD", "2.0")
    publish_release(copy / "measures", copy / "releases")
    assert serving_release(copy / "releases") != former
    assert (former / "release.json").is_file()


def test_publishing_again_writes_nothing_new(copy):
    before = contents(copy / "releases")
    publish_release(copy / "measures", copy / "releases")
    assert contents(copy / "releases") == before


def test_a_damaged_release_is_mended_by_publishing_again(copy):
    release = serving_release(copy / "releases")
    (release / "cells.parquet").unlink()
    publish_release(copy / "measures", copy / "releases")
    assert recompute(copy / "releases", copy / "measures")["differing"] == 0


def test_measures_that_were_changed_by_hand_are_refused(copy):
    path = copy / "measures" / "cells.parquet"
    table = pq.read_table(path)
    pq.write_table(table.slice(1), path)
    with pytest.raises(Refused) as caught:
        publish_release(copy / "measures", copy / "elsewhere")
    assert caught.value.refusal.code == "damaged_measures"
    assert not (copy / "elsewhere").exists()


def test_no_measures_are_refused(tmp_path):
    with pytest.raises(Refused) as caught:
        publish_release(tmp_path / "nowhere", tmp_path / "releases")
    assert caught.value.refusal.code == "no_measures"


def contents(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
