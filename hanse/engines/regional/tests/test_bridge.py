import ibis

from hanse.engines.regional.bridge import bridge


def test_a_category_is_the_weighted_sum_of_its_classes_and_a_bound_where_one_is_unknown():
    cells = ibis.memtable(
        {
            "region": [1, 1, 2, 2],
            "sector": ["C2910", "C2932", "C2910", "C2932"],
            "year": [2014] * 4,
            "persons": [100, 41, 7, None],
        }
    )
    parts = ibis.memtable(
        {
            "category": ["Automotive"] * 2,
            "sector": ["C2910", "C2932"],
            "weight": [1.0, 0.5],
        }
    )
    found = bridge(cells, parts).order_by("region").to_pyarrow().to_pylist()
    assert [(row["persons"], row["bound"]) for row in found] == [
        (120.5, False),
        (7.0, True),
    ]
