from fractions import Fraction

import ibis

from hanse.engines.regional.ranks import ranked

TENTH = Fraction(1, 10)


def ranks(values, is_ranked=None):
    table = ibis.memtable(
        {"x": values, "year": [2014] * len(values), "is_ranked": is_ranked or [True] * len(values)},
        schema={"x": "int64", "year": "int64", "is_ranked": "boolean"},
    )
    rows = ranked(
        table.mutate(place=ibis.row_number()), "x", within=("year",), name="size", top=TENTH
    )
    return rows.order_by("place").to_pyarrow().to_pydict()


def test_the_cut_is_the_tenth_part_rounded_up():
    for known, cut in ((1, 1), (10, 1), (11, 2), (20, 2), (253, 26)):
        assert set(ranks(list(range(known)))["size_cut"]) == {cut}


def test_ties_at_the_cut_share_their_rank_and_pass():
    found = ranks([9, 8, 8, 8, *range(7), 0, 0, 0])
    assert found["size_rank"][:4] == [1, 2, 2, 2]
    assert found["size_value_at_cut"][0] == 8


def test_unknown_values_and_rows_outside_the_ranking_have_no_rank_and_are_not_counted():
    found = ranks([5, None, 100, 4], is_ranked=[True, True, False, True])
    assert found["size_rank"] == [1, None, None, 2]
    assert set(found["size_known"]) == {2}
