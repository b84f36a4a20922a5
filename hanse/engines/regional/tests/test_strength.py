import ibis

from hanse.engines.regional import strength

FLAGS = {"a": "boolean", "b": "boolean", "c": "boolean"}


def test_stars_count_what_is_met_and_say_what_is_not_known():
    cells = ibis.memtable(
        {"a": [True, True, None], "b": [False, None, None], "c": [True, False, None]}, schema=FLAGS
    )
    found = strength.tests_passed(cells, ["a", "b", "c"], name="stars").to_pyarrow().to_pydict()
    assert found["stars"] == [2, 1, None]
    assert found["stars_unknown"] == [0, 1, 3]


def test_a_region_that_employs_nobody_is_in_no_top_share():
    cells = ibis.memtable(
        {"persons": [5, 0, None], "size_rank": [1, 2, None], "size_cut": [3, 3, 3]},
        schema={"persons": "int64", "size_rank": "int64", "size_cut": "int64"},
    )
    found = strength.in_top_share(cells, "size", counted="persons").to_pyarrow().to_pylist()
    assert found == [True, False, None]
