"""The catalogue hands over and back what the engines compute, and says why a value is null."""

import numpy as np
import pyarrow as pa
import pytest

from hanse.engines import faults
from hanse.engines.catalogue import METHODS, warnings_of
from hanse.engines.catalogue.tests.examples import PAIRS, POINTS, REGIONS, SERIES
from hanse.engines.evaluation import difference_in_differences
from hanse.engines.localisation.kd import kd
from hanse.engines.localisation.kd_envelope import kd_envelope
from hanse.engines.relatedness.co_occurrence import co_occurrences
from hanse.engines.relatedness.complexity import economic_complexity
from hanse.engines.relatedness.density import relatedness_density
from hanse.engines.relatedness.outlook import complexity_outlook
from hanse.engines.relatedness.probability import probability
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.spatial.local_moran import local_moran
from hanse.engines.spatial.near import k_nearest
from hanse.engines.spatial.weights import from_neighbours

PRESENT = np.array([[1, 1, 1, 0, 0], [1, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0] * 5])
LONG = pa.table(
    {
        "region": np.repeat(list("abcde"), 5),
        "sector": np.tile(list("vwxyz"), 5),
        "value": PRESENT.ravel(),
    }
)
GIVEN = {"values": "presence"}


def column(name, table=LONG, **options):
    found = METHODS[name].compute(table, None, options)
    return found, {
        tuple(row[key] for key in ("region", "sector", "other") if key in row): row
        for row in found.to_pylist()
    }


def test_complexity_of_regions_and_sectors_with_reasons_and_warnings():
    wanted = economic_complexity(PRESENT)
    found, of = column("economic_complexity", **GIVEN)
    assert found["eci"].to_pylist()[:3] == pytest.approx(wanted.eci[:3].tolist())
    assert of["d",]["reason"] == "unconnected"
    assert of["e",]["reason"] == "nothing_present"
    assert warnings_of(found) == ["split_graph"]
    found, of = column("economic_complexity", of="sector", **GIVEN)
    assert found["pci"].to_pylist()[:3] == pytest.approx(wanted.pci[:3].tolist())
    assert of["z",]["reason"] == "nowhere_present"


def test_amounts_tell_an_empty_region_from_one_without_a_speciality():
    amounts = {"region": list("aabb"), "sector": list("xyxy"), "value": [1, 9, 0, 0]}
    _, of = column("economic_complexity", amounts)
    assert of["b",]["reason"] == "region_empty"
    assert of["a",]["reason"] == "no_variation"
    _, of = column("location_quotients", amounts)
    assert of["b", "x"] == {
        "region": "b",
        "sector": "x",
        "location_quotients": None,
        "reason": "region_empty",
    }


def test_towards_turns_the_sign_and_is_one_figure_a_region():
    regions = LONG["region"].to_pylist()
    incomes = {"a": 1.0, "b": 2.0, "c": 3.0, "d": None, "e": None}
    table = LONG.append_column("gdp", pa.array([incomes[region] for region in regions]))
    method = METHODS["economic_complexity"]
    found = method.compute(table, {"towards": "gdp"}, GIVEN)["eci"].to_pylist()
    plain = method.compute(LONG, None, GIVEN)["eci"].to_pylist()
    assert found[:3] == pytest.approx([-one for one in plain[:3]])
    mixed = LONG.append_column("gdp", pa.array(range(25)))
    with pytest.raises(faults.WrongShape, match="Region a has towards 0 and 4"):
        method.compute(mixed, {"towards": "gdp"}, GIVEN)


def test_pairs_stand_once_or_both_ways_and_never_alone():
    together = co_occurrences(PRESENT)
    found, of = column("co_occurrences", **GIVEN)
    assert found.num_rows == 10
    assert of["v", "w"]["co_occurrences"] == together[0, 1]
    found, of = column("proximity", form="conditional", **GIVEN)
    assert found.num_rows == 20
    near = proximity(PRESENT, form="conditional")
    assert of["v", "x"]["proximity"] == near[0, 2]
    assert of["x", "v"]["proximity"] == near[2, 0]
    assert of["z", "v"]["reason"] == "nowhere_present"
    found, _ = column("proximity", of="region", pairs="both", **GIVEN)
    assert found.column_names == ["region", "other", "proximity", "reason"]
    assert found.num_rows == 20


