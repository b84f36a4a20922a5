from fractions import Fraction

import ibis
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.engines.regional.location_quotient import location_quotients, quotient_reaches

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
