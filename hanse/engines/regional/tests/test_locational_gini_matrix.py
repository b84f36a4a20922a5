import itertools

import numpy as np
import pyarrow as pa
import pytest

from hanse.engines import faults
from hanse.engines.regional.gini import gini
from hanse.engines.regional.grid import grid
from hanse.engines.regional.locational_gini import locational_gini
from hanse.engines.regional.locational_gini_matrix import locational_ginis


@pytest.fixture(scope="module")
def cells():
    """Counts with many zeros, many ties, an empty sector and an empty region."""
    random = np.random.default_rng(4)
    values = np.floor(random.lognormal(0, 1.5, (40, 25)))
    values[:, 7] = 0
    values[11] = 0
    region, sector = np.indices(values.shape)
    return pa.table(
        {
            "region": [f"r{one:03d}" for one in region.ravel()],
            "sector": [f"s{one:03d}" for one in sector.ravel()],
            "value": values.ravel(),
        }
    )


def column(result):
    return result["locational_gini"].to_numpy(zero_copy_only=False).astype(float)


@pytest.mark.parametrize(
    ("of", "weighted"), list(itertools.product(("sector", "region"), (True, False)))
)
def test_a_matrix_gives_what_the_table_gives(cells, of, weighted):
    wanted = column(locational_gini(cells, of=of, weighted=weighted))
    found = locational_ginis(grid(cells).values, of=of, weighted=weighted)
    assert np.isnan(wanted).sum() == 1
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize("weighted", [True, False])
def test_a_reference_of_its_own_with_places_where_nobody_lives(cells, weighted):
    matrix = grid(cells)
    people = np.arange(len(matrix.regions)) % 5
    table = pa.table({"region": matrix.regions, "value": people})
    wanted = column(locational_gini(cells, reference=table, weighted=weighted))
    found = locational_ginis(matrix.values, reference=people, weighted=weighted)
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12)


def test_blocks_change_nothing_and_equal_numbers_give_the_plain_gini(cells, monkeypatch):
    values = grid(cells).values
    whole = locational_ginis(values)
    monkeypatch.setattr("hanse.engines.regional.locational_gini_matrix.BLOCK", 90)
    np.testing.assert_array_equal(locational_ginis(values), whole)
    plain = gini(cells)["gini"].to_numpy(zero_copy_only=False).astype(float)
    found = locational_ginis(values, reference=np.ones(len(values)))
    np.testing.assert_allclose(found, plain, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("matrix", "given", "fault"),
    [
        ([[1, -1]], {}, faults.NegativeValue),
        ([[1, np.nan]], {}, faults.NotFinite),
        ([[1, np.inf]], {}, faults.NotFinite),
        ([1, 2], {}, faults.WrongShape),
        ([[1], [1, 2]], {}, faults.WrongShape),
        ([["a"]], {}, faults.NotNumeric),
        (np.empty((0, 3)), {}, faults.NothingGiven),
        ([[1, 2]], {"reference": [1, 2]}, faults.WrongShape),
        ([[1, 2]], {"of": "place"}, faults.UnknownConvention),
    ],
)
def test_what_is_not_a_matrix_of_amounts_is_refused(matrix, given, fault):
    with pytest.raises(fault):
        locational_ginis(matrix, **given)


def test_nobody_lives_anywhere():
    assert np.isnan(locational_ginis([[1], [2]], reference=[0, 0])).all()


def test_the_matrix_of_a_table_has_only_the_labels_of_its_rows():
    rows = pa.table(
        {
            "region": pa.array(["b", "a", "c", "b"]).dictionary_encode(),
            "sector": [7, 3, 3, 9],
            "value": [1, 2, 4, 8],
        }
    )
    first = pa.concat_tables([rows.slice(0, 2), rows.slice(3)])  # "c" is left without a row
    found = grid(first)
    assert found.regions.tolist() == ["a", "b"]
    assert found.sectors.tolist() == [3, 7, 9]
    assert found.values.tolist() == [[2, 0, 0], [0, 1, 8]]