def test_every_region_being_present_leaves_no_z_score():
    everywhere = {"region": list("aabb"), "sector": list("xyxy"), "value": [1, 1, 1, 0]}
    _, of = column("z_scores", everywhere, **GIVEN)
    assert of["x", "y"]["reason"] == "present_everywhere"


def test_density_like_econgeo_is_that_of_its_own_relatedness():
    found = METHODS["relatedness_density"].compute(LONG, None, GIVEN, "econgeo")
    related = probability(co_occurrences(PRESENT), like="econgeo")
    wanted = relatedness_density(PRESENT, related, like="econgeo")
    values = np.array(found["relatedness_density"].to_pylist(), float)
    np.testing.assert_allclose(values, wanted.ravel())


def test_outlook_of_cells_and_regions():
    pci = economic_complexity(PRESENT).pci
    wanted = complexity_outlook(PRESENT, proximity(PRESENT), pci)
    found, of = column("complexity_outlook", of="cell", **GIVEN)
    assert found["cog"].to_numpy() == pytest.approx(wanted.gain.ravel(), nan_ok=True)
    assert of["a", "y"]["reason"] == "unconnected"
    found, of = column("complexity_outlook", **GIVEN)
    assert found["coi"].to_numpy() == pytest.approx(wanted.index, nan_ok=True)
    assert of["e",]["reason"] == "nothing_present"


def test_income_that_is_not_known():
    table = {
        "region": list("aabb"),
        "sector": list("xyxy"),
        "value": [1, 1, 0, 2],
        "income": [10, 10, None, None],
    }
    found, of = column("income_content", table, of="region")
    assert found["expy"].to_pylist() == [10.0, None]
    assert of["b",]["reason"] == "not_known"


def test_a_value_that_is_not_known_is_refused_or_counted_as_zero():
    table = {"region": list("aabb"), "sector": list("xyxy"), "value": [1, 1, None, 2]}
    with pytest.raises(faults.NotFinite, match="1 values are not known"):
        column("presence", table)
    found, of = column("presence", table, unknown="zero")
    assert of["b", "x"]["presence"] == 0
    assert found.num_rows == 4


def test_curves_and_bands_are_those_of_the_engines():
    x, y, types = (POINTS[name].to_numpy() for name in ("x", "y", "type"))
    weights = POINTS["weight"].to_numpy()
    r = [1.0, 2.0, 5.0]
    found = METHODS["kd"].compute(POINTS, None, {"r": r, "reference": "a", "h": 0.5})
    wanted = kd(x, y, types, r, "a", weights=weights, rule=0.5)
    assert found["kd"].to_numpy() == pytest.approx(wanted)
    options = {"r": r, "reference": "a", "simulations": 9, "seed": 7, "test": True}
    bands = METHODS["kd_envelope"].compute(POINTS, None, options)
    band = kd_envelope(x, y, types, r, "a", weights=weights, simulations=9, seed=7, test=True)
    assert bands["low"].to_numpy() == pytest.approx(band.low)
    assert bands["p"].to_pylist() == [band.p] * 3


def test_what_points_need_is_said():
    with pytest.raises(faults.NothingGiven, match="Distances r"):
        METHODS["kd"].compute(POINTS)
    with pytest.raises(faults.UnknownConvention, match="types are: a, b"):
        METHODS["m_function"].compute(POINTS, None, {"r": [1], "reference": "z"})
    with pytest.raises(faults.NothingGiven, match="needs cases"):
        METHODS["d_function"].compute(POINTS, None, {"r": [1]})
    with pytest.raises(faults.WrongShape, match="2 are given"):
        METHODS["k_function"].compute(POINTS, None, {"r": [1], "window": [0, 1]})
    numbered = POINTS.set_column(2, "type", pa.array([1, 2] * 30))
    found = METHODS["m_function"].compute(numbered, None, {"r": [1], "reference": "1"})
    named = METHODS["m_function"].compute(POINTS, None, {"r": [1], "reference": "a"})
    assert found["m"].to_pylist() == named["m"].to_pylist()


