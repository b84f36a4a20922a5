from fractions import Fraction

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.engines import faults
from hanse.engines.regional.location_quotient import (
    location_quotient,
    location_quotients,
    quotient_reaches,
)

COLUMNS = ("persons", "total", "reference_persons", "reference_total")


def cells(*rows):
    return ibis.memtable(
        {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)},
        schema=dict.fromkeys(COLUMNS, "int64"),
    )


def test_quotients_of_a_hand_computed_table():
    # 30 of 200 against 100 of 1000: 0.15 / 0.10; 10 of 400 against the same: 0.025 / 0.10.
    table = cells((30, 200, 100, 1000), (10, 400, 100, 1000), (0, 50, 100, 1000))
    found = location_quotients(table).select("share", "lq").to_pyarrow().to_pydict()
    assert found == {"share": [0.15, 0.025, 0.0], "lq": [1.5, 0.25, 0.0]}


def test_quotient_is_unknown_and_not_zero_where_a_figure_is():
    table = cells((None, 200, 100, 1000), (5, None, 100, 1000), (5, 10, 0, 1000), (0, 0, 5, 9))
    assert location_quotients(table).lq.to_pyarrow().to_pylist() == [None] * 4
    assert quotient_reaches(table, Fraction(1)).to_pyarrow().to_pylist() == [None] * 4


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**6), st.integers(1, 10**7), st.integers(1, 10**7),
            st.integers(1, 2 * 10**8),
        ),
        min_size=1,
        max_size=20,
    ),
    st.fractions(min_value=Fraction(1, 8), max_value=8, max_denominator=50),
)  # fmt: skip
def test_the_threshold_is_decided_without_rounding(rows, threshold):
    found = quotient_reaches(cells(*rows), threshold).to_pyarrow().to_pylist()
    assert found == [
        Fraction(x, xr) / Fraction(xi, total) >= threshold for x, xr, xi, total in rows
    ]


def test_a_quotient_of_exactly_one_is_present_in_floating_point_too():
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [3, 6, 7, 14]}
    assert location_quotient(cells)["present"].to_pylist() == [1, 1, 1, 1]
    fractions = {**cells, "value": [0.3, 0.6, 0.7, 1.5]}
    assert location_quotient(fractions)["present"].to_pylist() == [1, 0, 0, 1]


def test_a_threshold_is_reached_in_whole_numbers():
    # a has 11 / 100 of x, everywhere it is 1 / 10: 1.1 exactly
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [11, 89, 89, 811]}
    assert location_quotient(cells, threshold=1.1)["present"].to_pylist()[0] == 1


def test_counts_of_many_digits_are_told_apart():
    many = 10**9
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [many - 1, many, many, many]}
    assert location_quotient(cells)["present"].to_pylist() == [0, 1, 1, 0]


def test_empty_regions_and_sectors_have_a_reason_or_are_zero():
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [0, 0, 0, 3]}
    found = location_quotient(cells)
    assert found["reason"].to_pylist() == ["region_empty", "region_empty", "sector_empty", None]
    assert found["present"].to_pylist() == [None, None, None, 1]
    as_econgeo = location_quotient(cells, like="econgeo")
    assert as_econgeo["location_quotient"].to_pylist() == [0.0, 0.0, 0.0, 1.0]
    assert as_econgeo["present"].to_pylist() == [0, 0, 0, 1]


def test_against_another_area():
    cells = {"region": ["a", "a"], "sector": ["x", "y"], "value": [3, 1]}
    nation = {"sector": ["x", "z"], "value": [30, 70]}
    found = location_quotient(cells, reference=nation).to_pylist()
    assert found[0]["location_quotient"] == 2.5
    assert (found[1]["location_quotient"], found[1]["reason"]) == (None, "reference_empty")


def test_words_that_are_none():
    cells = {"region": ["a"], "sector": ["x"], "value": [3]}
    for word in ({"empty": "one"}, {"threshold": -1}, {"threshold": float("nan")}):
        with pytest.raises(faults.UnknownConvention):
            location_quotient(cells, **word)
