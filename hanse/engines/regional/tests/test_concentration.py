import ibis

from hanse.engines.regional.concentration import industry_concentration


def test_indices_of_a_hand_computed_sector():
    # Four regions of equal size; the sector stands 10, 20, 30, 40 and one is confidential.
    cells = ibis.memtable(
        {
            "sector": [1] * 5,
            "year": [2014] * 5,
            "persons": [40, 10, 30, 20, None],
            "total": [100, 100, 100, 100, 900],
        }
    )
    (row,) = industry_concentration(cells).to_pyarrow().to_pylist()
    assert row["hhi"] == 0.3
    assert row["hoover"] == 0.2
    assert row["gini"] == (-3 * 10 - 1 * 20 + 1 * 30 + 3 * 40) / (4 * 100)
    assert row["regions_known"] == 4


def test_level_regions_give_no_gini_whatever_their_order():
    cells = ibis.memtable(
        {"sector": [1] * 3, "year": [2014] * 3, "persons": [7, 7, 7], "total": [10, 20, 30]}
    )
    (row,) = industry_concentration(cells).to_pyarrow().to_pylist()
    assert row["gini"] == 0.0
