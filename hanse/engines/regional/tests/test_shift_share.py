import itertools

import ibis
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.engines.regional.shift_share import reference_change, shift_share, summed_over_sectors


def parts_of(figures, reference):
    """Parts of one region from {sector: (x0, x1)} and {sector: (Xi0, Xi1)}."""
    cells = ibis.memtable(
        {
            "region": [1] * (2 * len(figures)),
            "sector": [sector for sector in figures for _ in range(2)],
            "year": [2010, 2014] * len(figures),
            "persons": [value for pair in figures.values() for value in pair],
        },
        schema={"region": "int64", "sector": "int64", "year": "int64", "persons": "int64"},
    )
    countries = ibis.memtable(
        {
            "country": [0] * (2 * len(reference)),
            "sector": [sector for sector in reference for _ in range(2)],
            "year": [2010, 2014] * len(reference),
            "persons": [value for pair in reference.values() for value in pair],
            "has_regions": [True] * (2 * len(reference)),
        }
    )
    return shift_share(cells, reference_change(countries))


def test_parts_of_a_hand_computed_region():
    # Europe grows from 1000 to 1100, the sector from 200 to 300, the region from 50 to 90.
    parts = parts_of({1: (50, 90), 2: (10, 10)}, {1: (200, 300), 2: (800, 800)})
    row = next(row for row in parts.to_pyarrow().to_pylist() if row["sector"] == 1)
    assert (row["national"], row["mix"], row["local"]) == (5.0, 20.0, 15.0)
    assert row["change"] == 40


def test_a_country_that_falls_silent_is_not_decline():
    countries = ibis.memtable(
        {
            "country": [1, 1, 2],
            "sector": [1] * 3,
            "year": [2010, 2014, 2010],
            "persons": [100, 110, 5000],
            "has_regions": [True] * 3,
        }
    )
    (row,) = reference_change(countries).to_pyarrow().to_pylist()
    assert (row["i0"], row["i1"]) == (100, 110)


def test_a_cell_unknown_in_one_year_has_no_parts():
    parts = parts_of({1: (50, None)}, {1: (200, 300)})
    assert parts.count().to_pyarrow().as_py() == 0


persons = st.integers(0, 2 * 10**6)
# A region is part of its reference area, so the area employs at least as many in the first year.
europe = st.tuples(st.integers(2 * 10**6, 10**8), st.integers(0, 10**8))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(persons, persons, europe), min_size=1, max_size=8))
def test_the_three_parts_add_up_exactly_in_any_order(rows):
    figures = {place: (x0, x1) for place, (x0, x1, _) in enumerate(rows)}
    reference = {place: pair for place, (*_, pair) in enumerate(rows)}
    parts = parts_of(figures, reference)
    (whole,) = summed_over_sectors(parts).to_pyarrow().to_pylist()
    for row in [*parts.to_pyarrow().to_pylist(), whole]:
        three = (row["national"], row["mix"], row["local"])
        for one, two, last in itertools.permutations(three):
            assert one + two + last == row["end_persons"] - row["start_persons"]