def test_neighbours_by_pairs_leave_out_what_is_not_known():
    found = METHODS["local_moran"].compute(REGIONS, None, {"neighbours": PAIRS, "mirrored": True})
    lists = [[1], [0, 2], [1, 3], [2, 5], [], [3]]
    wanted = local_moran([1, 2, 4, 3, 5, 6], from_neighbours(lists, style="W"))
    values = [wanted.i[0], wanted.i[1], wanted.i[2], wanted.i[3], None, None, wanted.i[5]]
    assert found["local_moran"].to_pylist() == pytest.approx(values)
    assert found["reason"].to_pylist()[4:] == ["not_known", "no_neighbours", None]
    assert found["quadrant"].to_pylist()[:2] == ["low_low", "low_low"]


def test_pairs_given_one_way_are_told():
    found = METHODS["moran"].compute(REGIONS, None, {"neighbours": PAIRS})
    assert warnings_of(found) == ["one_way_pairs"]
    assert found["left_out"].to_pylist() == [1]
    twice = {"region": ["a", "a"], "neighbour": ["b", "b"]}
    with pytest.raises(faults.DuplicateRows, match="Region a has the neighbour b twice"):
        METHODS["moran"].compute(REGIONS, None, {"neighbours": twice})
    with pytest.raises(faults.NothingGiven, match="pairs name 1, the table a"):
        METHODS["moran"].compute(REGIONS, None, {"neighbours": {"one": [1], "two": [2]}})
    with pytest.raises(faults.NothingGiven, match="Neighbours are needed"):
        METHODS["moran"].compute(REGIONS)


def test_neighbours_by_places():
    x = [0, 1, 3, 6, 10]
    table = {"region": list("abcde"), "value": [1, 2, 4, 3, 9], "lon": x, "lat": [0] * 5}
    columns = {"x": "lon", "y": "lat"}
    found = METHODS["local_moran"].compute(table, columns, {"k": 2})
    wanted = local_moran(table["value"], k_nearest(x, [0] * 5, 2, style="W")).i
    assert found["local_moran"].to_pylist() == pytest.approx(wanted.tolist())
    near = METHODS["moran"].compute(table, columns, {"distance": 0.5})
    assert near["reason"].to_pylist() == ["no_neighbours"]
    with pytest.raises(faults.MissingColumn, match="x is none"):
        METHODS["moran"].compute(table, None, {"k": 2})


def test_the_effect_of_a_policy():
    values = np.array(SERIES["value"].to_pylist(), float).reshape(7, 3)
    wanted = difference_in_differences(values, [True] + [False] * 6, 2)
    found = METHODS["difference_in_differences"].compute(SERIES, None, {"start": 2012})
    assert found["effect"].to_pylist() == [wanted.effect]
    gaps = METHODS["difference_in_differences"].compute(
        SERIES, None, {"start": 2012, "of": "period"}
    )
    assert gaps["gap"].to_pylist() == pytest.approx(wanted.gaps.tolist())
    assert gaps["has_policy"].to_pylist() == [False, False, True]


def test_what_a_policy_s_table_lacks_is_said():
    method = METHODS["difference_in_differences"]
    with pytest.raises(faults.NothingGiven, match="start is needed"):
        method.compute(SERIES)
    with pytest.raises(faults.UnknownConvention, match="periods are: 2010, 2011, 2012"):
        method.compute(SERIES, None, {"start": 2013})
    with pytest.raises(faults.NotFinite, match="Region g has no row for period 2012"):
        method.compute(SERIES.slice(0, 20), None, {"start": 2012})
    marked = SERIES.set_column(3, "treated", pa.array([2] * 21))
    with pytest.raises(faults.WrongShape, match=r"Region a has treated 2\.0"):
        method.compute(marked, None, {"start": 2012})
    with pytest.raises(faults.TooFew, match="0 placebos"):
        method.compute(SERIES, None, {"start": 2012, "placebos": 0})
    with pytest.raises(faults.WrongShape, match="alpha"):
        method.compute(SERIES, None, {"start": 2012, "alpha": 2})
